import { describe, expect, it } from 'vitest';
import type { Judged } from '../../../tools/backtest/judged.ts';
import { intervalOf } from '../../../tools/backtest/pairing.ts';
import { run } from '../../../tools/backtest/run.ts';
import { type Hand, handRules, judgedByHand } from './hand.ts';

const freeze = { outcome: 'freeze', codes: [['strong', 90]] } as const;

/** The same transactions, judged twice: by the first as `one` says, by the other as `base` says. */
async function compared(pairs: readonly { both: Hand; one?: Partial<Hand>; base?: Partial<Hand> }[]) {
  async function* judged(): AsyncGenerator<{ one: Judged; base: Judged }> {
    for (const [index, { both, one, base }] of pairs.entries()) {
      const id = `pair-${index}`;
      yield { one: judgedByHand({ ...both, ...one, id }), base: judgedByHand({ ...both, ...base, id }) };
    }
  }
  return run({
    judged: judged(),
    ruleSet: handRules,
    compare: { ...handRules, version: 'hand-0' },
    policy: { answerMs: 15 * 60_000, replacedAfterMs: 86_400_000 },
    from: undefined,
    to: undefined,
    onProgress: () => undefined,
  });
}

describe('two rule sets on the same transactions', () => {
  it('pairs what each of them found', async () => {
    const { comparison } = await compared([
      { both: { minute: 0, card: 'A', isFraud: true, value: 10, ...freeze } },
      { both: { minute: 1, card: 'B', isFraud: true, value: 20 }, one: freeze },
      { both: { minute: 2, card: 'C', isFraud: true, value: 40 }, base: freeze },
      { both: { minute: 3, card: 'D', isFraud: true, value: 80 } },
      { both: { minute: 4, card: 'E' }, one: freeze },
      { both: { minute: 5, card: 'F' }, one: freeze },
      { both: { minute: 6, card: 'G' }, base: freeze },
      { both: { minute: 7, card: 'H' } },
    ]);
    expect(comparison).toMatchObject({
      frauds: { both: 1, only: 1, base: 1, neither: 1 },
      fraudValue: { both: 10, only: 20, base: 40, neither: 80 },
      genuine: { both: 0, only: 2, base: 1, neither: 1 },
      newlyFrozen: { rightly: 1, wrongly: 2 },
      noLongerFrozen: { rightly: 1, wrongly: 1 },
    });
    const cards = (examples: readonly { card: string }[] = []) => examples.map(({ card }) => card).sort();
    expect(cards(comparison?.examples.newlyFound)).toEqual(['B']);
    expect(cards(comparison?.examples.newlyAlarmed)).toEqual(['E', 'F']);
    expect(cards(comparison?.examples.noLongerFound)).toEqual(['C']);
    expect(cards(comparison?.examples.noLongerAlarmed)).toEqual(['G']);
    expect(comparison?.examples.noLongerFound[0]?.outcome).toBe('freeze');
  });

  it('takes the mean difference of days, an interval only from a week on', async () => {
    const days = [0, 1, 2, 3, 4, 5, 6].map((day) => ({
      both: { minute: day * 1440, card: `C${day}` },
      ...(day % 2 === 0 ? { one: freeze } : {}),
    }));
    const week = (await compared(days)).comparison;
    const frozen = week?.differences.find(({ name }) => name === 'wronglyFrozen');
    expect(frozen?.perDay).toBeCloseTo(4 / 7, 12);
    const [low = Number.NaN, high = Number.NaN] = frozen?.interval ?? [];
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(4 / 7);
    expect(high).toBeGreaterThan(4 / 7);
    const few = (await compared(days.slice(0, 6))).comparison;
    expect(few?.differences.map(({ interval }) => interval)).toEqual(Array(6).fill(undefined));
  });

  it('draws an interval that is a point where all days are alike, and the same every time', () => {
    expect(intervalOf(Array(10).fill(3))).toEqual([3, 3]);
    const days = [1, 5, 2, 8, 3, 9, 4, 4];
    expect(intervalOf(days)).toEqual(intervalOf(days));
  });
});
