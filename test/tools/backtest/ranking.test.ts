import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRanking } from '../../../tools/backtest/ranking.ts';

type Scored = readonly [rank: number, isFraud: boolean, value: number];

function curveOf(all: readonly Scored[]) {
  const ranking = createRanking();
  for (const [rank, isFraud, value] of all) ranking.add(rank, isFraud, value);
  return ranking.curve();
}

describe('precision and recall', () => {
  // By hand: at 9: 1 of 1; at 7: 1 of 2; at 5 (a tie of two): 2 of 4; at 1: 3 of 5.
  const figures = curveOf([
    [5, true, 30],
    [9, true, 60],
    [5, false, 8],
    [1, true, 10],
    [7, false, 1],
  ]);

  it('takes a tie as one step', () => {
    expect(figures.points.map(({ flagged, precision, recall }) => [flagged, precision, recall])).toEqual([
      [1, 1, 1 / 3],
      [2, 1 / 2, 1 / 3],
      [4, 1 / 2, 2 / 3],
      [5, 3 / 5, 1],
    ]);
    expect(figures.points.map(({ valueRecall }) => valueRecall)).toEqual([0.6, 0.6, 0.9, 1]);
    expect(figures.averagePrecision).toBeCloseTo((1 + 1 / 2 + 3 / 5) / 3, 12);
  });

  it('counts a tie of a fraud and a genuine one as half in the area under the ROC curve', () => {
    // Pairs of fraud and genuine: 9 beats both; 5 loses to 7, ties with 5; 1 loses twice.
    expect(figures.aucRoc).toBeCloseTo((2 + 0.5) / 6, 12);
  });

  it('finds the most value at one false for one true', () => {
    expect(figures.valueAtOneFalsePerTrue).toBe(1);
    expect(
      curveOf([
        [3, true, 1],
        [2, false, 1],
        [2, false, 1],
        [1, true, 1],
      ]).valueAtOneFalsePerTrue,
    ).toBe(1);
    expect(
      curveOf([
        [3, true, 1],
        [2, false, 1],
        [2, false, 1],
        [1, true, 1],
        [1, false, 1],
      ]).valueAtOneFalsePerTrue,
    ).toBe(0.5);
  });

  it('says nothing where there is nothing to say', () => {
    expect(curveOf([[1, false, 1]])).toMatchObject({ averagePrecision: undefined, points: [] });
    expect(curveOf([[1, true, 0]])).toMatchObject({
      averagePrecision: 1,
      aucRoc: undefined,
      valueAtOneFalsePerTrue: undefined,
    });
  });

  it('agrees with the definition for any scores, in any order, and thins without moving an end', () => {
    const scored = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.boolean(), fc.nat(100));
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 60 }), (all) => {
        const frauds = all.filter(([, isFraud]) => isFraud);
        fc.pre(frauds.length > 0);
        const { averagePrecision, points } = curveOf(all);
        // Average precision: over the frauds, the precision among all that rank as high at least.
        const precisions = frauds.map(([rank]) => {
          const flagged = all.filter(([other]) => other >= rank);
          return flagged.filter(([, isFraud]) => isFraud).length / flagged.length;
        });
        const mean = precisions.reduce((sum, one) => sum + one, 0) / frauds.length;
        expect(averagePrecision).toBeCloseTo(mean, 10);
        expect(points.at(-1)).toMatchObject({ flagged: all.length, recall: 1 });
      }),
    );
    const many = curveOf(Array.from({ length: 5000 }, (_, index): Scored => [index, index % 3 === 0, 1]));
    expect(many.points.length).toBeLessThanOrEqual(240);
    expect(many.points[0]).toMatchObject({ flagged: 1 });
    expect(many.points.at(-1)).toMatchObject({ flagged: 5000, recall: 1 });
  });
});
