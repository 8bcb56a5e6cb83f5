import { minorUnitDecimals } from '../transaction/currency.ts';
import { withSegment } from './conditions.ts';
import {
  FEATURE,
  type FeatureName,
  type FeaturePolicy,
  type Features,
  type MoneyUnit,
  moneyFeatures,
} from './features.ts';
import { type CompiledPoints, compilePoints } from './model-points.ts';
import { placeholdersOf } from './placeholders.ts';
import { buildRuleTables, firedRules, type RuleTables } from './rule-tables.ts';
import { type RuleSet, ruleSetSchema } from './rules.ts';
import { countryNumber } from './small-digest.ts';
import { createOffsetOf } from './zone.ts';

/** Why a transaction scored: kept with its decision, put into words by `reasonWords`. */
export interface Reason {
  readonly code: string;
  /** What the rule's words name, rounded for people; money in the card's billing currency. */
  readonly values: Readonly<Record<string, number | string>>;
  readonly weight: number;
}

/** Facts of the transaction that words may name. */
export interface ReasonFacts {
  readonly country: string;
  readonly currency: string;
  readonly mcc: string;
}

export type RuleOutcome = 'clear' | 'alert' | 'freeze';

export interface Verdict {
  readonly outcome: RuleOutcome;
  /** 0 to 100. */
  readonly score: number;
  /** Sum of the weights, not cut. */
  readonly rank: number;
  /** Heaviest first. */
  readonly reasons: readonly Reason[];
}

interface ReasonValue {
  readonly name: string;
  /** Column of the feature; -1 for a fact. */
  readonly column: number;
  readonly isMoney: boolean;
}

/** A rule set ready for the hot path; make it once. */
export interface CompiledRuleSet {
  readonly ruleSet: RuleSet;
  readonly version: string;
  readonly policy: FeaturePolicy;
  readonly tables: RuleTables;
  readonly codes: readonly string[];
  readonly weights: readonly number[];
  /** 0 none, 1 alert, 2 freeze. */
  readonly actions: readonly number[];
  readonly reasonValues: readonly (readonly ReasonValue[])[];
  /** The model it uses, if any, and what its probability is worth. */
  readonly modelPoints: CompiledPoints | undefined;
}

const NO_ACTION = 0;
const ALERT_ACTION = 1;
const FREEZE_ACTION = 2;

/**
 * Compiles a rule set that was checked before: the shipped one by its test, any other by `compileRuleSet`. Checking
 * it here would cost every cold start about 8 ms.
 */
export function compileCheckedRules(ruleSet: RuleSet): CompiledRuleSet {
  const rates = [...Object.entries(ruleSet.rates), [ruleSet.currency, 1] as const];
  const units = new Map<string, MoneyUnit>();
  for (const [code, moneyPerMajor] of rates) {
    units.set(code, { minorPerMajor: 10 ** minorUnitDecimals(code), moneyPerMajor });
  }
  return {
    ruleSet,
    version: ruleSet.version,
    policy: {
      homeCountry: countryNumber(ruleSet.homeCountry),
      riskyMcc: new Set(ruleSet.riskyMcc),
      nightFromHour: ruleSet.night.fromHour,
      nightToHour: ruleSet.night.toHour,
      offsetOf: createOffsetOf(ruleSet.zone),
      unitOf: (currency) => units.get(currency),
      smallAmount: ruleSet.smallAmount,
    },
    tables: buildRuleTables(ruleSet.rules.map(withSegment)),
    codes: ruleSet.rules.map((rule) => rule.code),
    weights: ruleSet.rules.map((rule) => rule.weight),
    actions: ruleSet.rules.map(({ action }) => {
      if (action === undefined) return NO_ACTION;
      return action === 'freeze' ? FREEZE_ACTION : ALERT_ACTION;
    }),
    reasonValues: ruleSet.rules.map(({ words }) => {
      const names = new Set([...placeholdersOf(words.zh), ...placeholdersOf(words.en)]);
      return [...names].map(reasonValueOf);
    }),
    modelPoints: ruleSet.model === undefined ? undefined : compilePoints(ruleSet.model),
  };
}

/**
 * A stored set, checked in full before it was stored: its form once more, and that this code knows its features and
 * operators, since it may come from another release. Throws for anything else.
 */
export const compileStoredRules = (data: unknown): CompiledRuleSet =>
  compileCheckedRules(ruleSetSchema.parse(data));

function reasonValueOf(name: string): ReasonValue {
  const column = Object.hasOwn(FEATURE, name) ? FEATURE[name as FeatureName] : -1;
  return { name, column, isMoney: moneyFeatures.has(name as FeatureName) };
}

/** Points and reasons from elsewhere (a model), which add to the rules'. */
export type AddedPoints = { readonly points: number; readonly reasons: readonly Reason[] };

const nothingAdded: AddedPoints = { points: 0, reasons: [] };

/** The rules' verdict on one row of features, with a reason for every rule that held. */
export function applyRules(
  ruleSet: CompiledRuleSet,
  features: Features,
  facts: ReasonFacts,
  added: AddedPoints = nothingAdded,
): Verdict {
  fired.length = 0;
  firedRules(ruleSet.tables, features, fired);
  if (fired.length === 0 && added.points === 0) return nothingFired;
  let sum = added.points;
  let action = NO_ACTION;
  const reasons: Reason[] = [...added.reasons];
  for (const rule of fired) {
    const weight = ruleSet.weights[rule] ?? 0;
    sum += weight;
    action = Math.max(action, ruleSet.actions[rule] ?? NO_ACTION);
    reasons.push({
      code: ruleSet.codes[rule] ?? '',
      values: valuesOf(ruleSet, rule, features, facts),
      weight,
    });
  }
  if (reasons.length > 1) reasons.sort((a, b) => b.weight - a.weight);
  const score = Math.min(100, Math.max(0, sum));
  const { alertScore, freezeScore } = ruleSet.ruleSet.thresholds;
  if (score >= freezeScore || action === FREEZE_ACTION)
    return { outcome: 'freeze', score, rank: sum, reasons };
  if (score >= alertScore || action === ALERT_ACTION) return { outcome: 'alert', score, rank: sum, reasons };
  return { outcome: 'clear', score, rank: sum, reasons };
}

/** Used again for every verdict: nothing is called in between that could ask for another. */
const fired: number[] = [];
const nothingFired: Verdict = { outcome: 'clear', score: 0, rank: 0, reasons: [] };

function valuesOf(
  ruleSet: CompiledRuleSet,
  rule: number,
  features: Features,
  facts: ReasonFacts,
): Record<string, number | string> {
  const values: Record<string, number | string> = {};
  for (const { name, column, isMoney } of ruleSet.reasonValues[rule] ?? []) {
    if (column < 0) {
      values[name] = facts[name as keyof ReasonFacts];
    } else {
      const value = features[column] ?? 0;
      values[name] = roundToCents(
        isMoney ? value / (ruleSet.policy.unitOf(facts.currency)?.moneyPerMajor ?? 1) : value,
      );
    }
  }
  return values;
}

function roundToCents(value: number): number {
  return Math.round(value * 100) / 100;
}
