import * as z from 'zod/mini';
import { isCurrency } from '../transaction/currency.ts';
import { FEATURE, type FeatureName, featureNames } from './features.ts';
import { modelUseSchema, problemsOfModelUse } from './model-points.ts';
import { MODEL_CODE } from './model-reasons.ts';
import { placeholdersOf } from './placeholders.ts';
import { isZone } from './zone.ts';

/**
 * A rule set is data: versioned, checked here, changed without a deployment. Money in conditions is in
 * major units of `currency`; a rule's weight adds to the score when its condition holds (a negative one
 * speaks for the transaction), and an action takes effect whatever the score.
 */
const featureName = z.enum(featureNames as readonly [FeatureName, ...FeatureName[]]);
export const comparisonOps = ['gt', 'gte', 'lt', 'lte', 'eq', 'ne'] as const;

const comparisonSchema = z.strictObject({
  feature: featureName,
  op: z.enum(comparisonOps),
  value: z.number(),
});
export type Comparison = z.output<typeof comparisonSchema>;

export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const parts = () => z.array(conditionSchema).check(z.minLength(1), z.maxLength(20));
const conditionSchema: z.ZodMiniType<Condition> = z.lazy(() =>
  z.union([
    comparisonSchema,
    z.strictObject({ all: parts() }),
    z.strictObject({ any: parts() }),
    z.strictObject({ not: conditionSchema }),
  ]),
);

/** Shown to customers and agents; `{feature}`, `{country}`, `{currency}`, `{mcc}` are filled in. */
const wordsSchema = z.strictObject({
  zh: z.string().check(z.minLength(1), z.maxLength(120)),
  en: z.string().check(z.minLength(1), z.maxLength(200)),
});

const ruleSchema = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  /** Stable name of the reason, for statistics and texts. */
  code: z.string().check(z.regex(/^[a-z0-9_]{1,40}$/)),
  when: conditionSchema,
  weight: z.number().check(z.minimum(-100), z.maximum(100)),
  action: z.optional(z.enum(['alert', 'freeze'])),
  words: wordsSchema,
});
export type Rule = z.output<typeof ruleSchema>;

const hour = z.int().check(z.minimum(0), z.maximum(24));
const currencyCode = z.string().check(z.refine(isCurrency, 'unknown currency'));

const ruleSetSchema = z.strictObject({
  version: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/)),
  /** IANA zone of the issuer. */
  zone: z.string().check(z.refine(isZone, 'unknown zone')),
  homeCountry: z.string().check(z.regex(/^[A-Z]{2}$/)),
  /** Unit of money in conditions. */
  currency: currencyCode,
  /** Worth of one major unit of other billing currencies, roughly: for thresholds, never for booking. */
  rates: z.record(currencyCode, z.number().check(z.gt(0))),
  night: z.strictObject({ fromHour: hour, toHour: hour }),
  smallAmount: z.number().check(z.minimum(0)),
  riskyMcc: z.array(z.string().check(z.regex(/^\d{4}$/))).check(z.maxLength(200)),
  /** Older transactions are judged, but nobody is asked about them by text (H25). */
  staleAfterMinutes: z.number().check(z.gt(0)),
  thresholds: z.strictObject({
    alertScore: z.number().check(z.gt(0), z.maximum(100)),
    freezeScore: z.number().check(z.gt(0), z.maximum(100)),
  }),
  rules: z.array(ruleSchema).check(z.minLength(1), z.maxLength(200)),
  /** Which model adds to the rules, and how its probability becomes points; without it rules alone decide. */
  model: z.optional(modelUseSchema),
});
export type RuleSet = z.output<typeof ruleSetSchema>;

/** What words may name beside the features. */
const factNames = ['country', 'currency', 'mcc'] as const;

export type RuleSetCheck =
  | { readonly kind: 'valid'; readonly ruleSet: RuleSet }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Everything that can be wrong with a rule set, in words for its author. */
export function checkRuleSet(data: unknown): RuleSetCheck {
  const parsed = ruleSetSchema.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'rule set'}: ${issue.code}`,
    );
    return { kind: 'invalid', problems };
  }
  const ruleSet = parsed.data;
  const problems: string[] = [];
  if (ruleSet.thresholds.freezeScore < ruleSet.thresholds.alertScore) {
    problems.push('thresholds: freezeScore is below alertScore');
  }
  if (ruleSet.model !== undefined) problems.push(...problemsOfModelUse(ruleSet.model));
  const ids = new Set<string>();
  for (const rule of ruleSet.rules) {
    if (ids.has(rule.id)) problems.push(`rule ${rule.id}: this id is used twice`);
    ids.add(rule.id);
    if (rule.code.startsWith(MODEL_CODE))
      problems.push(`rule ${rule.id}: codes beginning with ${MODEL_CODE} are the model's; call it otherwise`);
    for (const name of [...placeholdersOf(rule.words.zh), ...placeholdersOf(rule.words.en)]) {
      if (!isPlaceholder(name))
        problems.push(`rule ${rule.id}: words name {${name}}, which is not a feature`);
    }
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'valid', ruleSet };
}

function isPlaceholder(name: string): boolean {
  return Object.hasOwn(FEATURE, name) || (factNames as readonly string[]).includes(name);
}
