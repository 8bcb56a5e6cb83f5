import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  // A month passes here, of which the sweep would see every minute.
  night = await startNight({ schedules: false });
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const DAY_MS = 86_400_000;

interface Decisions {
  readonly decisions: readonly {
    readonly transactionId: string;
    readonly outcome?: string;
    readonly ruleSetVersion: string;
    readonly score?: number;
    readonly features?: readonly { readonly name: string; readonly value: number }[];
    readonly reasons: readonly {
      readonly code: string;
      readonly words: { readonly 'zh-CN': string; readonly en: string };
      readonly values: Readonly<Record<string, string | number>>;
    }[];
  }[];
  readonly transactions: readonly { readonly transactionId: string; readonly suspicious: boolean }[];
  readonly more: boolean;
}

/** A ticket opened by a purchase the rules freeze on. */
async function frozen() {
  await night.customer('zhang', 'card-1');
  const transactionId = await night.spree('card-1', 'zhang');
  return { transactionId, number: (await night.onlyTicket('zhang')).ticket.number };
}
const decisions = (number: string, who: Parameters<Night['get']>[0] = 'supervisor') =>
  night.get<Decisions>(who, `/agent/tickets/${number}/decisions`);

test('a supervisor reads how a purchase was judged: outcome, score, reasons with their values, versions', async () => {
  const { transactionId, number } = await frozen();
  const { status, body } = await decisions(number);
  expect(status).toBe(200);
  const [judged] = body.decisions;
  expect(judged).toMatchObject({
    ...{ transactionId, outcome: 'freeze', ruled: 'freeze', ruleSetVersion: defaultRuleSet.version },
    ...{ amount: { minor: 388_800, currency: 'CNY' }, alertOnly: false },
  });
  expect(judged?.score).toBeGreaterThan(0);
  const amount = judged?.features?.find(({ name }) => name === 'amount')?.value;
  expect(amount).toBe(3_888);
  expect(judged?.reasons.length).toBeGreaterThan(0);
  for (const { code, words } of judged?.reasons ?? []) {
    expect(words.en).not.toBe(code);
    expect(words['zh-CN']).toMatch(/\p{Script=Han}/u);
  }
  // The card's five purchases before it stand beside it, the latest first.
  expect(body.transactions.map(({ suspicious }) => suspicious)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(body.transactions[0]?.transactionId).toBe(transactionId);
  expect(body.more).toBe(false);
});

test('what the alert kept of it speaks once the decision itself is gone', async () => {
  const { number } = await frozen();
  await night.clock.advance(36 * DAY_MS);
  const { body } = await decisions(number);
  expect(body.transactions).toEqual([]);
  expect(body.decisions).toHaveLength(1);
  expect(body.decisions[0]?.outcome).toBeUndefined();
  expect(body.decisions[0]).toMatchObject({ ruled: 'freeze', ruleSetVersion: defaultRuleSet.version });
  expect(body.decisions[0]?.features?.length).toBeGreaterThan(5);
});

test('who read what of whom is logged; agents and tellers may not', async () => {
  const { number } = await frozen();
  for (const who of ['agent', 'teller', 'auditor'] as const)
    expect((await decisions(number, who)).status).toBe(403);
  await decisions(number);
  const readings = night.stack
    .logs()
    .map(({ line }) => line)
    .filter((line) => line.includes('"staff_read"') && line.includes('supervisor-he'));
  expect(readings.some((line) => line.includes(number))).toBe(true);
  expect(readings.some((line) => line.includes('C-zhang'))).toBe(true);
});

test('what agents read of a ticket has nothing of the judgement’s values', async () => {
  const { number } = await frozen();
  const [shown] = (await night.ticket(number)).alert?.transactions ?? [];
  expect(shown).toBeDefined();
  expect(Object.keys(shown ?? {})).not.toContain('judged');
});
