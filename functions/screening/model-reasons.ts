import type { Reason, ReasonFacts } from './compile-rules.ts';
import { isAbsent, topicOf } from './feature-topics.ts';
import { featureNames, moneyFeatures } from './features.ts';

/** A reason from a model is called `model_` and its feature: rules keep off such codes. */
export const MODEL_CODE = 'model_';
/** The combination alone made it suspicious: no feature by itself. */
export const COMBINATION_CODE = `${MODEL_CODE}combination`;
/** More would no longer be read; the strongest tell. */
const MOST_REASONS = 3;

/**
 * The features that raised a model's score, strongest first, one of each topic: three amounts say one thing. The points
 * are shared among them by what they contributed, so that the weights of all reasons still add up to the score.
 */
export function modelReasons(input: {
  readonly points: number;
  /** By column. */
  readonly contributions: ArrayLike<number>;
  readonly features: ArrayLike<number>;
  readonly facts: ReasonFacts;
  /** Money of the rule set's currency to one major unit of the card's. */
  readonly moneyPerMajor: number;
}): readonly Reason[] {
  const { points, contributions, features, facts, moneyPerMajor } = input;
  const strongest = strongestByTopic(contributions, features).slice(0, MOST_REASONS);
  if (strongest.length === 0) return [{ code: COMBINATION_CODE, values: {}, weight: points }];
  const whole = strongest.reduce((sum, { raised }) => sum + raised, 0);
  let left = points;
  const reasons = strongest.map(({ column, raised }): Reason => {
    const name = featureNames[column] ?? '';
    const isMoney = (moneyFeatures as ReadonlySet<string>).has(name);
    const value = (features[column] ?? 0) / (isMoney ? moneyPerMajor : 1);
    const weight = Math.round(((points * raised) / whole) * 100) / 100;
    left -= weight;
    return {
      code: codeOfFeature(name),
      values: { [name]: Math.round(value * 100) / 100, ...(isMoney ? { currency: facts.currency } : {}) },
      weight,
    };
  });
  return reasons.map((reason, index) =>
    // Rounding leaves a rest: it goes to the strongest.
    index === 0 ? { ...reason, weight: exact(reason.weight + left) } : reason,
  );
}

const exact = (weight: number): number => Math.round(weight * 10_000) / 10_000;

/** amountVsMean → model_amount_vs_mean. */
export function codeOfFeature(name: string): string {
  return MODEL_CODE + name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

interface Raised {
  readonly column: number;
  readonly raised: number;
}

/**
 * Of each topic the column that raised the score most and has something to tell, with what the whole topic raised it by.
 */
function strongestByTopic(contributions: ArrayLike<number>, features: ArrayLike<number>): readonly Raised[] {
  const topics = new Map<string, { column: number; most: number; raised: number }>();
  for (let column = 0; column < contributions.length; column++) {
    const raised = contributions[column] ?? 0;
    const name = featureNames[column];
    if (raised === 0 || name === undefined) continue;
    const topic = topicOf(name);
    const found = topics.get(topic) ?? { column: -1, most: 0, raised: 0 };
    topics.set(topic, found);
    found.raised += raised;
    if (raised > found.most && !isAbsent(name, features[column] ?? 0))
      Object.assign(found, { column, most: raised });
  }
  return [...topics.values()]
    .filter(({ raised, column }) => raised > 0 && column >= 0)
    .sort((a, b) => b.raised - a.raised || a.column - b.column);
}
