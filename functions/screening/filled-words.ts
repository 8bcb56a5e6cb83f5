import type { Reason } from './compile-rules.ts';
import { defaultRuleSet } from './rule-set.default.ts';
import type { RuleSet } from './rules.ts';

/** Words with every `{name}` filled in. */
export const filled = (words: string, values: Reason['values']): string =>
  words.replace(/\{([^{}]*)\}/g, (_, name: string) => shown(values[name]));

/** The words of a reason whose rule the shipped set does not have, or words otherwise: kept with the alert. */
export function ownWords(
  reason: Pick<Reason, 'code' | 'values'>,
  ruleSet: Pick<RuleSet, 'rules'>,
): { readonly zh: string; readonly en: string } | undefined {
  const wordsIn = ({ rules }: Pick<RuleSet, 'rules'>) =>
    rules.find(({ code }) => code === reason.code)?.words;
  const [own, shipped] = [wordsIn(ruleSet), wordsIn(defaultRuleSet)];
  if (own === undefined || (own.zh === shipped?.zh && own.en === shipped.en)) return undefined;
  return { zh: filled(own.zh, reason.values), en: filled(own.en, reason.values) };
}

/** 12500 → 12,500; 3.456 → 3.46; text as it is; what is missing as a dash. */
function shown(value: number | string | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'string') return value;
  const [whole = '0', decimals] = String(Math.round(value * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}
