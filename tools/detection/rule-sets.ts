import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import type { CompiledRuleSet } from '../../functions/screening/compile-rules.ts';
import type { ModelUse } from '../../functions/screening/model-points.ts';
import data from './rule-set.benchmark.json' with { type: 'json' };

/**
 * The rule set of the public benchmark. The shipped one is made for a market (yuan, its merchants' categories, cards
 * that travel); these data have none of that, amounts a tenth as high, and one rule of their own: what is above 220 is
 * fraud. Conditions were chosen and weights estimated (ten points a unit of log-odds) on the weeks from 2018-05-16 to
 * 06-26, before any week that is tested here.
 */
export const benchmarkRules: CompiledRuleSet = compileRuleSet(data);

/** Ten points a unit of log-odds, as the rules' weights: the two opinions weigh the same. */
const POINTS_PER_LOG_ODD = 10;
const LEAST_PROBABILITY = 0.0002;

/** The same rules with a model beside them. */
export function benchmarkRulesWith(modelVersion: string): CompiledRuleSet {
  const lowest = logOddsOf(LEAST_PROBABILITY);
  const points = [LEAST_PROBABILITY, 0.01, 0.5, 0.99, 1 - LEAST_PROBABILITY].map((probability) => ({
    probability,
    points: Math.round((logOddsOf(probability) - lowest) * POINTS_PER_LOG_ODD * 1000) / 1000,
  }));
  const model: ModelUse = { version: modelVersion, points };
  return compileRuleSet({ ...data, version: `${data.version}-model`, model });
}

const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability));
