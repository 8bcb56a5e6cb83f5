import { FEATURE } from './features.ts';
import type { Comparison, Condition } from './rules.ts';

/**
 * Conditions as flat tables. Every comparison is an interval test `low ≤ x ≤ high`; a condition is brought
 * into "any of these clauses, each all of its tests", so evaluation is three nested loops over typed
 * arrays without a call or a branch on the operator. (Flat tables were measured to beat closures.)
 */
export interface RuleTables {
  /** Rule → its first clause; one more at the end. */
  readonly clauseStart: Uint16Array;
  /** Clause → its first test; one more at the end. */
  readonly testStart: Uint16Array;
  readonly testFeature: Uint8Array;
  readonly testLow: Float64Array;
  readonly testHigh: Float64Array;
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
  const clauseStart = [0];
  for (const condition of conditions) {
    clauses.push(...clausesOf(condition, false));
    clauseStart.push(clauses.length);
  }
  const tests = clauses.flat();
  const testStart = [0];
  for (const clause of clauses) testStart.push((testStart.at(-1) ?? 0) + clause.length);
  return {
    clauseStart: Uint16Array.from(clauseStart),
    testStart: Uint16Array.from(testStart),
    testFeature: Uint8Array.from(tests, (test) => test.feature),
    testLow: Float64Array.from(tests, (test) => test.low),
    testHigh: Float64Array.from(tests, (test) => test.high),
  };
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

/** Calls `onFired` with each rule whose condition holds, in the order of the rules. */
export function firedRules(tables: RuleTables, features: readonly number[], fired: number[]): void {
  const { clauseStart, testStart, testFeature, testLow, testHigh } = tables;
  const ruleCount = clauseStart.length - 1;
  for (let rule = 0; rule < ruleCount; rule++) {
    const lastClause = clauseStart[rule + 1] as number;
    for (let clause = clauseStart[rule] as number; clause < lastClause; clause++) {
      const end = testStart[clause + 1] as number;
      let test = testStart[clause] as number;
      while (test < end) {
        const value = features[testFeature[test] as number] as number;
        if (!(value >= (testLow[test] as number) && value <= (testHigh[test] as number))) break;
        test++;
      }
      if (test === end) {
        fired.push(rule);
        break;
      }
    }
  }
}
