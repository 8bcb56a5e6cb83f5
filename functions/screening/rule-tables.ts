import type { Comparison, Condition } from './conditions.ts';
import { FEATURE } from './features.ts';

/**
 * Conditions as flat tables. Every comparison is an interval test `low ≤ x ≤ high`; a condition is brought
 * into "any of these clauses, each all of its tests". The first test of every clause, which nearly always
 * fails, lies in tables of its own: most of an evaluation is one straight loop over typed arrays, without a
 * call or a branch on the operator. (Flat tables were measured to beat closures.)
 */
export interface RuleTables {
  /** Clause → its rule, ascending. */
  readonly clauseRule: Uint16Array;
  /** Clause → its first test. */
  readonly firstFeature: Uint8Array;
  readonly firstLow: Float64Array;
  readonly firstHigh: Float64Array;
  /** Clause → where its other tests begin; one more at the end. */
  readonly restStart: Uint16Array;
  readonly restFeature: Uint8Array;
  readonly restLow: Float64Array;
  readonly restHigh: Float64Array;
}

interface IntervalTest {
  readonly feature: number;
  readonly low: number;
  readonly high: number;
}
type Clause = readonly IntervalTest[];

/** More would mean a rule nobody can read; split it. */
export const MOST_CLAUSES = 64;

export function buildRuleTables(conditions: readonly Condition[]): RuleTables {
  const clauses: Clause[] = [];
  const clauseRule: number[] = [];
  conditions.forEach((condition, rule) => {
    for (const clause of clausesOf(condition, false)) {
      clauses.push(clause);
      clauseRule.push(rule);
    }
  });
  const first = clauses.map((clause) => clause[0] ?? never);
  const rest = clauses.flatMap((clause) => clause.slice(1));
  const restStart = [0];
  for (const clause of clauses) restStart.push((restStart.at(-1) ?? 0) + clause.length - 1);
  return {
    clauseRule: Uint16Array.from(clauseRule),
    firstFeature: Uint8Array.from(first, (test) => test.feature),
    firstLow: Float64Array.from(first, (test) => test.low),
    firstHigh: Float64Array.from(first, (test) => test.high),
    restStart: Uint16Array.from(restStart),
    restFeature: Uint8Array.from(rest, (test) => test.feature),
    restLow: Float64Array.from(rest, (test) => test.low),
    restHigh: Float64Array.from(rest, (test) => test.high),
  };
}

/** Stands for the first test of a clause without any: there is none, as every condition names a feature. */
const never: IntervalTest = { feature: 0, low: Infinity, high: -Infinity };

/** Whether any row of features could meet it: some clause asks nothing of a feature that another of its tests forbids. */
export function hasWayToHold(condition: Condition): boolean {
  return clausesOf(condition, false).some((clause) => {
    const within = new Map<number, readonly [low: number, high: number]>();
    for (const { feature, low, high } of clause) {
      const [least, most] = within.get(feature) ?? [-Infinity, Infinity];
      within.set(feature, [Math.max(least, low), Math.min(most, high)]);
    }
    return [...within.values()].every(([low, high]) => low <= high);
  });
}

/** Disjunctive normal form; a negation is pushed down to the comparisons (De Morgan). */
function clausesOf(condition: Condition, isNegated: boolean): readonly Clause[] {
  if ('not' in condition) return clausesOf(condition.not, !isNegated);
  if ('feature' in condition) return intervalsOf(condition, isNegated).map((test) => [test]);
  const parts = 'all' in condition ? condition.all : condition.any;
  const isConjunction = 'all' in condition !== isNegated;
  const partClauses = parts.map((part) => clausesOf(part, isNegated));
  const combined = isConjunction ? product(partClauses) : partClauses.flat();
  if (combined.length > MOST_CLAUSES)
    throw new Error(`a condition has more than ${MOST_CLAUSES} alternatives`);
  return combined;
}

function product(parts: readonly (readonly Clause[])[]): readonly Clause[] {
  let combined: readonly Clause[] = [[]];
  for (const part of parts) {
    combined = combined.flatMap((left) => part.map((right) => [...left, ...right]));
    if (combined.length > MOST_CLAUSES)
      throw new Error(`a condition has more than ${MOST_CLAUSES} alternatives`);
  }
  return combined;
}

const negatedOp = { gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt', eq: 'ne', ne: 'eq' } as const;

function intervalsOf({ feature, op, value }: Comparison, isNegated: boolean): readonly IntervalTest[] {
  const column = FEATURE[feature];
  // A stored set may be of another release than this code.
  if (column === undefined || !Number.isFinite(value)) throw new Error(`no comparison of ${feature}`);
  const below = { feature: column, low: -Infinity, high: neighbour(value, -1) };
  const above = { feature: column, low: neighbour(value, 1), high: Infinity };
  switch (isNegated ? negatedOp[op] : op) {
    case 'gt':
      return [above];
    case 'gte':
      return [{ feature: column, low: value, high: Infinity }];
    case 'lt':
      return [below];
    case 'lte':
      return [{ feature: column, low: -Infinity, high: value }];
    case 'eq':
      return [{ feature: column, low: value, high: value }];
    case 'ne':
      return [below, above];
    default:
      throw new Error(`no comparison ${op}`);
  }
}

/** The next representable number up or down, so that `x > v` can be written `x ≥ next(v)`. */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  const float = new Float64Array([value]);
  const bits = new BigInt64Array(float.buffer);
  const isAwayFromZero = value > 0 === direction > 0;
  bits[0] = (bits[0] ?? 0n) + (isAwayFromZero ? 1n : -1n);
  return float[0] ?? value;
}

/**
 * Adds each rule whose condition holds to `fired`, in the order of the rules. Every index below is in
 * bounds by construction, which the type checker cannot see: hence the assertions.
 */
export function firedRules(tables: RuleTables, features: readonly number[], fired: number[]): void {
  const { clauseRule, firstFeature, firstLow, firstHigh } = tables;
  const clauseCount = clauseRule.length;
  let latest = -1;
  for (let clause = 0; clause < clauseCount; clause++) {
    const value = features[firstFeature[clause] as number] as number;
    if (value >= (firstLow[clause] as number) && value <= (firstHigh[clause] as number)) {
      const rule = clauseRule[clause] as number;
      if (rule !== latest && restHolds(tables, features, clause)) {
        fired.push(rule);
        latest = rule;
      }
    }
  }
}

function restHolds(tables: RuleTables, features: readonly number[], clause: number): boolean {
  const { restStart, restFeature, restLow, restHigh } = tables;
  const end = restStart[clause + 1] as number;
  for (let test = restStart[clause] as number; test < end; test++) {
    const value = features[restFeature[test] as number] as number;
    if (!(value >= (restLow[test] as number) && value <= (restHigh[test] as number))) return false;
  }
  return true;
}
