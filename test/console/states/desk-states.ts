import { decisions, supervision } from './desk-figures-states.ts';
import {
  at,
  clock,
  deskTicket,
  dialog,
  failing,
  inHand,
  number,
  press,
  queued,
  type Role,
  whole,
} from './desk-made-up.ts';
import { deskPanels } from './desk-panel-states.ts';
import { rules } from './desk-rules-states.ts';
import { deskTickets } from './desk-ticket-states.ts';
import { ago, ahead, asOf } from './made-up.ts';
import type { Answers, Given, State } from './scene.ts';

const queueOf = (name: string, answers: Answers, shows: RegExp, steps?: State['steps']): State =>
  at(`queue-${name}`, {
    shows,
    steps,
    answers: {
      'GET /agent/queue': {
        ...{ asOf, total: 312, more: true },
        tickets: [
          queued(1, { clocks: [clock('FIRST_RESPONSE', { state: 'overdue', dueAt: ago(3) })] }),
          queued(2, {
            number: 'FR-SECOND00',
            priority: 'P2',
            queuedReason: 'expired',
            category: 'lost_stolen',
          }),
          queued(3, {
            number: 'FR-THIRD000',
            priority: 'P3',
            queuedReason: 'person_asked',
            category: 'dispute',
          }),
          queued(4, { number: 'FR-FOURTH00', priority: 'P4', queuedReason: undefined, category: 'question' }),
        ],
      },
      'GET /agent/mine': {
        asOf,
        tickets: [inHand(), inHand({ number: 'FR-MINE0002', status: 'awaiting_customer' })],
      },
      [`POST /agent/tickets/${number}/heartbeat`]: { leaseUntil: ahead(20) },
      'POST /agent/tickets/FR-MINE0002/heartbeat': { leaseUntil: ahead(20) },
      ...answers,
    },
  });
const queue: readonly State[] = [
  queueOf('full', {}, /FR-FOURTH00/),
  queueOf(
    'empty',
    {
      'GET /agent/queue': { asOf, tickets: [], total: 0, more: false },
      'GET /agent/mine': { asOf, tickets: [] },
    },
    /empty|队列是空的/,
  ),
  queueOf('loading', { 'GET /agent/queue': 'pending', 'GET /agent/mine': 'pending' }, /Loading|正在读取/),
  queueOf('error', { 'GET /agent/queue': failing, 'GET /agent/mine': failing }, /Try again|重试/),
  queueOf('offline', { 'GET /agent/queue': 'offline', 'GET /agent/mine': 'offline' }, /no connection|连不上/),
  queueOf(
    'lost-race',
    {
      [`POST /agent/tickets/${number}/claim`]: {
        problem: 'claim-taken',
        detail: { outcome: 'taken', by: 'Wang Fang', at: ago(0) },
      },
    },
    /Wang Fang/,
    (page) => page.getByRole('button', { name: new RegExp(`^(Claim|受理) ${number}`) }).click(),
  ),
  queueOf(
    'at-capacity',
    { 'POST /agent/queue/next': { problem: 'at-capacity' } },
    /as many|上限|太多|最多/,
    (page) => page.getByRole('button', { name: /Take the next|领取下一个|next/i }).click(),
  ),
];

const searchOf = (name: string, given: Given, shows: RegExp): State =>
  at(`search-${name}`, {
    hash: '#/search',
    shows,
    answers: { 'POST /agent/search': given },
    steps: async (page) => {
      await page.getByLabel(/Last four|末四位/).fill('4417');
      await page.keyboard.press('Enter');
    },
  });
/** Cards come only with a search by phone; who may do what with them is shown. */
const byPhone = (name: string, role: Role): State => {
  const { card } = whole({});
  const frozen = { ...card, cardToken: 'card-3', lastFour: '2222', holds: ['lost'] };
  const active = { ...card, cardToken: 'card-2', lastFour: '8810', state: 'active', holds: [] };
  const state: Pick<State, 'hash' | 'steps' | 'shows'> = {
    hash: '#/search',
    shows: /8810/,
    steps: async (page) => {
      await page.getByLabel(/^Phone|^电话/).fill('+86 138 0001 0001');
      await page.keyboard.press('Enter');
    },
  };
  const answers = { 'POST /agent/search': { asOf, tickets: [inHand()], cards: [active, frozen] } };
  return at(`search-${name}`, { ...state, answers }, role);
};
const searches: readonly State[] = [
  at('search', { hash: '#/search', answers: {}, shows: /logged|记录/ }),
  searchOf(
    'found',
    {
      ...{ asOf, tickets: [inHand(), deskTicket('closed', { number: 'FR-CLOSED00', priority: 'P3' })] },
      cards: [],
    },
    /FR-CLOSED00/,
  ),
  {
    ...searchOf(
      'freeze',
      { asOf, tickets: [], cards: [{ ...whole({}).card, state: 'active', holds: [] }] },
      dialog,
    ),
    steps: async (page) => {
      await page.getByLabel(/Last four|末四位/).fill('4417');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /^(Freeze|冻结)/ }).click();
    },
  },
  {
    ...at('search-wrong', { hash: '#/search', answers: {}, shows: /never a U|没有 U/ }),
    steps: async (page) => {
      await page.getByLabel(/Ticket number|工单号/).fill('FR-7K3');
      await page.getByLabel(/^Day|^日期/).fill('9.3.2026');
      await page.keyboard.press('Enter');
    },
  },
  byPhone('by-phone', 'desk-agent'),
  byPhone('by-phone-teller', 'desk-teller'),
  searchOf('none', { asOf, tickets: [], cards: [] }, /Nothing|没有找到/),
  searchOf('error', failing, /went wrong|出错|出了问题/),
];

const approval = (over: object = {}) => ({
  ...{ kind: 'undo_not_mine', subjectId: 'alert-0001', ticketNumber: number, cardToken: 'card-1' },
  ...{ reason: '客户误按，两次电话确认', proposedBy: 'Wang Fang', proposedAt: ago(3), until: ahead(27) },
  ...over,
});
const approvalsOf = (name: string, given: Given, shows: RegExp): State =>
  at(`approvals-${name}`, { hash: '#/approvals', shows, answers: { 'GET /agent/approvals': given } });
const approvals: readonly State[] = [
  approvalsOf(
    'full',
    {
      asOf,
      approvals: [
        approval(),
        approval({ kind: 'vouch', subjectId: 'v-1', action: 'unfreeze', proposedBy: 'Lin Yue' }),
      ],
    },
    /Wang Fang/,
  ),
  {
    ...approvalsOf('decline', { asOf, approvals: [approval()] }, /ticket’s timeline|记入工单时间线/),
    steps: press(/^Decline$|^回绝$/),
  },
  approvalsOf('empty', { asOf, approvals: [] }, /Nothing|没有待复核/),
  approvalsOf('loading', 'pending', /Loading|正在读取/),
  approvalsOf('error', failing, /Try again|重试/),
];

const provider = { issuer: 'https://sign-in.example', clientId: 'page', scope: 'openid' };
const signedOut: readonly State[] = [
  {
    name: 'sign-in',
    signedOut: true,
    config: { agents: provider },
    answers: {},
    shows: /Staff sign-in|员工登录/,
  },
  at('no-role', { answers: { 'GET /agent/me': { problem: 'not-permitted' } }, shows: /role|角色|权限/ }),
];

/** Everything the desk can look like. */
export const deskStates: readonly State[] = [
  ...queue,
  ...deskTickets,
  ...deskPanels,
  ...searches,
  ...approvals,
  ...supervision,
  ...decisions,
  ...rules,
  ...signedOut,
];
