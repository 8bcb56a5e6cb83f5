import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import '../support/same-seed.ts';
import { createLabels, type LabelScene, SUSPICIOUS, type Told } from './label-scene.ts';

/** Transactions a label may be about: cleared, asked about, on their way, and kept no more. */
const CLEARED = ['clear-1', 'clear-2'] as const;
const EARLY = 'not-here-yet';
const OLD = 'long-ago';

const moment = fc.integer({ min: 0, max: 4 });
const conclusion = fc.record({
  says: fc.constantFrom('FraudConfirmed' as const, 'FraudCleared' as const),
  of: fc.constantFrom(...CLEARED, ...SUSPICIOUS, EARLY, OLD).map((id) => [id]),
  minute: moment,
  source: fc.constantFrom('chargeback' as const, 'agent' as const),
});
const answer = fc.record({
  says: fc.constantFrom('fraud' as const, 'genuine' as const, 'proven' as const, 'assumed' as const),
  of: fc.subarray([...SUSPICIOUS], { minLength: 1 }),
  minute: moment,
});
const report = fc.record({
  says: fc.constant('report' as const),
  of: fc.constant(['clear-2']),
  minute: moment,
});
const words: fc.Arbitrary<readonly Told[]> = fc.array(fc.oneof(conclusion, answer, report), {
  minLength: 1,
  maxLength: 9,
});

async function stateAfter(told: readonly Told[], how: (scene: LabelScene) => Promise<void>) {
  const scene = await createLabels();
  expect(told.length).toBeGreaterThan(0);
  await how(scene);
  return scene.endState();
}

describe('labels in any order', () => {
  test('I3 any order and any repetition end as each once in the order of their time', async () => {
    const disordered = words.chain((told) =>
      fc.record({
        told: fc.constant(told),
        order: fc
          .shuffledSubarray([...told, ...told], { minLength: told.length })
          .filter((order) => told.every((word) => order.includes(word))),
      }),
    );
    await fc.assert(
      fc.asyncProperty(disordered, async ({ told, order }) => {
        const inOrder = [...told].sort((a, b) => a.minute - b.minute);
        const expected = await stateAfter(told, async (scene) => {
          for (const word of inOrder) await scene.tell(word);
        });
        const found = await stateAfter(told, async (scene) => {
          for (const word of order) await scene.tell(word);
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('I3 all at once, and again, end as one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(words, async (told) => {
        const expected = await stateAfter(told, async (scene) => {
          for (const word of [...told].sort((a, b) => a.minute - b.minute)) await scene.tell(word);
        });
        const found = await stateAfter(told, async (scene) => {
          await Promise.all([...told, ...told].map((word) => scene.tell(word)));
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('I3 what is taken back leaves nothing behind, of card and merchant', async () => {
    const scene = await createLabels();
    const before = await scene.endState();
    for (const id of [...CLEARED, EARLY, OLD]) {
      await scene.tell({ says: 'FraudConfirmed', of: [id], minute: 1, source: 'chargeback' });
    }
    const confirmed = await scene.endState();
    expect(confirmed.profile).not.toEqual(before.profile);
    expect(confirmed.merchants).not.toEqual(before.merchants);
    for (const id of [...CLEARED, EARLY, OLD]) {
      await scene.tell({ says: 'FraudCleared', of: [id], minute: 2, source: 'chargeback' });
    }
    const back = await scene.endState();
    expect(back.profile).toEqual(before.profile);
    expect(back.merchants['M-shop']).toEqual([]);
  });
});

describe('what a label does', () => {
  test('a cleared fraud leaves the mean, counts at its merchant, and comes back when it was none', async () => {
    const scene = await createLabels();
    const before = (await scene.endState()).profile;
    await scene.tell({ says: 'FraudConfirmed', of: ['clear-1'], minute: 1, source: 'chargeback' });
    const fraud = await scene.endState();
    expect(fraud.profile).toMatchObject({
      spendCount: before.spendCount - 1,
      spendSum: before.spendSum - 7_000,
      spendSquares: before.spendSquares - 7_000 ** 2,
    });
    expect(fraud.merchants['M-shop']).toHaveLength(1);
    await scene.tell({ says: 'FraudCleared', of: ['clear-1'], minute: 2, source: 'chargeback' });
    const cleared = await scene.endState();
    expect(cleared.profile).toEqual(before);
    expect(cleared.merchants['M-shop']).toEqual([]);
    expect(scene.published()).toEqual([
      { label: 'fraud', provisional: false, labelSource: 'chargeback', labelVersion: 1 },
      { label: 'genuine', provisional: false, labelSource: 'chargeback', labelVersion: 2 },
    ]);
  });

  test('H23 a chargeback and a reversal of one purchase take its amount out once, in either order', async () => {
    const amounts: number[] = [];
    for (const reversalFirst of [true, false]) {
      const scene = await createLabels();
      const fraud = { says: 'FraudConfirmed', of: ['clear-1'], minute: 1, source: 'chargeback' } as const;
      if (reversalFirst) await scene.reverse('clear-1', 7_000);
      await scene.tell(fraud);
      if (!reversalFirst) await scene.reverse('clear-1', 7_000);
      amounts.push((await scene.endState()).profile.spendSum);
      await scene.tell({ ...fraud, says: 'FraudCleared', minute: 2 });
      amounts.push((await scene.endState()).profile.spendSum);
    }
    const once = (await (await createLabels()).endState()).profile.spendSum - 7_000;
    expect(amounts).toEqual([once, once, once, once]);
  });

  test('a fraud told before its purchase: when it comes it is an attempt, and nothing usual', async () => {
    const scene = await createLabels();
    const before = (await scene.endState()).profile;
    await scene.tell({ says: 'FraudConfirmed', of: [EARLY], minute: 1, source: 'issuer' });
    await scene.buy(EARLY, 9_000);
    const fraud = await scene.endState();
    expect(fraud.profile).toMatchObject({ attempts: before.attempts + 1, spendSum: before.spendSum });
    expect(fraud.merchants['M-shop']).toHaveLength(1);
    await scene.tell({ says: 'FraudCleared', of: [EARLY], minute: 2, source: 'issuer' });
    expect((await scene.endState()).profile.spendSum).toBe(before.spendSum + 9_000);
  });

  test('a label of a purchase kept no more counts at the merchant; without one it is kept in quarantine', async () => {
    const scene = await createLabels();
    const before = await scene.endState();
    await scene.tell({ says: 'FraudConfirmed', of: [OLD], minute: 1, source: 'chargeback' });
    const after = await scene.endState();
    expect(after.profile).toEqual(before.profile);
    expect(after.merchants['M-shop']).toHaveLength(1);
    expect(scene.quarantined()).toEqual([]);
    await scene.tell({
      says: 'FraudConfirmed',
      of: ['nowhere'],
      minute: 1,
      source: 'chargeback',
      noMerchant: true,
    });
    expect(scene.quarantined()).toEqual(['unknown_transaction']);
    expect((await scene.endState()).merchants).toEqual(after.merchants);
  });

  test('a conclusion makes the alert final and bars its release, until it is taken back', async () => {
    const scene = await createLabels();
    const [first] = SUSPICIOUS;
    await scene.tell({ says: 'FraudConfirmed', of: [first], minute: 1, source: 'agent' });
    expect(await scene.alert()).toMatchObject({ concludedFraud: [first] });
    expect(await scene.ticket()).toMatchObject({ status: 'queued', priority: 'P1' });
    await scene.tell({ says: 'FraudCleared', of: [first], minute: 2, source: 'agent' });
    expect((await scene.alert())?.concludedFraud).toBeUndefined();
    expect(await scene.journal()).toEqual(expect.arrayContaining(['fraud_confirmed', 'fraud_cleared']));
  });

  test('what was lifted in bulk teaches nothing', async () => {
    const scene = await createLabels();
    const before = (await scene.endState()).profile;
    await scene.tell({ says: 'assumed', of: [...SUSPICIOUS], minute: 1 });
    expect((await scene.endState()).profile).toEqual(before);
    await scene.tell({ says: 'genuine', of: [...SUSPICIOUS], minute: 2 });
    expect((await scene.endState()).profile.spendCount).toBe(before.spendCount + SUSPICIOUS.length);
  });
});
