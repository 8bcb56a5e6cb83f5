import * as z from 'zod/mini';
import { isCurrency } from '../transaction/currency.ts';
import { type Condition, segmentSchema } from './conditions.ts';
import { modelUseSchema } from './model-points.ts';
import { isZone } from './zone.ts';

export { type Comparison, type Condition, comparisonOps } from './conditions.ts';

/**
 * A rule set is data: versioned, checked here, changed without a deployment. Money in conditions is in
 * major units of `currency`; a rule's weight adds to the score when its condition holds (a negative one
 * speaks for the transaction), and an action takes effect whatever the score.
 *
 * Conditions are checked by hand, with a better word for each mistake than a schema of alternatives has: `problemsOfConditions`.
 */
const conditionSchema = z.custom<Condition>((given) => typeof given === 'object' && given !== null);

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
  segment: z.optional(segmentSchema),
  weight: z.number().check(z.minimum(-100), z.maximum(100)),
  action: z.optional(z.enum(['alert', 'freeze'])),
  words: wordsSchema,
});
export type Rule = z.output<typeof ruleSchema>;

const hour = z.int().check(z.minimum(0), z.maximum(24));
const currencyCode = z.string().check(z.refine(isCurrency, 'unknown currency'));

/** Form only: what the parts mean together is the matter of `checkRuleSet`. */
export const ruleSetSchema = z.strictObject({
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
