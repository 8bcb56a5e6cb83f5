import type { Reason } from './compile-rules.ts';
import { entryWords } from './entries.ts';
import { filled } from './filled-words.ts';
import { modelWords } from './model-reason-words.ts';
import { defaultRuleSet } from './rule-set.default.ts';
import type { RuleSet } from './rules.ts';

/**
 * A reason in words for a customer or an agent. The rule set should be the one the decision names; a code
 * it does not know (a rule since removed) comes back as the code itself rather than as nothing.
 */
export function reasonWords(
  reason: Pick<Reason, 'code' | 'values'>,
  language: 'zh' | 'zh-CN' | 'en',
  ruleSet: Pick<RuleSet, 'rules'> = defaultRuleSet,
): string {
  const plain = language === 'en' ? 'en' : 'zh';
  const words =
    modelWords(reason.code, plain, reason.values) ??
    ruleSet.rules.find((candidate) => candidate.code === reason.code)?.words[plain] ??
    entryWords[reason.code]?.[plain];
  if (words === undefined) return reason.code;
  return filled(words, reason.values);
}
