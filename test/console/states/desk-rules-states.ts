import { at, failing } from './desk-made-up.ts';
import { ago, ahead, asOf } from './made-up.ts';
import type { Answers, State } from './scene.ts';

/** Rule sets, from draft to live. */
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
const ruleGroups = ['rules-analyst', 'rules-supervisor'];
const rulesOf = (name: string, answers: Answers, shows: RegExp, steps?: State['steps']): State => ({
  ...at(`rules-${name}`, { hash: '#/rules', answers, shows, steps }, 'desk-supervisor'),
  groups: ruleGroups,
});
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
  'GET /agent/rules/sets/2026-10.1/comparison': { ...comparison, compared: 0, cells: {}, examples: [] },
  'GET /agent/bulk-releases/2026-11.2': { problem: 'not-found' },
  'GET /agent/bulk-releases/2026-12.1': { problem: 'not-found' },
  'POST /agent/rules/sets/2026-12.1/approve': { problem: 'same-person' },
} satisfies Answers;
export const rules: readonly State[] = [
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
