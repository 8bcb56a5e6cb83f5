import { describe, expect, test, vi } from 'vitest';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { decide } from '../../functions/screening/decide.ts';
import { emptyRisk } from '../../functions/screening/merchant-risk.ts';
import { emptyProfile } from '../../functions/screening/profile.ts';
import { compareWithLive } from '../../functions/screening/shadow-comparison.ts';
import { createShadowStore } from '../../functions/screening/shadow-store.ts';
import { createShadowTally } from '../../functions/screening/shadow-tally.ts';
import { ruleDesk, START, strict } from './rule-desk.ts';
import { transaction } from './transactions.ts';

/** The live set freezes from 100 yuan on, v2 in shadow from 50, v3 with a share of 100 % never. */
const live = compileRuleSet(strict('v1', 100));
const shadow = compileRuleSet(strict('v2', 50));
const shared = compileRuleSet(strict('v3', 1e9));
const models = new Map();
const switches = { alertOnly: new Set<string>() };
const active = { live, share: undefined, shadows: [shadow], models, switches };

function compared(minor: number, within: Parameters<typeof compareWithLive>[0] = active, ruleSet = live) {
  const event = transaction({ at: START, minor, id: `T-${minor}` });
  const input = { profile: emptyProfile(), merchant: emptyRisk(), transaction: event, ruleSet };
  return { event, results: compareWithLive(within, input, decide(input)) };
}

function tallying() {
  const desk = ruleDesk();
  const store = createShadowStore({ db: desk.db, cardsTable: 'cards' });
  const lost: string[] = [];
  const commit = vi.spyOn(desk.db, 'commit');
  const tally = createShadowTally({
    db: desk.db,
    sink: store,
    now: () => new Date(desk.at()),
    onLost: (_error, version) => lost.push(version),
  });
  const judge = (minor: number) => {
    const { event, results } = compared(minor);
    tally.note(event, results);
  };
  return { desk, store, tally, judge, commit, lost };
}

describe('what a set in shadow would have done', () => {
  test('is told beside what the live one does, by the same state', () => {
    const outcomes = [4_000, 7_000, 20_000].map((minor) =>
      compared(minor).results.map(
        ({ version, live, other }) => `${version} ${live.outcome} ${other.outcome}`,
      ),
    );
    expect(outcomes).toEqual([['v2 clear clear'], ['v2 clear freeze'], ['v2 freeze freeze']]);
  });

  test('nothing is computed where nothing is compared', () => {
    expect(compared(7_000, { live, share: undefined, shadows: [], models, switches }).results).toEqual([]);
  });

  test('a set with a share is compared with the live one also on the cards it decides about', () => {
    const within = { live, share: { ruleSet: shared, percent: 100 }, shadows: [], models, switches };
    const [result] = compared(20_000, within, shared).results;
    expect(result).toMatchObject({ version: 'v3', live: { outcome: 'freeze' }, other: { outcome: 'clear' } });
  });
});

describe('kept cheaply', () => {
  test('where both agree nothing is written for a transaction; half a minute’s worth by one write', async () => {
    const { desk, store, tally, judge, commit } = tallying();
    for (let count = 0; count < 100; count += 1) {
      judge(4_000);
      await tally.flush();
    }
    expect(commit).not.toHaveBeenCalled();
    desk.wait(31);
    judge(4_000);
    await tally.flush();
    expect(commit).toHaveBeenCalledTimes(1);
    expect((await store.counts('v2'))?.cells).toMatchObject({ clear_clear: 101, clear_freeze: 0 });
  });

  test('a difference is written at the end of its batch: what waited, and an example with the reasons of both', async () => {
    const { desk, store, tally, judge } = tallying();
    judge(4_000);
    judge(7_000);
    judge(20_000);
    await tally.flush();
    expect(await store.counts('v2')).toEqual({
      since: desk.at(),
      lastAt: desk.at(),
      cells: expect.objectContaining({ clear_clear: 1, clear_freeze: 1, freeze_freeze: 1, freeze_clear: 0 }),
      newAlerts: { everything: 1 },
    });
    expect(await store.examples('v2', 'clear_freeze')).toEqual([
      {
        transactionId: 'T-7000',
        cardToken: 'tok_1',
        occurredAt: desk.at(),
        live: { outcome: 'clear', score: 0, reasons: [] },
        other: { outcome: 'freeze', score: 90, reasons: [{ code: 'everything', values: { amount: 70 } }] },
      },
    ]);
    expect(await store.examples('v2', 'clear_alert')).toEqual([]);
  });

  test('a set that would freeze everything costs a handful of writes a batch, and fifty examples', async () => {
    const { desk, store, tally, judge, commit } = tallying();
    for (let batch = 0; batch < 40; batch += 1) {
      commit.mockClear();
      for (let count = 0; count < 10; count += 1) judge(5_001 + batch * 10 + count);
      await tally.flush();
      expect(commit.mock.calls.length).toBeLessThanOrEqual(6);
    }
    expect((await store.counts('v2'))?.cells.clear_freeze).toBe(400);
    const examples = desk.db.items('cards').filter(({ sk }) => sk.startsWith('DIFF#'));
    expect(examples.length).toBeLessThanOrEqual(50);
    expect(examples.length).toBeGreaterThan(20);
  });

  test('a table that does not answer is told, and stops nobody', async () => {
    const { tally, judge, commit, lost } = tallying();
    commit.mockRejectedValue(new Error('table is down'));
    judge(7_000);
    await expect(tally.flush()).resolves.toBeUndefined();
    expect(lost).toEqual(['v2', 'v2']);
  });
});
