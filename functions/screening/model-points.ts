import * as z from 'zod/mini';
import { UNITS_PER_LOG_ODD } from './model.ts';

/**
 * How a rule set uses a model: which one, and how many points its probability is worth. Straight lines between the
 * steps, drawn over log-odds, flat below the first and above the last: points never fall as the probability rises.
 */
export const modelUseSchema = z.strictObject({
  version: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/)),
  points: z
    .array(
      z.strictObject({
        /** That the transaction is fraud. */
        probability: z.number().check(z.gt(0), z.lt(1)),
        points: z.number().check(z.minimum(0), z.maximum(1000)),
      }),
    )
    .check(z.minLength(2), z.maxLength(20)),
});
export type ModelUse = z.output<typeof modelUseSchema>;

/** What the schema cannot say, in words for the rule set's author. */
export function problemsOfModelUse({ points }: ModelUse): readonly string[] {
  const problems: string[] = [];
  points.forEach((step, index) => {
    const before = points[index - 1];
    if (before === undefined) return;
    if (step.probability <= before.probability)
      problems.push(`model.points.${index}: probability ${step.probability} does not rise; sort the steps`);
    if (step.points < before.points)
      problems.push(`model.points.${index}: points fall from ${before.points} to ${step.points}`);
  });
  return problems;
}

/** {@link ModelUse} ready for the hot path. */
export interface CompiledPoints {
  readonly version: string;
  /** Log-odds in units, ascending, and the points there. */
  readonly at: readonly number[];
  readonly points: readonly number[];
}

export function compilePoints(use: ModelUse): CompiledPoints {
  return {
    version: use.version,
    at: use.points.map(({ probability }) => Math.log(probability / (1 - probability)) * UNITS_PER_LOG_ODD),
    points: use.points.map(({ points }) => points),
  };
}

/** Points are whole ten-thousandths, so that what is stored and shown is what was added. */
const PARTS_OF_POINT = 10_000;

export function pointsOf({ at, points }: CompiledPoints, logOdds: number): number {
  const above = at.findIndex((place) => place > logOdds);
  if (above === 0) return points[0] ?? 0;
  if (above < 0) return points.at(-1) ?? 0;
  const [from = 0, to = 0] = [at[above - 1], at[above]];
  const [low = 0, high = 0] = [points[above - 1], points[above]];
  const exact = low + ((logOdds - from) / (to - from)) * (high - low);
  return Math.round(exact * PARTS_OF_POINT) / PARTS_OF_POINT;
}
