import { expect, test } from 'vitest';
import { featureNames } from '../../functions/screening/features.ts';
import { shippedModel } from '../../tools/detection/shipped-model.ts';

test('the benchmark’s model is sound, for this code’s columns, and knows nothing of the weeks that are tested', () => {
  // Read and checked on import: a broken one would have thrown.
  expect(featureNames.slice(0, shippedModel.features.length)).toEqual(shippedModel.features);
  const { training } = shippedModel;
  expect(training.to < '2018-06-27').toBe(true);
  expect(training).toMatchObject({ synthetic: true, from: '2018-05-01', rows: 546_141, frauds: 4785 });
});

test('it asks about no feature that these data leave the same everywhere', () => {
  const asked = new Set(
    shippedModel.trees.flatMap((tree) => tree.feature.map((column) => featureNames[column])),
  );
  for (const name of [
    'crossBorder',
    'newCountry',
    'newDevice',
    'notPresent',
    'declined',
    'recurring',
  ] as const)
    expect(asked.has(name)).toBe(false);
  expect(asked.has('amountDeviations')).toBe(true);
});
