import type { Cell, StaffName } from './cells.ts';
import {
  approves,
  asks,
  checksCode,
  claims,
  known,
  looks,
  opensFor,
  ordersCode,
  proofOf,
  reason,
  vouches,
} from './requests.ts';
import {
  asked,
  buys,
  type Flow,
  introduced,
  introducedWithEmail,
  passes,
  type Step,
  texts,
} from './steps.ts';

const ofTicket = (cell: Cell): string => `/agent/tickets/${known(cell, 'number')}`;
const acts = (what: string, body?: (cell: Cell) => object, who: StaffName = 'agent'): Step =>
  asks(who, (cell) => `${ofTicket(cell)}/${what}`, body);
const says = (text: string) => () => ({ text });
const onCard = (what: string, body: (cell: Cell) => object): Step =>
  asks('agent', (cell) => `/agent/cards/${cell.card}/${what}`, body);
const identified = () => ({ identifiedBy: 'registered_phone' });

/** "Not mine" of a customer who is told by e-mail as well: before people at P1, in Li Na's hands. */
const notMine = [introducedWithEmail, buys('odd', '1'), texts('2'), looks];
const inHand = [...notMine, claims];
const concludes = acts('conclude', ({ mark }) => ({
  ...{ finding: 'fraud', plan: 'A new card is on its way' },
  transactionIds: [`T-${mark}-1`],
}));
const resolves = acts('resolve', () => ({ resolution: 'refunded', text: 'The money is back' }));
const waits = acts('wait', () => ({ whom: 'customer', text: 'Please send us the receipt' }));
const calls = acts('call');
const hasItDialled = acts('call', () => ({ dial: 'contact_centre' }));
/** The phone rings by what the contact centre was told, for a minute, unless somebody picks it up. */
const rings: Step = {
  does: async ({ stack, ordered }, cell) => {
    for (const order of ordered(cell)) await stack.contactCentre.ring(order);
  },
};
const onTheLine = (what: 'pickUp' | 'hangUp'): Step => ({
  does: async ({ stack }, { phone }) => {
    for (const call of stack.contactCentre.outbound(phone)) await call[what]();
  },
});

const phones = (step: string, digits?: string): Step => ({
  does: (scene, cell) =>
    scene.phoneStep(cell, { step, language: 'zh-CN', ...(digits === undefined ? {} : { digits }) }),
});
const contactTells = (eventType: string, times: (cell: Cell) => Record<string, string>): Step => ({
  does: (scene, cell) => scene.contactEvent(cell, eventType, times(cell)),
});
const atThePhone = [introduced, phones('lost', '4417')];
/** Every call is put through at its own moment, and takes a minute. */
const isAnswered: Step = {
  does: (scene, cell) => {
    cell.known.set('connectedAt', scene.now());
  },
};
const momentOf = (cell: Cell, afterSeconds = 0): string =>
  new Date(Date.parse(known(cell, 'connectedAt')) + afterSeconds * 1000).toISOString();
const isPutThrough = contactTells('CONNECTED_TO_AGENT', (cell) => ({
  connectedToAgentTimestamp: momentOf(cell),
}));
/** Whose call or number it is shows only once it was read: each cell of these is alone. */
const nameless = ['GetItem Cases IN/GUARD', 'GetItem Cases CALLER/TRIES'];

/** A word of the staff is the second factor, and another of them grants it. */
const provenFor = (action: string): readonly Step[] => [
  ...inHand,
  opensFor(action),
  ordersCode,
  checksCode((code) => code),
  vouches,
  approves,
];

/** What people at the desk and callers do, and what time does to a ticket. */
export const deskFlows: readonly Flow[] = [
  {
    name: 'agent takes the next ticket',
    before: notMine,
    act: [asks('agent', () => '/agent/queue/next')],
    // Whoever asks first is given the ticket of any cell.
    alone: true,
  },
  {
    name: 'agent reads a ticket',
    before: notMine,
    act: [{ does: (scene, cell) => scene.read(cell, 'agent', ofTicket(cell)) }],
  },
  {
    name: 'agent searches by phone',
    before: notMine,
    act: [
      asks(
        'agent',
        () => '/agent/search',
        ({ phone }) => ({ phone }),
      ),
    ],
  },
  { name: 'agent shows that they are there', before: inHand, act: [acts('heartbeat')] },
  { name: 'agent writes to the customer', before: inHand, act: [acts('messages', says('We are at it'))] },
  { name: 'agent leaves a note', before: inHand, act: [acts('notes', says('I know this merchant'))] },
  { name: 'agent waits for the customer', before: inHand, act: [waits] },
  { name: 'agent goes on with it', before: [...inHand, waits], act: [acts('resume')] },
  {
    name: 'agent hands it back',
    before: inHand,
    act: [acts('hand-back', () => ({ note: 'Needs Spanish' }))],
  },
  { name: 'another agent takes over', before: inHand, act: [acts('take-over', reason, 'agent2')] },
  {
    name: 'agent triages',
    before: inHand,
    act: [acts('triage', () => ({ category: 'dispute', priority: 'P3', ...reason() }))],
  },
  { name: 'D6 agent concludes', before: inHand, act: [concludes] },
  { name: 'agent resolves', before: [...inHand, concludes], act: [resolves] },
  { name: 'H28 agent reopens', before: [...inHand, concludes, resolves], act: [acts('reopen', reason)] },
  { name: 'D5 agent freezes for the customer', before: [introduced], act: [onCard('freeze', identified)] },
  {
    name: 'agent reports the card lost for the customer',
    before: [introduced],
    act: [onCard('lost', identified)],
  },
  {
    name: 'agent reports transactions for the customer',
    before: [introduced, buys('ordinary', '1')],
    act: [onCard('report', ({ mark }) => ({ transactionIds: [`T-${mark}-1`] }))],
  },
  { name: 'D10 agent announces a call', before: inHand, act: [calls] },
  { name: 'the announced call is answered', before: [...inHand, calls], act: [acts('call/connected')] },
  {
    name: 'the announced call ends',
    before: [...inHand, calls, acts('call/connected'), passes(60)],
    act: [acts('call/end', () => ({ outcome: 'connected', seconds: 60 }))],
  },
  { name: 'D10 agent has a call dialled', before: inHand, act: [hasItDialled] },
  {
    name: 'the dialled call rings out',
    before: [...inHand, hasItDialled],
    act: [rings, passes(62)],
  },
  {
    name: 'the dialled call is picked up',
    before: [...inHand, hasItDialled, rings],
    act: [onTheLine('pickUp'), passes(60), onTheLine('hangUp')],
    // That it waits for the agent and that they took it come at the same moment.
    unordered: true,
  },
  {
    name: 'D11 customer exports the ticket',
    before: provenFor('export_ticket'),
    act: [asks('customer', (cell) => `/tickets/${known(cell, 'number')}/export`, proofOf)],
  },
  {
    name: 'D14 customer asks for a new card',
    before: provenFor('close_replace'),
    act: [asks('customer', ({ card }) => `/cards/${card}/replace`, proofOf)],
  },
  { name: 'D5 caller freezes', before: [introduced], act: [phones('freeze', '4417')], nameless },
  { name: 'caller reports the card lost', before: [introduced], act: [phones('lost', '4417')], nameless },
  {
    name: 'H27 caller says "not mine" to an alert',
    before: asked,
    act: [phones('report', '4417')],
    nameless,
  },
  { name: 'caller asks how it stands', before: notMine, act: [phones('status', '4417')], nameless },
  { name: 'D8 caller asks for a person', before: notMine, act: [phones('person', '4417')], nameless },
  { name: 'caller is put through', before: [...atThePhone, isAnswered], act: [isPutThrough] },
  {
    name: 'caller hangs up, and the agent is done with it',
    before: [...atThePhone, isAnswered, isPutThrough, passes(60)],
    act: [
      contactTells('DISCONNECTED', (cell) => ({ disconnectTimestamp: momentOf(cell, 60) })),
      passes(30),
      contactTells('COMPLETED', (cell) => ({ afterContactWorkEndTimestamp: momentOf(cell, 90) })),
    ],
  },
  {
    name: 'the first response is warned of, then breached',
    before: [...inHand, passes(44 * 60)],
    act: [passes(17 * 60)],
    bySweep: ['sweep-deadlines', 'route-effects', 'publish-events'],
  },
  {
    name: 'a P1 nobody claims pages whoever is on call',
    before: [...notMine, passes(9 * 60)],
    act: [passes(2 * 60)],
    bySweep: ['sweep-deadlines', 'route-effects', 'publish-events'],
  },
  {
    name: 'a lease ends',
    before: [...inHand, passes(19 * 60)],
    act: [passes(2 * 60)],
    bySweep: ['sweep-deadlines', 'route-effects', 'publish-events'],
  },
];
