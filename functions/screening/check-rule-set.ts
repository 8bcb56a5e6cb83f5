import { problemsOfModelUse } from './model-points.ts';
import { MODEL_CODE } from './model-reasons.ts';
import { problemsOfConditions, problemsOfRules, wordsOfIssue } from './rule-problems.ts';
import { type RuleSet, ruleSetSchema } from './rules.ts';

export type RuleSetCheck =
  | { readonly kind: 'valid'; readonly ruleSet: RuleSet }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Everything that can be wrong with a rule set, for its author: the place, what is wrong there, what to do. */
export function checkRuleSet(data: unknown): RuleSetCheck {
  const parsed = ruleSetSchema.safeParse(data);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => wordsOfIssue(issue, data))),
    ...problemsOfConditions(data),
  ];
  if (problems.length > 0 || !parsed.success) return { kind: 'invalid', problems };
  const ruleSet = parsed.data;
  const { alertScore, freezeScore } = ruleSet.thresholds;
  const found = [
    ...(freezeScore < alertScore ? ['thresholds: freezeScore is below alertScore; raise it'] : []),
    ...(ruleSet.model === undefined ? [] : problemsOfModelUse(ruleSet.model)),
    ...ruleSet.rules
      .filter(({ code }) => code.startsWith(MODEL_CODE))
      .map(({ id }) => `rule ${id}: codes beginning with ${MODEL_CODE} are the model's; call it otherwise`),
    ...problemsOfRules(ruleSet.rules),
  ];
  return found.length > 0 ? { kind: 'invalid', problems: found } : { kind: 'valid', ruleSet };
}
