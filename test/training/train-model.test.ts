import { describe, expect, test } from 'vitest';
import { compileModel, evaluateModel, probabilityOf } from '../../functions/screening/compile-model.ts';
import { featureNames } from '../../functions/screening/features.ts';
import { checkModel } from '../../functions/screening/model.ts';
import { createChance } from '../../tools/generator/chance.ts';
import { type TrainOptions, trainModel } from '../../tools/training/train-model.ts';

const options: TrainOptions = {
  version: 'made-1',
  featureNames,
  seed: 1,
  bags: 2,
  record: {
    data: 'rows made by this test',
    synthetic: true,
    from: '2026-01-01',
    to: '2026-01-31',
    protocol: 'none',
  },
};

/** Frauds are high amounts of a new merchant, and now and then anything. */
function made(count: number, seed = 'rows') {
  const chance = createChance(seed);
  const rows = Array.from({ length: count }, () => {
    const row = new Array<number>(featureNames.length).fill(0);
    row[0] = chance.logNormal(60, 1);
    row[17] = chance.happens(0.3) ? 1 : 0;
    row[22] = chance.below(24);
    return row;
  });
  const labels = rows.map((row) => (((row[0] ?? 0) > 200 && row[17] === 1) || chance.happens(0.01) ? 1 : 0));
  return { rows, labels };
}

describe('training', () => {
  const { rows, labels } = made(3000);

  test('finds what the rows hold, passes its own check, and the same command gives the same model', async () => {
    const model = await trainModel(rows, labels, options);
    expect(checkModel(JSON.parse(JSON.stringify(model)))).toEqual({ kind: 'valid', model });
    expect(model.training).toMatchObject({ rows: 3000, bags: 2, seed: 1 });
    const compiled = compileModel(model);
    const fresh = made(500, 'fresh');
    const hits = fresh.rows.filter((row, index) => {
      const isFraud = (row[0] ?? 0) > 200 && row[17] === 1;
      return (
        isFraud === probabilityOf(evaluateModel(compiled, row)) > 0.5 || fresh.labels[index] !== +isFraud
      );
    });
    expect(hits.length).toBeGreaterThan(480);
    expect(await trainModel(rows, labels, options)).toEqual(model);
  }, 120_000);

  test('asks about the given inputs only', async () => {
    const model = await trainModel(rows, labels, { ...options, bags: 1, inputs: ['newMerchant', 'hour'] });
    const asked = new Set(model.trees.flatMap((tree) => tree.feature.map((column) => featureNames[column])));
    expect([...asked].sort()).toEqual(['hour', 'newMerchant']);
    await expect(trainModel(rows, labels, { ...options, inputs: ['colour'] })).rejects.toThrow(
      'not features: colour',
    );
  }, 120_000);

  test('genuine rows left out do not raise the probability', async () => {
    const rate = (model: Awaited<ReturnType<typeof trainModel>>): number => {
      const compiled = compileModel(model);
      return rows.reduce((sum, row) => sum + probabilityOf(evaluateModel(compiled, row)), 0) / rows.length;
    };
    const share = labels.reduce((sum: number, label) => sum + label, 0) / rows.length;
    const thinned = await trainModel(rows, labels, { ...options, genuineShare: 0.3 });
    expect(rate(thinned)).toBeGreaterThan(share * 0.75);
    expect(rate(thinned)).toBeLessThan(share * 1.25);
  }, 120_000);

  test('of other columns than the code’s, for a tool that measures beside it', async () => {
    const names = ['height', 'width'];
    const narrow = rows.map((row) => [row[0] ?? 0, row[17] ?? 0]);
    const model = await trainModel(narrow, labels, { ...options, bags: 1, featureNames: names });
    expect(() => compileModel(model)).toThrow('"height" is not a feature of this code');
    expect(compileModel(model, names).columns).toBe(2);
  }, 120_000);

  test('rows without a fraud are refused', async () => {
    const nothing = rows.map(() => 0);
    await expect(trainModel(rows, nothing, options)).rejects.toThrow('nothing to learn from');
  });
});
