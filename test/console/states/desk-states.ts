import type { legs } from '../../../functions/ticket/clock-policy.ts';
import { deskRoles } from '../../../functions/ticket/desk-roles.ts';
import type { TicketStatus } from '../../../functions/ticket/ticket-states.ts';
import { ago, ahead, asOf, suspicion, ticketLine, transactions, verification } from './made-up.ts';
import type { Answers, Given, State } from './scene.ts';

const number = 'FR-JCXHFS5N';
const failing = { problem: 'internal' } as const;

type Role = keyof typeof deskRoles;
const me = (role: Role, over: object = {}) => ({
  ...{ id: 'agent-lin', name: 'Lin Yue', roles: [role], may: deskRoles[role], inWork: 2, mostInWork: 5 },
  dial: ['contact_centre', 'by_hand'],
  ...over,
});
const clock = (leg: (typeof legs)[number], over: object = {}) => ({
  ...{ leg, state: 'running', from: ago(40), dueAt: ahead(20), warnAt: ahead(5), targetMinutes: 60 },
  ...{ elapsedSeconds: 2_400 },
  ...over,
});
const clocks = [
  clock('ACK', { state: 'met', until: ago(39) }),
  clock('FIRST_RESPONSE', { warnAt: ago(5) }),
  clock('CALLBACK', { state: 'overdue', dueAt: ago(4) }),
  clock('PRELIMINARY', { dueAt: ahead(1_400) }),
  clock('NEXT_RESPONSE', { state: 'missed', until: ago(1) }),
  clock('RESOLUTION', { state: 'paused', dueAt: undefined }),
];
const deskTicket = (status: TicketStatus, over: object = {}) => ({
  ...ticketLine(status),
  ...{ priority: 'P1', customerId: 'C-zhang', alertId: 'alert-0001', cycle: 1, textsPutOut: 2 },
  ...{ clockPolicy: '2026-11.1', clocks, pastClocks: [] },
  ...over,
});
const inHand = (over: object = {}) =>
  deskTicket('in_progress', {
    ...{
      agent: 'Lin Yue',
      agentId: 'agent-lin',
      claimedAt: ago(8),
      leaseUntil: ahead(12),
      phoneConsent: true,
    },
    ...over,
  });
const queued = (position: number, over: object = {}) => ({
  position,
  ...deskTicket('queued', { queuedAt: ago(30), queuedReason: 'not_mine', ...over }),
});

const entry = (seq: number, type: string, over: object = {}) => ({
  ...{ seq, type, at: ago(40 - seq), by: 'system', data: {}, hash: 'h'.repeat(64) },
  ...over,
});
const timeline = [
  entry(1, 'ticket_opened', { data: { category: 'suspected_fraud' } }),
  entry(2, 'alert_opened', { data: { severity: 'freeze', transactionId: 'T-1' } }),
  entry(3, 'question_put_out'),
  entry(4, 'text_accepted'),
  entry(5, 'customer_wrote', { by: 'customer:C-zhang', words: '不是我', data: { channel: 'sms' } }),
  entry(6, 'alert_settled', { data: { status: 'settled_fraud' } }),
  entry(7, 'ticket_queued', { data: { reason: 'not_mine' } }),
  entry(8, 'ticket_claimed', { by: 'agent:agent-lin' }),
  entry(9, 'agent_message', { by: 'agent:agent-lin', words: '您好，请在应用里补充交易凭证。' }),
  entry(10, 'customer_message', { by: 'customer:C-zhang', words: `https://long.example/${'a'.repeat(120)}` }),
  entry(11, 'agent_note', { by: 'agent:agent-lin', wordsErased: true }),
];
const alert = {
  ...{ status: 'settled_fraud', severity: 'freeze', openedAt: ago(40), transactionCount: 22 },
  ruleSetVersion: '2026-11.2',
  transactions: [
    {
      ...{ transactionId: 'T-1', occurredAt: ago(42), merchantName: 'GOLDEN GATE ELECTRONICS', mcc: '5732' },
      ...{ country: 'US', declined: true, recurring: false, amount: { minor: 129_900, currency: 'USD' } },
      reasons: [
        { code: 'amount_far_above_usual', values: { amountVsMean: 18.4, amount: 9_342.8 } },
        { code: 'new_country', values: { country: 'US' } },
      ],
    },
  ],
};
const whole = (ticket: object, over: object = {}) => ({
  ticket,
  alert,
  card: {
    ...{ cardToken: 'card-1', lastFour: '4417', state: 'frozen', holds: ['fraud'], holdsVersion: 2 },
    frozenSince: ago(39),
  },
  otherCards: [],
  verifications: [],
  timeline,
  timelineIntact: true,
  ...over,
});

const at = (
  name: string,
  of: Partial<State> & Pick<State, 'answers' | 'shows'>,
  role: Role = 'desk-agent',
): State => ({
  name,
  ...of,
  answers: {
    'GET /agent/me': me(role),
    // The page as a whole keeps what is in hand, whatever it shows.
    'GET /agent/mine': { asOf, tickets: [] },
    ...of.answers,
  },
});

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

const reading = (given: Given): Given =>
  typeof given === 'string' || 'problem' in given
    ? given
    : { asOf, mark: 'mark-of-the-reading-01', ...given };
const work = (
  name: string,
  given: Given,
  shows: RegExp,
  more: { answers?: Answers; steps?: State['steps']; role?: Role } = {},
): State =>
  at(
    `ticket-${name}`,
    {
      hash: `#/ticket/${number}`,
      shows,
      steps: more.steps,
      answers: { [`GET /agent/tickets/${number}`]: reading(given), ...more.answers },
    },
    more.role,
  );
const menu = (item: RegExp) => async (page: Parameters<NonNullable<State['steps']>>[0]) => {
  await page.getByRole('button', { name: /^More$|^更多$/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const press = (name: RegExp) => (page: Parameters<NonNullable<State['steps']>>[0]) =>
  page.getByRole('button', { name }).first().click();
const dialog = /Cancel|取消/;
const mine = whole(inHand());
const dialled = {
  ...{ agent: 'Lin Yue', agentId: 'agent-lin', announcedAt: ago(0), until: ahead(10) },
  ...{ dial: 'contact_centre', dialledAt: ago(0) },
};
const pending = { ...verification({ factors: [{ kind: 'sim', at: ago(2) }] }), offers: undefined };
const tickets: readonly State[] = [
  work('mine', mine, /FR-JCXHFS5N/),
  work('supervisor', mine, /How it was judged|判定详情/, { role: 'desk-supervisor' }),
  work('unclaimed', whole(deskTicket('queued', { queuedAt: ago(30), queuedReason: 'not_mine' })), /FR-JCX/),
  work('of-another', whole(inHand({ agent: 'Wang Fang', agentId: 'agent-wang' })), /Wang Fang/),
  work('for-a-teller', whole(inHand({ agent: 'Wang Fang', agentId: 'agent-wang' })), /only reads|只能查看/, {
    role: 'desk-teller',
  }),
  work(
    'awaiting',
    whole(inHand({ ...ticketLine('awaiting_customer') }), { verifications: [pending] }),
    /FR-JCX/,
  ),
  work(
    'concluded',
    whole(
      inHand({ ...ticketLine('concluded'), conclusion: { finding: 'fraud', at: ago(1), by: 'agent-lin' } }),
    ),
    /FR-JCX/,
  ),
  work(
    'resolved',
    whole(deskTicket('resolved', { resolution: 'refunded', resolvedAt: ago(1), clocks: [] })),
    /FR-JCX/,
  ),
  work(
    'bare',
    whole(inHand({ alertId: undefined }), { alert: undefined, card: undefined, timeline: [] }),
    /FR-JCX/,
  ),
  work('chain-broken', { ...mine, timelineIntact: false }, /broken|不完整/),
  work('loading', 'pending', /Loading|正在读取/),
  work('error', failing, /Try again|重试/),
  work('not-there', { problem: 'not-found' }, /not found|没有找到/),
  work('conclude', mine, dialog, { steps: press(/^Conclude|^初步结论|^Preliminary conclusion/) }),
  work('resolve', mine, dialog, { steps: press(/^Resolve|^解决/) }),
  work('hand-back', mine, dialog, { steps: menu(/Hand back|退回队列|Back to the queue/) }),
  work('triage', mine, dialog, { steps: menu(/Triage|分类/) }),
  work('freeze', whole(inHand(), { card: { ...mine.card, state: 'active', holds: [] } }), dialog, {
    steps: press(/^Freeze$|^冻结$/),
  }),
  work('unfreeze', mine, /Close|关闭/, { steps: press(/^Unfreeze$|^解冻$/) }),
  work('lease-lost', mine, /Claim the ticket|受理|claim/i, {
    answers: {
      [`POST /agent/tickets/${number}/messages`]: {
        problem: 'not-your-ticket',
        detail: { by: 'Wang Fang', at: ago(0) },
      },
    },
    steps: async (page) => {
      await page.getByRole('textbox').first().fill('您好');
      await page.getByRole('button', { name: /^Send$|^发送$/ }).click();
    },
  }),
  work('calling', mine, /A1B2C3/, {
    answers: {
      [`POST /agent/tickets/${number}/call`]: {
        ...{ checkCode: 'A1B2C3', until: ahead(10), phoneConsent: true },
        ticket: inHand(),
      },
    },
    steps: press(/I dial myself|我自己拨打/),
  }),
  work('call-now', mine, /A1B2C3/, {
    answers: {
      [`POST /agent/tickets/${number}/call`]: {
        ...{ checkCode: 'A1B2C3', until: ahead(10), phoneConsent: true },
        ticket: inHand({ call: dialled }),
      },
    },
    steps: press(/Call now|立即呼叫/),
  }),
  work('call-rings', whole(inHand({ call: dialled })), /phone rings|正在振铃/),
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
const searches: readonly State[] = [
  at('search', { hash: '#/search', answers: {}, shows: /logged|记录/ }),
  searchOf(
    'found',
    {
      ...{ asOf, tickets: [inHand(), deskTicket('closed', { number: 'FR-CLOSED00', priority: 'P3' })] },
      cards: [
        whole({}).card,
        { ...whole({}).card, cardToken: 'card-2', lastFour: '8810', state: 'active', holds: [] },
      ],
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
    { asOf, approvals: [approval(), approval({ kind: 'vouch', subjectId: 'v-1', proposedBy: 'Lin Yue' })] },
    /Wang Fang/,
  ),
  approvalsOf('empty', { asOf, approvals: [] }, /Nothing|没有待复核/),
  approvalsOf('loading', 'pending', /Loading|正在读取/),
  approvalsOf('error', failing, /Try again|重试/),
];

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
const none = { n: 0 };
const kpisOf = (of: object) => ({
  ...{
    tickets: 12,
    firstResponse: of,
    wait: of,
    abandoned: 1,
    handling: of,
    talk: of,
    preliminary: of,
    resolution: of,
  },
  transfers: { n: 5, share: 0.8, failures: { nobody_free: 1 } },
  firstContact: { n: 8, share: 0.625, failures: { reopened: 1 }, provisional: 3 },
});
const day = (back: number) => ago(back * 1_440).slice(0, 10);
const kpis = {
  asOf,
  total: kpisOf(figures),
  rows: [5, 4, 3, 2, 1, 0].map((back) => ({
    ...{ day: day(back), channel: 'app', priority: 'P1' },
    ...kpisOf({ ...figures, meanSeconds: 900 + 600 * back }),
  })),
  unanswered: [{ number, priority: 'P1', ageSeconds: 4_100 }],
  more: false,
};
const noKpis = {
  ...{ asOf, rows: [], unanswered: [], more: false },
  total: {
    ...kpisOf(none),
    ...{
      tickets: 0,
      transfers: { n: 0, failures: {} },
      firstContact: { n: 0, failures: {}, provisional: 0 },
    },
  },
};
const supervision: readonly State[] = [
  ofSupervisor('board-full', '#/board', { 'GET /agent/board': board }, /Wang Fang/),
  ofSupervisor('board-empty', '#/board', { 'GET /agent/board': nobody }, /Nobody|没有人/),
  ofSupervisor('board-error', '#/board', { 'GET /agent/board': failing }, /Try again|重试/),
  ofSupervisor('figures-full', '#/figures', { 'GET /agent/kpis': kpis }, /92 %/),
  ofSupervisor(
    'figures-cut',
    '#/figures',
    { 'GET /agent/kpis': { ...kpis, more: true } },
    /not all of them|并非全部/,
  ),
  ofSupervisor('figures-empty', '#/figures', { 'GET /agent/kpis': noKpis }, /No figures|还没有数据/),
  ofSupervisor('figures-loading', '#/figures', { 'GET /agent/kpis': 'pending' }, /Loading|正在读取/),
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
const decisions: readonly State[] = [
  decisionsOf('full', { asOf, decisions: [decision, bareDecision], transactions, more: true }, /87.5/),
  decisionsOf('empty', { asOf, decisions: [], transactions: [], more: false }, /no alert|没有告警/),
  decisionsOf('loading', 'pending', /Loading|正在读取/),
  decisionsOf('error', failing, /Try again|重试/),
];

const keeper = { id: 'analyst-li', name: 'Li Wei' };
const ruleSet = (version: string, state: string, over: object = {}) => ({
  ...{ version, state, author: keeper, createdAt: ago(9_000), stateAt: ago(3_000), rules: 24 },
  ...{ note: '提高境外无卡交易的门槛', digest: 'd'.repeat(64) },
  ...over,
});
const inForce = {
  ...{ asOf, changedAt: ago(9_000), live: '2026-11.2', earlier: ['2026-10.1'], shadows: ['2026-12.1'] },
  share: { version: '2026-12.0', percent: 5 },
  alertOnly: [
    { version: '2026-11.2', at: ago(20), by: 'breaker', reason: '412 freezes in 10 minutes, 9 expected' },
  ],
};
const judged = (outcome: string, score: number) => ({
  ...{ outcome, score },
  reasons: [{ code: 'amount_far_above_usual', values: { amountVsMean: 18.4 } }],
});
const comparison = {
  ...{ version: '2026-12.1', live: '2026-11.2', since: ago(4_000), lastAt: ago(1), compared: 12_450 },
  cells: { clear_alert: 12, alert_clear: 3, freeze_freeze: 40 },
  ...{ newAlerts: 12, lostAlerts: 3, newAlertReasons: { amount_far_above_usual: 9, new_country: 3 } },
  examples: [
    {
      ...{ transactionId: 'T-8817', cardToken: 'card-zhang-4417', occurredAt: ago(500) },
      ...{ live: judged('clear', 40), other: judged('alert', 66) },
    },
  ],
};
const bulk = (over: object) => ({
  asOf,
  release: {
    ...{
      ruleSetVersion: '2026-10.1',
      reason: '一夜冻结了数百张卡',
      proposedBy: 'He Ping',
      proposedAt: ago(9),
    },
    ...{ until: ahead(51), found: 412, released: 0, failed: 0 },
    left: { answered: 0, fraud: 0, other_hold: 0, closed: 0 },
    ...over,
  },
});
const ruleGroups = ['rules-analyst', 'rules-supervisor'];
const rulesOf = (name: string, answers: Answers, shows: RegExp, steps?: State['steps']): State => ({
  ...at(`rules-${name}`, { hash: '#/rules', answers, shows, steps }, 'desk-supervisor'),
  groups: ruleGroups,
});
const sets = {
  'GET /agent/rules': inForce,
  'GET /agent/rules/sets': {
    ruleSets: [
      ruleSet('2026-11.2', 'live'),
      ruleSet('2026-12.0', 'share'),
      ruleSet('2026-12.1', 'shadow', {
        proposal: {
          to: 'live',
          by: { id: 'x', name: 'Sun Jie' },
          at: ago(9),
          until: ahead(900),
          reason: '对比一周',
        },
      }),
      ruleSet('2026-12.2', 'draft'),
      ruleSet('2026-10.1', 'retired'),
    ],
  },
  'GET /agent/rules/sets/2026-12.1/comparison': comparison,
  'GET /agent/rules/sets/2026-11.2/comparison': { ...comparison, compared: 0, cells: {}, examples: [] },
  'POST /agent/rules/sets/2026-12.1/approve': { problem: 'same-person' },
  'GET /agent/rules/sets/2026-10.1/comparison': { ...comparison, compared: 0, cells: {}, examples: [] },
  'GET /agent/bulk-releases/2026-11.2': { problem: 'not-found' },
  'GET /agent/bulk-releases/2026-12.1': { problem: 'not-found' },
} satisfies Answers;
const rules: readonly State[] = [
  rulesOf('sets', sets, /2026-12.2/),
  rulesOf('shadow', sets, /12450|12,450/, (page) => page.getByRole('button', { name: '2026-12.1' }).click()),
  rulesOf('live', sets, /Only ask|只询问|freeze again|恢复冻结/, (page) =>
    page.getByRole('button', { name: '2026-11.2' }).click(),
  ),
  rulesOf('refused', sets, /Another person|另一位|别人/, async (page) => {
    await page.getByRole('button', { name: '2026-12.1' }).click();
    await page.getByLabel(/^Reason|^理由/).fill('对比一周');
    await page.getByRole('button', { name: /Approve|复核通过/ }).click();
  }),
  rulesOf(
    'bulk-waits',
    { ...sets, 'GET /agent/bulk-releases/2026-10.1': bulk({ status: 'proposed' }) },
    /Approve and release|复核并解除/,
    (page) => page.getByRole('button', { name: '2026-10.1' }).click(),
  ),
  rulesOf(
    'bulk-runs',
    {
      ...sets,
      'GET /agent/bulk-releases/2026-10.1': bulk({
        ...{ status: 'running', approvedBy: 'Wu Lan', released: 208 },
        left: { answered: 4, fraud: 1, other_hold: 0, closed: 0 },
      }),
    },
    /Releasing|正在解除/,
    (page) => page.getByRole('button', { name: '2026-10.1' }).click(),
  ),
  rulesOf(
    'empty',
    {
      'GET /agent/rules': { ...inForce, shadows: [], share: undefined, alertOnly: [] },
      'GET /agent/rules/sets': { ruleSets: [] },
    },
    /No breaker|没有熔断|none/i,
  ),
  rulesOf('error', { 'GET /agent/rules': failing, 'GET /agent/rules/sets': failing }, /Try again|重试/),
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
  ...tickets,
  ...searches,
  ...approvals,
  ...supervision,
  ...decisions,
  ...rules,
  ...signedOut,
];
