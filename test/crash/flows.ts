import { CARD_NUMBER, type Cell, INBOUND } from './cells.ts';
import type { Scene } from './scene.ts';

/** Something every cell does, and then time that passes for all. */
export interface Step {
  readonly does?: (scene: Scene, cell: Cell) => Promise<void> | void;
  readonly passSeconds?: number;
}

/** One story through the public entry points. `before` runs undisturbed; a fault may strike in `act`. */
export interface Flow {
  readonly name: string;
  readonly before: readonly Step[];
  readonly act: readonly Step[];
  /** Functions that work, in `act`, on what a sweep found due for all cells at once: a kill there runs alone. */
  readonly bySweep?: readonly string[];
  /** Two cards or texts are worked on side by side: the order of calls is not fixed. */
  readonly unordered?: true;
}

const introduced: Step = { does: (scene, cell) => scene.introduce(cell) };
const twoCards: Step = { does: (scene, cell) => scene.secondCard(cell) };
const buys = (kind: 'ordinary' | 'odd' | 'spree', id: string, of?: (cell: Cell) => string): Step => ({
  does: (scene, cell) => scene.authorise(cell, { kind, id, card: of?.(cell) }),
});
const second = (cell: Cell): string => cell.secondCard;
const texts = (words: string): Step => ({ does: (scene, cell) => scene.text(cell, words) });
const passes = (passSeconds: number): Step => ({ passSeconds });
const issuer = (behaviour: 'confirm' | 'fail' | 'silent'): Step => ({
  does: (scene, cell) => scene.stack.issuer.behave(cell.card, behaviour),
});
const customer = (action: 'freeze' | 'lost'): Step => ({
  does: (scene, cell) => scene.request(cell, 'customer', `/cards/${cell.card}/${action}`),
});

const sweepAndText = ['sweep-deadlines', 'route-effects', 'send-sms'];

/** Frozen, confirmed, asked; the ten seconds have passed. */
const frozen = [introduced, buys('spree', '1'), passes(11)];
const asked = [introduced, buys('odd', '1')];

export const flows: readonly Flow[] = [
  {
    name: 'card issued',
    before: [],
    act: [{ does: (scene, cell) => scene.bank.card(cell.card, cell.customerId) }],
  },
  {
    name: 'contact recorded',
    before: [],
    act: [{ does: (scene, cell) => scene.contact(cell) }],
  },
  { name: 'cleared transaction', before: [introduced, buys('ordinary', '1')], act: [buys('ordinary', '2')] },
  { name: 'suspicious transaction, alert only', before: [introduced], act: [buys('odd', '1')] },
  { name: 'suspicious transaction, freeze', before: [introduced], act: [buys('spree', '1'), passes(11)] },
  {
    name: 'fold-in of a second suspicious transaction',
    before: frozen,
    act: [buys('spree', '2'), passes(11)],
  },
  { name: 'fold-in that turns an alert into a freeze', before: asked, act: [buys('spree', '2'), passes(11)] },
  { name: 'reply 2 on an alert', before: asked, act: [texts('2')] },
  { name: 'reply 2 on a frozen card', before: frozen, act: [texts('2')] },
  { name: 'reply 1 on an alert', before: asked, act: [texts('1')] },
  { name: 'reply 1 on a frozen card', before: frozen, act: [texts('1')] },
  {
    name: 'H3 two alerts and a bare NO',
    before: [introduced, twoCards, buys('odd', '1'), buys('odd', '2', second)],
    act: [texts('NO')],
    unordered: true,
  },
  { name: 'STOP', before: asked, act: [texts('TD')] },
  { name: 'reply when nothing is open', before: [introduced], act: [texts('1')] },
  {
    name: 'reply with a full card number',
    before: asked,
    act: [texts(`my card is ${CARD_NUMBER}, is that you?`)],
  },
  {
    name: 'H5 the same reply twice',
    before: [...asked, texts('2')],
    act: [{ does: (scene, cell) => scene.text(cell, '2', { messageId: INBOUND({ ...cell, replies: [] }) }) }],
  },
  {
    name: 'posting and reversal with an open alert',
    before: [...asked],
    act: [
      {
        does: async (scene, { card, mark }) => {
          const amount = { minor: 500_000, currency: 'CNY' };
          const about = { transactionId: `T-${mark}-1`, cardToken: card, amount };
          await scene.bank.put('TransactionPosted', { ...about, billing: amount, postedAt: scene.now(-1) });
          await scene.bank.put('TransactionReversed', {
            ...about,
            kind: 'reversal',
            reversedAt: scene.now(-1),
          });
        },
      },
    ],
  },
  {
    name: 'issuer fails, then confirms',
    before: [introduced, issuer('fail')],
    act: [buys('spree', '1'), passes(11), issuer('confirm'), passes(60)],
    bySweep: ['sweep-deadlines', 'freeze-cards', 'record-card-status'],
  },
  {
    name: 'issuer silent for a while',
    before: [introduced, issuer('silent')],
    act: [buys('spree', '1'), passes(11), issuer('confirm'), passes(60)],
    bySweep: ['sweep-deadlines', 'freeze-cards', 'record-card-status'],
  },
  { name: 'second notice', before: [...asked, passes(290)], act: [passes(30)], bySweep: sweepAndText },
  { name: 'expiry', before: [...asked, passes(890)], act: [passes(30)], bySweep: sweepAndText },
  {
    name: 'malformed event',
    before: [introduced],
    act: [
      {
        does: (scene, cell) =>
          scene.bank.put('TransactionAuthorized', { cardToken: cell.card, nonsense: true }),
      },
    ],
  },
  { name: 'customer freezes', before: [introduced], act: [customer('freeze')] },
  { name: 'customer reports the card lost', before: [introduced], act: [customer('lost')] },
  {
    name: 'customer reports transactions in the app',
    before: [introduced, buys('ordinary', '1')],
    act: [
      {
        does: (scene, cell) => {
          const body = { cardToken: cell.card, transactionIds: [`T-${cell.mark}-1`], note: 'never there' };
          return scene.request(cell, 'customer', '/reports', body);
        },
      },
    ],
  },
  {
    name: 'customer asks for a person in the app',
    before: [...asked, texts('2')],
    act: [
      {
        does: async (scene, cell) => {
          const path = `/tickets/${await ticketNumber(scene, cell)}/person`;
          await scene.request(cell, 'customer', path, { phoneConsent: true });
        },
      },
    ],
  },
  {
    name: 'customer writes in the app',
    before: [...asked, texts('2')],
    act: [
      {
        does: async (scene, cell) => {
          const path = `/tickets/${await ticketNumber(scene, cell)}/messages`;
          await scene.request(cell, 'customer', path, { text: `my card is ${CARD_NUMBER}` });
        },
      },
    ],
  },
  {
    name: 'agent claims',
    before: [...asked, texts('2')],
    act: [
      {
        does: async (scene, cell) =>
          scene.request(cell, 'agent', `/agent/tickets/${await ticketNumber(scene, cell)}/claim`),
      },
    ],
  },
  {
    name: 'repeated event, cleared',
    before: [introduced, buys('ordinary', '1'), passes(3_600)],
    act: [buys('ordinary', '1')],
  },
  { name: 'repeated event, suspicious', before: [...frozen, passes(60)], act: [buys('spree', '1')] },
];

/** As the customer reads it out: from the answer to the text. */
async function ticketNumber({ stack }: Scene, cell: Cell): Promise<string> {
  const texts = stack.phone.messages(cell.phone).map(({ text }) => text);
  const number = texts.map((text) => /FR-[0-9A-Z]{8}/.exec(text)?.[0]).find((found) => found !== undefined);
  if (number === undefined) throw new Error('no text names the ticket');
  return number;
}
