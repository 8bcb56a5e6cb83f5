import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRuleSet } from '../../functions/screening/check-rule-set.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { applyRules, compileStoredRules } from '../../functions/screening/compile-rules.ts';
import { FEATURE, type FeatureName, featureNames } from '../../functions/screening/features.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { buildRuleTables, firedRules, MOST_CLAUSES } from '../../functions/screening/rule-tables.ts';
import { type Condition, comparisonOps, type Rule } from '../../functions/screening/rules.ts';

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
  const amount = { feature: 'amount', op: 'gt', value: 1 } as const;
  const many = (count: number) => Array.from({ length: count }, () => amount);
  const deep = Array.from({ length: 9 }).reduce<object>((inner) => ({ not: inner }), amount);
  const pair = { any: [amount, { feature: 'hour', op: 'gt', value: 1 } as const] };
  it.each([
    ['no rules', ruleSet([]), 'rules: at least 1 entries'],
    [
      'more rules than a person reads',
      ruleSet(Array.from({ length: 201 }, (_, index) => rule({ id: `r-${index}`, code: `r_${index}` }))),
      'rules: at most 200 entries',
    ],
    [
      'an unknown feature: the nearest is named',
      ruleSet([rule({ when: { all: [amount, { feature: 'amuont', op: 'gt', value: 1 }] } as never })]),
      'rules[0] (r1).when.all[1].feature: there is no feature amuont; did you mean amount?',
    ],
    [
      'a feature like no other',
      ruleSet([rule({ when: { not: { feature: 'moonPhase', op: 'gt', value: 1 } } as never })]),
      'rules[0] (r1).when.not.feature: there is no feature moonPhase',
    ],
    [
      'a feature of every object',
      ruleSet([rule({ when: { feature: 'toString', op: 'gt', value: 1 } as never })]),
      'rules[0] (r1).when.feature: there is no feature toString',
    ],
    [
      'an unknown operator',
      ruleSet([rule({ when: { feature: 'amount', op: '>', value: 1 } as never })]),
      'rules[0] (r1).when.op: must be one of gt, gte, lt, lte, eq, ne',
    ],
    [
      'a value of the wrong type',
      ruleSet([rule({ when: { feature: 'amount', op: 'gt', value: '100' } as never })]),
      'rules[0] (r1).when.value: must be a number',
    ],
    [
      'a value that is no number',
      ruleSet([rule({ when: { feature: 'amount', op: 'gt', value: Number.NaN } })]),
      'rules[0] (r1).when.value: must be a number',
    ],
    [
      'a comparison with something more',
      ruleSet([rule({ when: { ...amount, unless: 1 } as never })]),
      'rules[0] (r1).when: unless has no place here; a comparison has feature, op and value',
    ],
    [
      'a condition that is none',
      ruleSet([rule({ when: 'amount > 100' as never })]),
      'rules[0] (r1).when: must be a comparison, all, any or not',
    ],
    [
      'an empty list',
      ruleSet([rule({ when: { any: [] } })]),
      'rules[0] (r1).when.any: must be a list of conditions',
    ],
    [
      'an unbounded list',
      ruleSet([rule({ when: { all: many(21) } })]),
      'rules[0] (r1).when.all: 21 parts; at most 20',
    ],
    [
      'a list of categories without bounds',
      ruleSet([rule({})], { riskyMcc: Array.from({ length: 201 }, () => '1234') }),
      'riskyMcc: at most 200 entries',
    ],
    [
      'a nest nobody can read',
      ruleSet([rule({ when: deep as never })]),
      `rules[0] (r1).when${'.not'.repeat(8)}: nested deeper than 8; split the rule`,
    ],
    [
      'too many alternatives',
      ruleSet([rule({ when: { all: Array.from({ length: 7 }, () => pair) } })]),
      `rule r1: a condition has more than ${MOST_CLAUSES} alternatives; split the rule`,
    ],
    [
      'a rule that never holds',
      ruleSet([rule({ when: { all: [amount, { feature: 'amount', op: 'lt', value: 1 }] } })]),
      'rule r1: it can never hold: its condition, or its segment, contradicts itself',
    ],
    [
      'a rule that its segment contradicts',
      ruleSet([
        rule({ when: { feature: 'notPresent', op: 'eq', value: 1 }, segment: { presence: 'present' } }),
      ]),
      'rule r1: it can never hold: its condition, or its segment, contradicts itself',
    ],
    [
      'an empty segment',
      ruleSet([rule({ segment: {} })]),
      'rules[0] (r1).segment: names nothing; leave it out for all traffic',
    ],
    [
      'an unknown segment',
      ruleSet([rule({ segment: { where: 'mars' } as never })]),
      'rules[0] (r1).segment.where: must be one of domestic, abroad',
    ],
    [
      'words without English',
      ruleSet([rule({ words: { zh: '金额' } as never })]),
      'rules[0] (r1).words.en: must be string',
    ],
    [
      'an unknown placeholder: the nearest is named',
      ruleSet([rule({ words: { zh: '{amout}', en: 'x' } })]),
      'rule r1: words.zh name {amout}: there is no feature amout; did you mean amount?',
    ],
    [
      'a placeholder of every object',
      ruleSet([rule({ words: { zh: '{toString}', en: 'x' } })]),
      'rule r1: words.zh name {toString}: there is no feature toString',
    ],
    [
      'an id twice',
      ruleSet([rule({}), rule({ code: 'r2' })]),
      'rule r1: the id r1 is used twice; reasons are told apart by it',
    ],
    [
      'a code twice',
      ruleSet([rule({}), rule({ id: 'r2' })]),
      'rule r2: the code r1 is used twice; reasons are told apart by it',
    ],
    [
      'a code that is an entry’s',
      ruleSet([rule({ code: 'blocked_card' })]),
      'rule r1: codes beginning with blocked_ or allowed_ are those of entries; call it otherwise',
    ],
    [
      'a misspelt field',
      ruleSet([{ ...rule({}), wieght: 1 }]),
      'rules[0] (r1): unknown field wieght; take it out, or mend its name',
    ],
    [
      'thresholds upside down',
      ruleSet([rule({})], { thresholds: { alertScore: 60, freezeScore: 50 } }),
      'thresholds: freezeScore is below alertScore; raise it',
    ],
    ['an unknown zone', ruleSet([rule({})], { zone: 'Asia/Atlantis' }), 'zone: unknown zone'],
    ['an unknown currency', ruleSet([rule({})], { currency: 'ABC' }), 'currency: unknown currency'],
    ['nothing', undefined, 'rule set: must be object'],
  ])('%s', (_, data, problem) => {
    const checked = checkRuleSet(data);
    expect(checked.kind === 'invalid' && checked.problems).toContain(problem);
    expect(() => compileRuleSet(data)).toThrow(problem);
  });
});

describe('a rule in a segment', () => {
  const inSegment = (segment: Rule['segment'], values: Partial<Record<FeatureName, number>>) =>
    applyRules(compileRuleSet(ruleSet([rule({ segment })])), rowOf({ amount: 100, ...values }), facts)
      .outcome;

  it.each([
    [{ presence: 'present' }, { notPresent: 0 }, { notPresent: 1 }],
    [{ presence: 'not_present' }, { notPresent: 1 }, { notPresent: 0 }],
    [{ where: 'domestic' }, { crossBorder: 0 }, { crossBorder: 1 }],
    [{ where: 'abroad' }, { crossBorder: 1 }, { crossBorder: 0 }],
    [{ card: 'new' }, { spendCount: 4 }, { spendCount: 5 }],
    [{ card: 'used' }, { spendCount: 5 }, { spendCount: 4 }],
  ] as const)('%j holds there and nowhere else', (segment, inside, outside) => {
    expect(inSegment(segment, inside)).toBe('alert');
    expect(inSegment(segment, outside)).toBe('clear');
    expect(inSegment(undefined, outside)).toBe('alert');
  });

  it('of several marks asks for all', () => {
    const segment = { presence: 'not_present', where: 'abroad' } as const;
    expect(inSegment(segment, { notPresent: 1, crossBorder: 1 })).toBe('alert');
    expect(inSegment(segment, { notPresent: 1, crossBorder: 0 })).toBe('clear');
  });
});

describe('a stored set of another release', () => {
  const amount = { feature: 'amount', op: 'gt', value: 1 };
  it.each([
    ['an unknown feature', { ...amount, feature: 'moonPhase' }],
    ['an unknown operator', { ...amount, op: 'near' }],
    ['a value that is no number', { ...amount, value: null }],
    ['a list that is none', { all: 7 }],
    ['a condition that is none', {}],
  ])('with %s is refused, not compiled into something else', (_, when) => {
    expect(() => compileStoredRules(ruleSet([rule({ when: when as never })]))).toThrow();
    expect(() => compileStoredRules(ruleSet([rule({ when: { any: [amount, when] } as never })]))).toThrow();
    expect(compileStoredRules(ruleSet([rule({})])).version).toBe('t');
  });
});
