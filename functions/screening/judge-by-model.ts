import type { CompiledModel } from './compile-model.ts';
import { contributionsOf, evaluateModel, probabilityOf } from './compile-model.ts';
import type { CompiledRuleSet, Reason, ReasonFacts } from './compile-rules.ts';
import type { Features } from './features.ts';
import { pointsOf } from './model-points.ts';
import { modelReasons } from './model-reasons.ts';

/** What a model adds to the rules. */
export interface ModelVerdict {
  readonly version: string;
  /** That the transaction is fraud, by the model alone. */
  readonly probability: number;
  readonly points: number;
  /** Empty below one point: then the model has nothing to say. */
  readonly reasons: readonly Reason[];
}

const LEAST_POINTS_TOLD = 1;

/**
 * Undefined when the rule set uses no model. One that it names and that is not at hand is a fault of whoever composed
 * the two: rule sets are checked against the models at hand before they go live.
 */
export function judgeByModel(
  ruleSet: CompiledRuleSet,
  model: CompiledModel | undefined,
  features: Features,
  facts: ReasonFacts,
): ModelVerdict | undefined {
  const use = ruleSet.modelPoints;
  if (use === undefined) return undefined;
  if (model?.version !== use.version)
    throw new Error(
      `rule set ${ruleSet.version} uses model ${use.version}, at hand is ${model?.version ?? 'none'}`,
    );
  const logOdds = evaluateModel(model, features);
  const points = pointsOf(use, logOdds);
  return {
    version: model.version,
    probability: probabilityOf(logOdds),
    points,
    reasons:
      points < LEAST_POINTS_TOLD
        ? []
        : modelReasons({
            points,
            contributions: contributionsOf(model, features).byColumn,
            features,
            facts,
            moneyPerMajor: ruleSet.policy.unitOf(facts.currency)?.moneyPerMajor ?? 1,
          }),
  };
}
