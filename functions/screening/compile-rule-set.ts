import { checkRuleSet } from './check-rule-set.ts';
import { type CompiledRuleSet, compileCheckedRules } from './compile-rules.ts';

/** Throws an error that lists every problem: a rule set is checked before it is stored, so this is a fault. */
export function compileRuleSet(data: unknown): CompiledRuleSet {
  const checked = checkRuleSet(data);
  if (checked.kind === 'invalid') throw new Error(`rule set refused: ${checked.problems.join('; ')}`);
  return compileCheckedRules(checked.ruleSet);
}
