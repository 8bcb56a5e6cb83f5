import { at, failing, inHand, number, queued } from './desk-made-up.ts';
import { ago, asOf, suspicion, transactions } from './made-up.ts';
import type { Answers, Given, State } from './scene.ts';

/** What supervisors and analysts look at: board, figures, decisions. */
const ofSupervisor = (name: string, hash: string, answers: Answers, shows: RegExp): State =>
  at(name, { hash, answers, shows }, 'desk-supervisor');
const board = {
  asOf,
  waiting: [queued(1), queued(2, { number: 'FR-SECOND00', priority: 'P2' })],
  inHand: [
    inHand(),
    inHand({ number: 'FR-OTHER000', agent: 'Wang Fang', agentId: 'agent-wang', priority: 'P3' }),
  ],
  ...{ waitingTotal: 10_240, inHandTotal: 2, more: false },
  byPriority: { P1: 9_200, P2: 1_040, P3: 0, P4: 0 },
  overdue: 2,
  agents: [
    { id: 'agent-lin', name: 'Lin Yue', inWork: 1, waitingForOthers: 2 },
    { id: 'agent-wang', name: 'Wang Fang', inWork: 3, waitingForOthers: 0 },
  ],
};
const nobody = {
  ...{ asOf, waiting: [], inHand: [], overdue: 0, agents: [] },
  ...{ waitingTotal: 0, inHandTotal: 0, more: false },
  byPriority: { P1: 0, P2: 0, P3: 0, P4: 0 },
};
const figures = { n: 12, meanSeconds: 1_830, p50Seconds: 1_500, p90Seconds: 3_900, attainment: 0.92 };
const worked = { n: 9, meanSeconds: 412.5, p50Seconds: 380, p90Seconds: 905 };
const none = { n: 0 };
const told = (n: number, over: object = {}) => ({
  ...{ n, share: 1, stale: 0, contradictions: 0, lag: { n, p50Seconds: 0, p95Seconds: 0 } },
  ...over,
});
const late = { n: 41, p50Seconds: 1.2, p95Seconds: 8.4 };
const consistency = {
  ...told(4_213, { share: 0.99976, stale: 1, lag: { ...late, n: 4_213 } }),
  byChannel: [
    ...(['app', 'desk', 'sms', 'phone'] as const).map((channel) => ({ channel, ...told(1_043) })),
    { channel: 'email', ...told(41, { share: 0.9756, stale: 1, lag: late }) },
  ],
};
const toldNothing = { n: 0, stale: 0, contradictions: 0, lag: none, byChannel: [] };
/** `of`: what is promised; `work`: what agents do. */
const kpisOf = (of: object, work: object = of, over: object = {}) => ({
  ...{ tickets: 12, firstResponse: of, wait: of, abandoned: 1, handling: of, talk: work },
  ...{ afterCall: work, focus: work, work, preliminary: of, resolution: of, consistency },
  transfers: { n: 5, share: 0.6, failures: { late: 1, not_needed_any_more: 1 } },
  firstContact: { n: 8, share: 0.625, failures: { reopened: 1, more_contacts: 2 }, provisional: 3 },
  ...over,
});
const day = (back: number) => ago(back * 1_440).slice(0, 10);
const kpis = {
  asOf,
  total: kpisOf(figures, worked),
  rows: [5, 4, 3, 2, 1, 0].map((back) => ({
    ...{ day: day(back), channel: 'app', priority: 'P1' },
    ...kpisOf({ ...figures, meanSeconds: 900 + 600 * back }),
  })),
  unanswered: [{ number, priority: 'P1', ageSeconds: 4_100 }],
  more: false,
};
const noKpis = {
  ...{ asOf, rows: [], unanswered: [], more: false },
  total: kpisOf(none, none, {
    ...{ tickets: 0, abandoned: 0, consistency: toldNothing, transfers: { n: 0, failures: {} } },
    firstContact: { n: 0, failures: {}, provisional: 0 },
  }),
};
/** What must never be: one channel contradicts another. */
const contradicted = {
  ...told(1_043, { share: 0.99808, contradictions: 2 }),
  byChannel: [{ channel: 'sms', ...told(43, { share: 0.9535, contradictions: 2 }) }],
};
const contradicting = { ...kpis, total: kpisOf(figures, worked, { consistency: contradicted }) };
const figuresOf = (name: string, given: Given, shows: RegExp): State =>
  ofSupervisor(`figures-${name}`, '#/figures', { 'GET /agent/kpis': given }, shows);
export const supervision: readonly State[] = [
  ofSupervisor('board-full', '#/board', { 'GET /agent/board': board }, /Wang Fang/),
  ofSupervisor('board-empty', '#/board', { 'GET /agent/board': nobody }, /Nobody|没有人/),
  ofSupervisor('board-error', '#/board', { 'GET /agent/board': failing }, /Try again|重试/),
  figuresOf('full', kpis, /99\.9 %/),
  figuresOf('cut', { ...kpis, more: true }, /not all of them|并非全部/),
  figuresOf('contradicting', contradicting, /99\.8 %/),
  figuresOf('empty', noKpis, /No status was told|还没有给出过状态/),
  figuresOf('loading', 'pending', /Loading|正在读取/),
  figuresOf('error', failing, /Try again|重试/),
  figuresOf('offline', 'offline', /no connection|连不上/),
];

const decision = {
  ...{ transactionId: 'T-1', occurredAt: ago(42), amount: { minor: 129_900, currency: 'USD' } },
  merchant: suspicion().merchant,
  reasons: suspicion().reasons.map((reason) => ({
    ...reason,
    values: { amountVsMean: 18.4, country: 'US' },
  })),
  ...{ ruleSetVersion: '2026-11.2', modelVersion: 'trees-2026-11', outcome: 'freeze', receivedAt: ago(41) },
  ...{ entryMode: 'ecommerce', alertOnly: true, score: 87.5, ruled: 'freeze' },
  entries: [{ entryId: 'e-1', kind: 'merchant', list: 'block', outcome: 'alert' }],
  features: [
    'amount',
    'count24h',
    'sum30d',
    'amountVsMean',
    'minutesSinceElsewhere',
    'crossBorderNotPresent',
  ].map((name, index) => ({ name, value: 9_342.8 / (index + 1) })),
};
const bareDecision = {
  ...{
    transactionId: 'T-2',
    occurredAt: ago(60),
    amount: { minor: 4_650, currency: 'CNY' },
    modelVersion: null,
  },
  ...{ merchant: { name: 'WAGAS JINGAN', mcc: '5812', country: 'CN' }, ruleSetVersion: '2026-11.2' },
  reasons: [
    {
      code: 'customer_reported',
      words: { 'zh-CN': '客户报告这笔交易不是本人所为', en: 'The customer reported it as not theirs' },
      values: {},
    },
  ],
};
const decisionsOf = (name: string, given: Given, shows: RegExp): State =>
  at(
    `decisions-${name}`,
    { hash: `#/decisions/${number}`, shows, answers: { [`GET /agent/tickets/${number}/decisions`]: given } },
    'desk-analyst',
  );
export const decisions: readonly State[] = [
  decisionsOf('full', { asOf, decisions: [decision, bareDecision], transactions, more: true }, /87.5/),
  decisionsOf('empty', { asOf, decisions: [], transactions: [], more: false }, /no alert|没有告警/),
  decisionsOf('loading', 'pending', /Loading|正在读取/),
  decisionsOf('error', failing, /Try again|重试/),
];
