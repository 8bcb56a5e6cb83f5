import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileModel,
  contributionsOf,
  evaluateModel,
  probabilityOf,
} from '../../functions/screening/compile-model.ts';
import { featureNames } from '../../functions/screening/features.ts';
import { checkModel, MOST_SPLITS, type Model, UNITS_PER_LOG_ODD } from '../../functions/screening/model.ts';
import { compilePoints, pointsOf, problemsOfModelUse } from '../../functions/screening/model-points.ts';
import { madeModel, treeArbitrary } from './made-model.ts';

/** amount ≥ 100 ? (count1h ≥ 3 ? 2 : 1) : −1, in units; rows 10, 20, 70. */
const twoSplits = {
  feature: [0, 1],
  threshold: [100, 3],
  below: [-1, -2],
  atLeast: [1, -3],
  leaf: [-1, 1, 2],
  rows: [70, 20, 10],
};

const row = (values: Readonly<Record<number, number>>): number[] =>
  featureNames.map((_, column) => values[column] ?? 0);

describe('evaluating trees', () => {
  const model = compileModel(madeModel([twoSplits, { ...twoSplits, leaf: [0, 5, 9] }], 100));

  test.each([
    [{ 0: 99.99, 1: 5 }, 100 - 1 + 0],
    [{ 0: 100, 1: 2 }, 100 + 1 + 5],
    [{ 0: 5000, 1: 3 }, 100 + 2 + 9],
  ])('%o', (values, sum) => {
    expect(evaluateModel(model, row(values))).toBe(sum);
  });

  test('a value is compared as the 32-bit float the library trained on', () => {
    const third = madeModel([{ ...twoSplits, threshold: [Math.fround(1 / 3), 3] }], 0);
    expect(evaluateModel(compileModel(third), row({ 0: 1 / 3 - 1e-12, 1: 0 }))).toBe(1);
  });

  test('a tree may be a leaf alone, and a model may have no tree', () => {
    const leaf = { feature: [], threshold: [], below: [], atLeast: [], leaf: [7], rows: [3] };
    expect(evaluateModel(compileModel(madeModel([leaf, twoSplits], 1)), row({}))).toBe(7);
    expect(evaluateModel(compileModel(madeModel([], 5)), row({}))).toBe(5);
  });

  test('log-odds become probabilities', () => {
    expect(probabilityOf(0)).toBe(0.5);
    expect(probabilityOf(Math.log(3) * UNITS_PER_LOG_ODD)).toBeCloseTo(0.75, 12);
  });

  test('a column added to the code later changes nothing', () => {
    const older: Model = { ...madeModel([twoSplits], 0), features: featureNames.slice(0, 5) };
    expect(evaluateModel(compileModel(older), row({ 0: 200, 1: 1 }))).toBe(1);
  });
});

describe('contributions', () => {
  test('say what each feature added, against the average of the training rows at the split', () => {
    const model = compileModel(madeModel([twoSplits], 50));
    const { byColumn, base } = contributionsOf(model, row({ 0: 150, 1: 4 }));
    // Averages: all rows (−70 + 20 + 20) / 100 → 0 (rounded), amount ≥ 100: (20 + 20) / 30 → 1.
    expect({ base, amount: byColumn[0], count: byColumn[1] }).toEqual({ base: 50, amount: 1, count: 1 });
  });

  test('add up to the score to the last digit, whatever the trees', () => {
    fc.assert(
      fc.property(
        fc.array(treeArbitrary, { maxLength: 12 }),
        fc.integer({ min: -1e8, max: 1e8 }),
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
          minLength: featureNames.length,
          maxLength: featureNames.length,
        }),
        (trees, baseline, values) => {
          const model = compileModel(madeModel(trees, baseline));
          const { byColumn, base } = contributionsOf(model, values);
          expect(byColumn.reduce((sum, one) => sum + one, base)).toBe(evaluateModel(model, values));
        },
      ),
    );
  });
});

describe('a model is refused with place and remedy', () => {
  const good = madeModel([twoSplits], 0);
  const problems = (change: Partial<Model> | Record<string, unknown>): readonly string[] => {
    const checked = checkModel({ ...good, ...change });
    return checked.kind === 'invalid' ? checked.problems : [];
  };
  const withTree = (change: object) => problems({ trees: [{ ...twoSplits, ...change }] });
  const names = [...featureNames];

  test('the good one is not', () => {
    expect(problems({})).toEqual([]);
  });

  test.each([
    [
      'an unknown feature',
      { features: ['colour', ...names.slice(1)] },
      'features.0: "colour" is not a feature',
    ],
    [
      'a missing one',
      { features: [...names.slice(0, 3), ...names.slice(4)] },
      `features.3: "${names[3]}" is missing`,
    ],
    ['another order', { features: [names[1], names[0], ...names.slice(2)] }, 'columns keep their order'],
    ['more features than the code has', { features: [...names, 'colour'] }, '"colour" is not a feature'],
    ['a feature twice', { features: [...names, names[0]] }, 'columns keep their order'],
    ['an unknown schema', { schemaVersion: 2 }, 'schemaVersion'],
    ['an unknown field', { extra: 1 }, 'model: unrecognized_keys'],
    ['no training record', { training: undefined }, 'training: invalid_type'],
    ['a version that is no name', { version: 'a b' }, 'version: invalid_format'],
  ])('%s', (_, change, problem) => {
    expect(problems(change).join()).toContain(problem);
    expect(problems(change).join()).toContain('npm run train');
  });

  test.each([
    ['a child that does not exist', { atLeast: [2, -3] }, 'trees.0.atLeast.0: child 2 does not exist'],
    ['a leaf that does not exist', { atLeast: [1, -4] }, 'trees.0.atLeast.1: child -4 does not exist'],
    ['a circle', { below: [-1, 0] }, 'trees.0.below.1: child 0 lies before its parent (a circle)'],
    ['a split that is its own child', { below: [-1, 1] }, 'trees.0.below.1: child 1 lies before its parent'],
    ['two parents', { below: [1, -2] }, 'trees.0.atLeast.0: child 1 has another parent'],
    ['a column past the row', { feature: [0, 99] }, 'trees.0.feature.1: column 99'],
    ['a threshold finer than a 32-bit float', { threshold: [0.1, 3] }, 'trees.0.threshold.0'],
    ['lists of different length', { threshold: [100] }, 'trees.0.feature: lists of splits differ'],
    [
      'leaves that are not one more than splits',
      { leaf: [1], rows: [1] },
      'trees.0.leaf: 2 splits need 3 leaves',
    ],
    ['leaves without rows', { rows: [1] }, 'trees.0.rows'],
    ['a leaf that is not whole units', { leaf: [0.5, 1, 2] }, 'trees.0.leaf.0'],
  ])('%s', (_, change, problem) => {
    expect(withTree(change).join()).toContain(problem);
  });

  test('one too deep or too large', () => {
    const chain = (splits: number) => ({
      feature: new Array(splits).fill(0),
      threshold: new Array(splits).fill(1),
      below: Array.from({ length: splits }, (_, index) => -index - 1),
      atLeast: Array.from({ length: splits }, (_, index) => (index + 1 < splits ? index + 1 : -splits - 1)),
      leaf: new Array(splits + 1).fill(0),
      rows: new Array(splits + 1).fill(1),
    });
    expect(problems({ trees: [chain(16)] })).toEqual([]);
    expect(problems({ trees: [chain(17)] }).join()).toContain('deeper than 16');
    expect(problems({ trees: new Array(MOST_SPLITS / 15).fill(chain(16)) }).join()).toContain('too_big');
    expect(problems({ trees: new Array(1000).fill(chain(16)).concat([]) })).toEqual([]);
    expect(problems({ trees: [chain(MOST_SPLITS), chain(1)] }).join()).toContain(
      '60001 splits, at most 60000',
    );
  });
});

describe('points for a probability', () => {
  const use = {
    version: 'made',
    points: [
      { probability: 0.1, points: 0 },
      { probability: 0.5, points: 40 },
      { probability: 0.9, points: 90 },
    ],
  };
  const points = compilePoints(use);
  const at = (probability: number) =>
    pointsOf(points, Math.log(probability / (1 - probability)) * UNITS_PER_LOG_ODD);

  test('are what the rule set says at its steps, on a line between them, flat outside', () => {
    expect([at(0.0001), at(0.1), at(0.25), at(0.5), at(0.9), at(0.9999)]).toEqual([0, 0, 20, 40, 90, 90]);
  });

  test('never fall as the probability rises', () => {
    const logOdds = fc.integer({ min: -(2 ** 28), max: 2 ** 28 });
    fc.assert(
      fc.property(logOdds, logOdds, (a, b) => {
        expect(pointsOf(points, Math.max(a, b))).toBeGreaterThanOrEqual(pointsOf(points, Math.min(a, b)));
      }),
    );
  });

  test('steps that do not rise are named', () => {
    const wrong = [use.points[1], use.points[0], { probability: 0.1, points: 0 }].flatMap((step) =>
      step === undefined ? [] : [step],
    );
    expect(problemsOfModelUse({ version: 'made', points: wrong })).toEqual([
      'model.points.1: probability 0.1 does not rise; sort the steps',
      'model.points.1: points fall from 40 to 0',
      'model.points.2: probability 0.1 does not rise; sort the steps',
    ]);
    expect(problemsOfModelUse(use)).toEqual([]);
  });
});
