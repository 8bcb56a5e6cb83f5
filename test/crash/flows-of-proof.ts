import { type Cell, credentialOf } from './cells.ts';
import {
  approves,
  asks,
  checksCode,
  claims,
  known,
  looks,
  opens,
  ordersCode,
  reason,
  unfreezes,
  vouches,
} from './requests.ts';
import { asked, buys, type Flow, frozen, introduced, passes, texts } from './steps.ts';

const undoing = (cell: Cell): string => `/agent/alerts/${known(cell, 'alertId')}/undo-not-mine`;

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
    isRefused: true,
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
    name: 'another agent declines to have a "not mine" undone',
    before: [...notMine, claims, asks('agent', undoing, reason)],
    act: [
      asks(
        'agent2',
        (cell) => `/agent/approvals/undo_not_mine/${known(cell, 'alertId')}/decline`,
        () => ({ reason: 'Called back: it was not them' }),
      ),
    ],
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
