import type { Cell } from './cells.ts';
import { credentialOf } from './cells.ts';
import type { Scene, Who } from './scene.ts';
import { asked, buys, type Flow, frozen, introduced, passes, type Step, texts } from './steps.ts';

/** A request whose path and body may need what the cell learnt before. */
const asks = (who: Who, path: (cell: Cell) => string, body?: (cell: Cell, scene: Scene) => object): Step => ({
  does: (scene, cell) => scene.request(cell, who, path(cell), body?.(cell, scene)),
});
const known = (cell: Cell, name: string): string => {
  const value = cell.known.get(name);
  if (value === undefined) throw new Error(`${name} of ${cell.mark} is not known`);
  return value;
};

/** The alert and the ticket, as the app shows them. */
const looks: Step = {
  does: async (scene, cell) => {
    const { alerts } = (await scene.look(cell, '/alerts')) as { alerts: { alertId: string }[] };
    const { tickets } = (await scene.look(cell, '/tickets')) as { tickets: { number: string }[] };
    cell.known.set('alertId', alerts[0]?.alertId ?? '');
    cell.known.set('number', tickets[0]?.number ?? '');
  },
};

/** The latest verification the app was given. */
function verification({ answers }: Cell): string {
  const ids = answers.map(({ body }) => (body as { verificationId?: string }).verificationId);
  const id = ids.find((found) => found !== undefined);
  if (id === undefined) throw new Error('no verification was opened');
  return id;
}
const verifying = (cell: Cell): string => `/verifications/${verification(cell)}`;
const vouching = (cell: Cell): string => `/agent${verifying(cell)}/vouch`;
const undoing = (cell: Cell): string => `/agent/alerts/${known(cell, 'alertId')}/undo-not-mine`;

const opens = asks(
  'customer',
  () => '/verifications',
  (cell) => ({ action: 'unfreeze', cardToken: cell.card, alertId: known(cell, 'alertId') }),
);
const ordersCode = asks('customer', (cell) => `${verifying(cell)}/code`);
const checksCode = (change: (code: string) => string): Step =>
  asks(
    'customer',
    (cell) => `${verifying(cell)}/code/check`,
    (cell, { stack }) => {
      const codes = stack.phone.messages(cell.phone).map(({ text }) => /\b\d{8}\b/.exec(text)?.[0]);
      return { code: change(codes.findLast((code) => code !== undefined) ?? '') };
    },
  );
const claims = asks('agent', (cell) => `/agent/tickets/${known(cell, 'number')}/claim`);
const reason = () => ({ reason: 'Called back: it was the family' });
const vouches = asks('agent', vouching, reason);
const approves = asks('agent2', (cell) => `${vouching(cell)}/approve`);
const unfreezes = asks(
  'customer',
  (cell) => `/cards/${cell.card}/unfreeze`,
  (cell) => ({ verificationId: verification(cell) }),
);

/** A YES by text is the first factor; a person's word, granted by another, the second. */
const claimed = [...frozen, texts('1'), looks];
const withSim = [...claimed, opens];
const withCode = [...frozen, looks, opens, ordersCode];
const vouched = [...withSim, claims, vouches];
const proven = [...vouched, approves];
const notMine = [...frozen, texts('2'), looks];

/** COSE, of an ES256 key; nobody signs with it. */
const PUBLIC_KEY =
  'pQECAyYgASFYIGI8PzLC2ynFnmAbIW-0kIYRJ0UTCHgu7JrMAH8c5Z8mIlggqCDbqdsX6XGQDWFiEoXFxF0rRQ7JFYR54QAJcCcjqO4';

/** Aside texts, signals of the bank, and the way from a question to a card that is released. */
export const proofFlows: readonly Flow[] = [
  { name: 'H11 STATUS by text', before: [...asked, texts('2')], act: [texts('STATUS')] },
  { name: 'H11 FREEZE by text', before: [introduced], act: [texts('FREEZE 4417')] },
  { name: 'H8 wrong number', before: frozen, act: [texts('打错了')] },
  {
    name: 'H31 SIM changed',
    before: asked,
    act: [
      {
        does: ({ bank, now }, { customerId }) =>
          bank.put('SimChanged', { customerId, occurredAt: now(-60), kind: 'sim_swap' }),
      },
    ],
  },
  {
    name: 'passkey registered by the bank',
    before: [introduced],
    act: [
      {
        does: ({ bank, now }, cell) =>
          bank.put('DeviceRegistered', {
            customerId: cell.customerId,
            deviceId: `D-${cell.mark}`,
            name: 'Phone',
            credentialId: credentialOf(cell),
            publicKey: PUBLIC_KEY,
            signCount: 0,
            registeredAt: now(-60),
          }),
      },
    ],
  },
  { name: 'verification opened after a YES', before: claimed, act: [opens] },
  { name: 'code ordered', before: [...frozen, looks, opens], act: [ordersCode] },
  { name: 'code checked, right', before: withCode, act: [checksCode((code) => code)] },
  {
    name: 'H14 code checked, wrong',
    before: withCode,
    act: [checksCode((code) => code.replace(/./g, (digit) => `${(Number(digit) + 1) % 10}`))],
  },
  { name: 'staff vouches', before: [...withSim, claims], act: [vouches] },
  { name: 'a second agent approves', before: vouched, act: [approves] },
  { name: 'D5 card unfrozen', before: proven, act: [unfreezes] },
  {
    name: 'H18 same purchase again under the pass',
    before: [...proven, unfreezes, passes(60)],
    act: [buys('spree', '2')],
  },
  {
    name: 'an agent asks that a "not mine" be undone',
    before: [...notMine, claims],
    act: [asks('agent', undoing, reason)],
  },
  {
    name: 'D5 "not mine" undone by two agents',
    before: [...notMine, claims, asks('agent', undoing, reason)],
    act: [asks('agent2', (cell) => `${undoing(cell)}/approve`)],
  },
  {
    name: 'answer in the app',
    before: [...frozen, looks],
    act: [
      asks(
        'customer',
        (cell) => `/alerts/${known(cell, 'alertId')}/answer`,
        () => ({ says: 'not_mine' }),
      ),
    ],
  },
  {
    name: 'H12 text never delivered',
    before: [
      introduced,
      {
        does: ({ stack }, { phone }) =>
          stack.phone.lose(phone, 'Phone carrier is currently unreachable/unavailable', 20_000),
      },
      buys('odd', '1'),
    ],
    act: [passes(30)],
    bySweep: ['record-deliveries'],
  },
];
