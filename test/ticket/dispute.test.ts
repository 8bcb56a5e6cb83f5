import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Dispute,
  disputesOf,
  joinedDisputes,
  MOST_DISPUTES,
  MOST_STEPS,
  withBankWord,
  withReported,
  withStep,
} from '../../functions/ticket/dispute.ts';
import {
  disputeNeeds,
  disputeStatuses,
  disputeTransitions,
  isUndecided,
  mayFollowInDispute,
} from '../../functions/ticket/dispute-states.ts';

const at = '2026-03-10T15:40:00.000Z';
const facts = {
  occurredAt: at,
  merchantName: 'GADGET HUB',
  amount: { minor: 12_990, currency: 'USD' },
  billing: { minor: 92_231, currency: 'CNY' },
};
const reported = (...ids: readonly string[]): readonly Dispute[] =>
  withReported(
    [],
    ids.map((transactionId) => ({ transactionId, facts })),
    { at, by: 'customer' },
  ).disputes;
const fitting = { amount: facts.billing, reference: 'CB-1', cause: 'too_late', hasWords: true } as const;
const step = (disputes: readonly Dispute[], to: Dispute['status'], over: object = {}) =>
  withStep(disputes, { transactionId: 'T-1', to, ...fitting, ...over }, { at, by: 'Li Na' });

describe('D9 the table of disputes', () => {
  test('every status is reached from a report, and what is refunded ends', () => {
    const reached = new Set<string>(['reported']);
    for (const from of reached) for (const to of disputeTransitions[from as 'reported']) reached.add(to);
    expect([...reached].sort()).toEqual([...disputeStatuses].sort());
    expect(disputeTransitions.refunded).toEqual([]);
    expect(disputeStatuses.filter((to) => mayFollowInDispute(to, to))).toEqual([]);
    expect(disputeStatuses.filter((from) => disputeTransitions[from].includes('reported'))).toEqual([]);
  });

  test('whatever is undecided can be handed over or end, without asking anybody first', () => {
    for (const from of disputeStatuses.filter(isUndecided))
      expect(disputeTransitions[from].filter((to) => !isUndecided(to)).length).toBeGreaterThan(0);
  });

  test('money never moves without an amount and a reference', () => {
    for (const to of ['provisional_credit', 'refunded'] as const)
      expect(disputeNeeds[to]).toEqual({ amount: true, reference: true });
  });
});

describe('D9 one step', () => {
  test.each(
    disputeStatuses.flatMap((to) => Object.keys(disputeNeeds[to]).map((need) => [to, need] as const)),
  )('%s is refused without its %s', (to, need) => {
    const from = disputeStatuses.find((status) => mayFollowInDispute(status, to)) ?? 'reported';
    const before = reported('T-1').map((dispute) => ({ ...dispute, status: from }));
    const lacking = need === 'words' ? { hasWords: false } : { [need]: undefined };
    expect(step(before, to)).toHaveProperty('after.status', to);
    expect(step(before, to, lacking)).toEqual({ refusal: 'details_missing' });
  });

  test('an amount is in a currency it was charged in, and a tenth above it at most', () => {
    const credit = (minor: number, currency: string) =>
      step(reported('T-1'), 'provisional_credit', { amount: { minor, currency } });
    expect(credit(12_990, 'USD')).toHaveProperty('after');
    expect(credit(101_454, 'CNY')).toHaveProperty('after');
    expect(credit(101_455, 'CNY')).toEqual({ refusal: 'amount_differs' });
    expect(credit(100, 'EUR')).toEqual({ refusal: 'amount_differs' });
  });

  test('H23 what the bank tells moves nothing and is noted once', () => {
    const word = { transactionId: 'T-1', told: 'refund', at, amount: facts.amount } as const;
    const noted = withBankWord(reported('T-1'), word) ?? [];
    expect(noted[0]).toMatchObject({ status: 'reported', steps: [{}, { told: 'refund', by: 'bank' }] });
    expect(withBankWord(noted, word)).toBeUndefined();
    expect(withBankWord(noted, { ...word, transactionId: 'T-2' })).toBeUndefined();
  });

  test('there is a limit to all of them, and the item stays far from its 400 KB', () => {
    const ids = Array.from({ length: MOST_DISPUTES }, (_, index) => `T-${index}`.padEnd(64, 'x'));
    const all = reported(...ids).map((dispute) => ({
      ...dispute,
      facts: { ...facts, merchantName: '商'.repeat(60) },
      steps: Array.from({ length: MOST_STEPS / MOST_DISPUTES }, () => ({
        ...{ status: 'provisional_credit' as const, at, by: '名'.repeat(32), reference: 'x'.repeat(64) },
        amount: { minor: 999_999_999_999, currency: 'CNY' },
      })),
    }));
    expect(Buffer.byteLength(JSON.stringify(all))).toBeLessThan(300_000);
    expect(joinedDisputes(all, reported('T-more'))).toBeUndefined();
    const full = all.map((dispute, index) =>
      index === 0 ? { ...dispute, status: 'reported' as const } : dispute,
    );
    const id = { transactionId: ids[0] ?? '' };
    expect(step(full, 'submitted', id)).toEqual({ refusal: 'too_many_steps' });
  });
});

test('D9 any steps in any order: the history is a way through the table, and nothing reported is lost', () => {
  const moves = fc.array(
    fc.record({
      id: fc.integer({ min: 0, max: 4 }),
      to: fc.constantFrom(...disputeStatuses),
      joins: fc.boolean(),
      bank: fc.boolean(),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(moves, (all) => {
      let own = reported('T-0', 'T-1', 'T-2');
      const other = reported('T-2', 'T-3', 'T-4');
      const ids = new Set(own.map(({ transactionId }) => transactionId));
      for (const { id, to, joins, bank } of all) {
        const transactionId = `T-${id}`;
        const before = own.find((dispute) => dispute.transactionId === transactionId);
        if (joins) {
          own = joinedDisputes(own, other) ?? own;
          for (const dispute of other) ids.add(dispute.transactionId);
        } else if (bank) {
          own = withBankWord(own, { transactionId, told: 'refund', at }) ?? own;
        } else {
          const stepped = withStep(own, { transactionId, to, ...fitting }, { at, by: 'Li Na' });
          const may = before !== undefined && mayFollowInDispute(before.status, to);
          expect('after' in stepped).toBe(may);
          if ('after' in stepped) own = stepped.disputes;
        }
        const after = own.find((dispute) => dispute.transactionId === transactionId);
        expect((after?.steps.length ?? 0) >= (before?.steps.length ?? 0)).toBe(true);
      }
      expect(new Set(own.map(({ transactionId }) => transactionId))).toEqual(ids);
      for (const { status, steps } of disputesOf({ disputes: [...own] })) {
        expect(steps.at(-1)?.status).toBe(status);
        for (const [place, one] of steps.entries()) {
          const from = steps[place - 1]?.status;
          if (from === undefined) expect(one.status).toBe('reported');
          else
            expect(one.told === undefined ? mayFollowInDispute(from, one.status) : from === one.status).toBe(
              true,
            );
        }
      }
    }),
    { numRuns: 300 },
  );
});
