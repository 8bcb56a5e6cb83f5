import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { applyRules } from '../../functions/screening/compile-rules.ts';
import { FEATURE, type FeatureName, featureNames } from '../../functions/screening/features.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { buildRuleTables, firedRules, MOST_CLAUSES } from '../../functions/screening/rule-tables.ts';
import { type Condition, checkRuleSet, comparisonOps, type Rule } from '../../functions/screening/rules.ts';

type Row = readonly number[];

/** What a condition means, written the way one reads it. */
function holds(condition: Condition, row: Row): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, row));
  if ('any' in condition) return condition.any.some((part) => holds(part, row));
  if ('not' in condition) return !holds(condition.not, row);
  const x = row[FEATURE[condition.feature]] ?? 0;
  const { op, value } = condition;
  if (op === 'gt') return x > value;
  if (op === 'gte') return x >= value;
  if (op === 'lt') return x < value;
  if (op === 'lte') return x <= value;
  return op === 'eq' ? x === value : x !== value;
}

// Few values, so that equality and edges are met often.
const value = fc.constantFrom(-1, 0, 0.1, 0.30000000000000004, 1, 2, 2.5, 1e9, -3.25);
const comparison = fc.record({
  feature: fc.constantFrom<FeatureName[]>('amount', 'count1h', 'night', 'sumVsUsual'),
  op: fc.constantFrom(...comparisonOps),
  value,
});
const condition = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    comparison,
    fc.record({ all: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('node') }),
  ),
})).node;
const row = fc.array(value, { minLength: featureNames.length, maxLength: featureNames.length });

describe('conditions as tables', () => {
  it('mean what the conditions say', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 5 }),
        fc.array(row, { minLength: 5 }),
        (conditions, rows) => {
          fc.pre(conditions.every(isSmall));
          const tables = buildRuleTables(conditions);
          for (const each of rows) {
            const fired: number[] = [];
            firedRules(tables, each, fired);
            const expected = conditions.flatMap((one, index) => (holds(one, each) ? [index] : []));
            expect(fired).toEqual(expected);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a condition with too many alternatives is refused, not expanded', () => {
    const pair: Condition = {
      any: [
        { feature: 'amount', op: 'gt', value: 1 },
        { feature: 'hour', op: 'gt', value: 1 },
      ],
    };
    expect(() => buildRuleTables([{ all: Array.from({ length: 6 }, () => pair) }])).not.toThrow();
    expect(() => buildRuleTables([{ all: Array.from({ length: 20 }, () => pair) }])).toThrow(
      `${MOST_CLAUSES}`,
    );
  });

  function isSmall(one: Condition): boolean {
    try {
      buildRuleTables([one]);
      return true;
    } catch {
      return false;
    }
  }
});

const rule = (patch: Partial<Rule>): Rule => ({
  id: 'r1',
  code: 'r1',
  when: { feature: 'amount', op: 'gte', value: 100 },
  weight: 50,
  words: { zh: '金额 {amount} {currency}', en: '{currency} {amount}' },
  ...patch,
});
const ruleSet = (rules: readonly unknown[], patch: object = {}) => ({
  ...defaultRuleSet,
  version: 't',
  rules,
  ...patch,
});
const facts = { country: 'CN', currency: 'CNY', mcc: '5411' };
const rowOf = (values: Partial<Record<FeatureName, number>>): Row =>
  featureNames.map((name) => values[name] ?? 0);

describe('a verdict', () => {
  const verdict = (rules: readonly Rule[], values: Partial<Record<FeatureName, number>>, currency = 'CNY') =>
    applyRules(compileRuleSet(ruleSet(rules)), rowOf(values), { ...facts, currency });
  const at = (id: string, weight: number, action?: 'alert' | 'freeze') =>
    rule({ id, code: id, weight, action });

  it('nothing fired: clear, no reasons', () => {
    expect(verdict([rule({})], { amount: 99.99 })).toEqual({
      outcome: 'clear',
      score: 0,
      rank: 0,
      reasons: [],
    });
  });

  it.each([
    [49.9, 'clear'],
    [50, 'alert'],
    [79.9, 'alert'],
    [80, 'freeze'],
  ])('a score of %d is %s', (weight, outcome) => {
    expect(verdict([rule({ weight })], { amount: 100 })).toMatchObject({ outcome, score: weight });
  });

  it('weights add up, stay between 0 and 100, and the heaviest reason comes first', () => {
    const result = verdict([at('a', 30), at('b', 90), at('c', -10)], { amount: 100 });
    expect(result).toMatchObject({ outcome: 'freeze', score: 100 });
    expect(result.reasons.map(({ code }) => code)).toEqual(['b', 'a', 'c']);
    expect(verdict([at('a', -30)], { amount: 100 })).toMatchObject({ outcome: 'clear', score: 0 });
  });

  it('an action takes effect whatever the score, and never lowers it', () => {
    expect(verdict([at('a', 0, 'alert')], { amount: 100 })).toMatchObject({ outcome: 'alert', score: 0 });
    expect(verdict([at('a', 10, 'freeze'), at('b', -100)], { amount: 100 })).toMatchObject({
      outcome: 'freeze',
    });
    expect(verdict([at('a', 90, 'alert')], { amount: 100 })).toMatchObject({ outcome: 'freeze' });
  });

  it('values are those the words name; money in the currency of the card', () => {
    expect(verdict([rule({})], { amount: 123.456 }).reasons[0]?.values).toEqual({
      amount: 123.46,
      currency: 'CNY',
    });
    expect(verdict([rule({})], { amount: 700 }, 'USD').reasons[0]?.values).toEqual({
      amount: 100,
      currency: 'USD',
    });
  });
});

describe('a rule set is checked before it is used', () => {
  it.each([
    ['no rules', ruleSet([]), 'rules: too_small'],
    [
      'an unknown feature',
      ruleSet([rule({ when: { feature: 'mood', op: 'gt', value: 1 } as never })]),
      'rules.0.when: invalid_union',
    ],
    [
      'an unknown operator',
      ruleSet([rule({ when: { feature: 'amount', op: '>', value: 1 } as never })]),
      'rules.0.when: invalid_union',
    ],
    [
      'a value that is no number',
      ruleSet([rule({ when: { feature: 'amount', op: 'gt', value: Number.NaN } })]),
      'rules.0.when: invalid_union',
    ],
    [
      'words without English',
      ruleSet([rule({ words: { zh: '金额' } as never })]),
      'rules.0.words.en: invalid_type',
    ],
    [
      'an unknown placeholder',
      ruleSet([rule({ words: { zh: '{amout}', en: 'x' } })]),
      'rule r1: words name {amout}, which is not a feature',
    ],
    [
      'a placeholder of every object',
      ruleSet([rule({ words: { zh: '{toString}', en: 'x' } })]),
      'rule r1: words name {toString}, which is not a feature',
    ],
    ['an id twice', ruleSet([rule({}), rule({})]), 'rule r1: this id is used twice'],
    ['a misspelt field', ruleSet([{ ...rule({}), wieght: 1 }]), 'rules.0: unrecognized_keys'],
    [
      'thresholds upside down',
      ruleSet([rule({})], { thresholds: { alertScore: 60, freezeScore: 50 } }),
      'thresholds: freezeScore is below alertScore',
    ],
    ['an unknown zone', ruleSet([rule({})], { zone: 'Asia/Atlantis' }), 'zone: custom'],
    ['an unknown currency', ruleSet([rule({})], { currency: 'ABC' }), 'currency: custom'],
    ['nothing', undefined, 'rule set: invalid_type'],
  ])('%s', (_, data, problem) => {
    const checked = checkRuleSet(data);
    expect(checked.kind === 'invalid' && checked.problems).toContain(problem);
    expect(() => compileRuleSet(data)).toThrow(problem);
  });
});
