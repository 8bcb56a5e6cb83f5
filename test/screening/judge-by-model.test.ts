import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRuleSet } from '../../functions/screening/check-rule-set.ts';
import { compileModel } from '../../functions/screening/compile-model.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { judgeRow, reasonWords } from '../../functions/screening/decide.ts';
import { topicOf } from '../../functions/screening/feature-topics.ts';
import { FEATURE, featureNames } from '../../functions/screening/features.ts';
import { UNITS_PER_LOG_ODD } from '../../functions/screening/model.ts';
import { codeOfFeature } from '../../functions/screening/model-reasons.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import type { RuleSet } from '../../functions/screening/rules.ts';
import { madeModel, treeArbitrary } from './made-model.ts';

const facts = { country: 'CN', currency: 'USD', mcc: '5411' };
const use = {
  version: 'made-1',
  points: [
    { probability: 0.01, points: 0 },
    { probability: 0.5, points: 60 },
    { probability: 0.99, points: 120 },
  ],
};
const withModel: RuleSet = { ...defaultRuleSet, version: 'with-model', model: use };

/** One feature, one threshold: log-odds of `low` below it and `high` from it on; half of the rows each. */
const stump = (feature: keyof typeof FEATURE, threshold: number, low: number, high: number) => ({
  feature: [FEATURE[feature]],
  threshold: [threshold],
  below: [-1],
  atLeast: [-2],
  leaf: [low * UNITS_PER_LOG_ODD, high * UNITS_PER_LOG_ODD],
  rows: [50, 50],
});

const model = compileModel(
  madeModel(
    [
      stump('amount', 700, -2, 2),
      stump('amountVsMean', 3, -1, 1),
      stump('newMerchant', 1, -1, 1),
      stump('night', 1, -1, 1),
      stump('riskyMcc', 1, -0.5, 0.5),
    ],
    0,
  ),
);
/** Days and minutes since something that never was. */
const never = (name: string): number => {
  if (name.startsWith('minutes')) return 1e6;
  return /(Age|Oldest|Since|Run)Days$/.test(name) && name !== 'cardAgeDays' ? 1000 : 0;
};
const rowOf = (values: Partial<Record<keyof typeof FEATURE, number>>): number[] =>
  featureNames.map((name) => values[name] ?? never(name));

describe('a model beside the rules', () => {
  const ruleSet = compileRuleSet(withModel);
  const suspicious = rowOf({
    amount: 700,
    amountVsMean: 4,
    newMerchant: 1,
    night: 0,
    riskyMcc: 0,
    minutesSinceElsewhere: 1e6,
  });

  test('adds points for its probability and says why, strongest first, one reason a topic', () => {
    const decision = judgeRow({ features: suspicious, facts, ruleSet, model });
    // 2 + 1 + 1 − 1 − 0.5 = 2.5
    expect(decision.probability).toBeCloseTo(1 / (1 + Math.exp(-2.5)), 12);
    expect(decision).toMatchObject({
      outcome: 'freeze',
      modelVersion: 'made-1',
      ruleSetVersion: 'with-model',
    });
    expect(decision.reasons.map(({ code }) => code)).toEqual(['model_amount', 'model_new_merchant']);
    const [amount] = decision.reasons;
    // Money is shown in the card's currency: 700 yuan are 100 dollars.
    expect(amount?.values).toEqual({ amount: 100, currency: 'USD' });
    expect(amount === undefined ? '' : reasonWords(amount, 'zh')).toBe('模型：金额 100 USD');
    expect(decision.reasons.map((reason) => reasonWords(reason, 'en'))).toEqual([
      'Model: the amount, USD 100',
      'Model: a merchant new to the card',
    ]);
  });

  test('weights of all reasons add up to the rank', () => {
    fc.assert(
      fc.property(
        fc.array(treeArbitrary, { minLength: 1, maxLength: 8 }),
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
          minLength: featureNames.length,
          maxLength: featureNames.length,
        }),
        (trees, features) => {
          const made = compileModel(madeModel(trees, 0));
          const { rank, score, reasons } = judgeRow({ features, facts, ruleSet, model: made });
          const sum = reasons.reduce((total, { weight }) => total + weight, 0);
          if (reasons.some(({ code }) => code.startsWith('model_'))) expect(sum).toBeCloseTo(rank, 6);
          expect(score).toBe(Math.min(100, Math.max(0, rank)));
          for (const reason of reasons) expect(reasonWords(reason, 'zh')).not.toContain('–');
        },
      ),
    );
  });

  test('keeps every reason of the rules: it adds, it never replaces', () => {
    const rulesAlone = judgeRow({ features: suspicious, facts, ruleSet: compileRuleSet(defaultRuleSet) });
    const both = judgeRow({ features: suspicious, facts, ruleSet, model });
    for (const reason of rulesAlone.reasons) expect(both.reasons).toContainEqual(reason);
    expect(rulesAlone).toMatchObject({ modelVersion: null, probability: undefined });
  });

  test('a quiet transaction gets no points and no reason from it', () => {
    const quiet = judgeRow({ features: rowOf({ minutesSinceElsewhere: 1e6 }), facts, ruleSet, model });
    expect(quiet).toMatchObject({ outcome: 'clear', score: 0, reasons: [] });
    expect(quiet.probability).toBeLessThan(0.01);
  });

  test('a feature that speaks by being "no" is said so', () => {
    const absent = compileModel(madeModel([stump('newMerchant', 1, 3, -3)], 0));
    const { reasons } = judgeRow({
      features: rowOf({ minutesSinceElsewhere: 1e6 }),
      facts,
      ruleSet,
      model: absent,
    });
    expect(reasons.map((reason) => reasonWords(reason, 'en'))).toEqual(['Model: a merchant the card knows']);
    expect(reasons.map((reason) => reasonWords(reason, 'zh'))).toEqual(['模型：熟悉的商户']);
  });

  test('a value that stands for "there was none" is no reason', () => {
    const absent = compileModel(
      madeModel([stump('minutesSinceElsewhere', 100, -3, 3), stump('merchantFraudAgeDays', 5, -3, 3)], 0),
    );
    const codes = (elsewhere: number) =>
      judgeRow({
        features: rowOf({ minutesSinceElsewhere: elsewhere, merchantFraudAgeDays: 1000 }),
        facts,
        ruleSet,
        model: absent,
      }).reasons.map(({ code }) => code);
    expect(codes(1e6)).toEqual(['model_combination']);
    expect(codes(200)).toEqual(['model_minutes_since_elsewhere']);
  });

  test('every feature has words in both languages that name its value', () => {
    for (const name of featureNames) {
      for (const value of [0, 1, 7]) {
        const reason = { code: codeOfFeature(name), values: { [name]: value, currency: 'CNY' } };
        expect(reasonWords(reason, 'en')).toMatch(/^Model: [^{}–]+$/);
        expect(reasonWords(reason, 'zh')).toMatch(/^模型：[^{}–]+$/);
      }
    }
  });

  test('every feature is about one of the topics, a merchant’s frauds about one', () => {
    const topics = featureNames.map(topicOf);
    expect(
      topics.filter((topic) => (featureNames as readonly string[]).includes(topic) && topic !== 'amount'),
    ).toEqual([]);
    expect(topicOf('merchantInitiated')).toBe('channel');
    expect(topicOf('merchantFraudShare')).toBe(topicOf('merchantOrdinaryRun'));
  });

  test('the combination alone is a reason when no feature raised the score', () => {
    const high = compileModel(madeModel([], 3 * UNITS_PER_LOG_ODD));
    const { reasons } = judgeRow({
      features: rowOf({ minutesSinceElsewhere: 1e6 }),
      facts,
      ruleSet,
      model: high,
    });
    expect(reasons.map((reason) => reasonWords(reason, 'en'))).toEqual([
      'Model: the combination of its features',
    ]);
  });

  test('another model than the rule set names is a fault, never a silent score', () => {
    const other = compileModel(madeModel([], 0, 'other'));
    const judge = (given: typeof model | undefined) => () =>
      judgeRow({ features: suspicious, facts, ruleSet, model: given });
    expect(judge(other)).toThrow('rule set with-model uses model made-1, at hand is other');
    expect(judge(undefined)).toThrow('at hand is none');
  });

  test('a rule set with a wrong use of a model, or a code that is the model’s, is refused with its place', () => {
    const problems = (change: object): string => {
      const checked = checkRuleSet({ ...withModel, ...change });
      return checked.kind === 'invalid' ? checked.problems.join() : '';
    };
    expect(problems({})).toBe('');
    expect(problems({ model: { ...use, points: [...use.points].reverse() } })).toContain('model.points.1');
    expect(problems({ model: { ...use, points: [use.points[0]] } })).toContain(
      'model.points: at least 2 entries',
    );
    expect(problems({ model: { ...use, points: [use.points[0], { probability: 1, points: 5 }] } })).toContain(
      'model.points[1].probability',
    );
    const [rule] = defaultRuleSet.rules;
    expect(problems({ rules: [{ ...rule, code: 'model_amount' }] })).toContain('call it otherwise');
  });
});
