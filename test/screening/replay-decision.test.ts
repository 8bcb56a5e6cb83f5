import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../functions/screening/compile-model.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { decide, judgeRow } from '../../functions/screening/decide.ts';
import { featureNames } from '../../functions/screening/features.ts';
import { emptyRisk } from '../../functions/screening/merchant-risk.ts';
import { roundedRow } from '../../functions/screening/packed-row.ts';
import { emptyProfile } from '../../functions/screening/profile.ts';
import { judgedOf, replayDecision } from '../../functions/screening/replay-decision.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { decisionOf } from '../../functions/transaction/decision.ts';
import { madeModel, treeArbitrary } from './made-model.ts';
import { transaction } from './transactions.ts';

const rules = compileRuleSet(defaultRuleSet);
const withModel = compileRuleSet({
  ...defaultRuleSet,
  version: 'with-model',
  model: {
    version: 'made-1',
    points: [
      { probability: 0.01, points: 0 },
      { probability: 0.9, points: 90 },
    ],
  },
});
const event = transaction({ at: Date.parse('2026-03-10T15:40:00Z'), minor: 88_000 });
const facts = { country: 'CN', currency: 'CNY', mcc: '5411' };

const value = fc.oneof(
  fc.constant(0),
  fc.constantFrom(1, 3, 5, 1000, 1e6),
  fc.integer({ min: 0, max: 100_000 }),
  fc.double({ min: -10, max: 1e5, noNaN: true }),
);
const rowArbitrary = fc
  .array(value, { minLength: featureNames.length, maxLength: featureNames.length })
  .map(roundedRow);
const entryArbitrary = fc.record({
  entryId: fc.uuid(),
  kind: fc.constantFrom('card' as const, 'merchant' as const, 'device' as const, 'country' as const),
  list: fc.constantFrom('block' as const, 'allow' as const),
  outcome: fc.constantFrom('alert' as const, 'freeze' as const),
});

const stored = (decision: ReturnType<typeof decide>, entries: Parameters<typeof judgedOf>[1] = []) =>
  decisionOf(event, {
    bodyDigest: 'AAAAAAAA',
    outcome: decision.outcome,
    ruleSetVersion: decision.ruleSetVersion,
    modelVersion: decision.modelVersion,
    receivedAt: '2026-03-10T15:40:01.000Z',
    judged: judgedOf(decision, entries),
  });

describe('a stored decision made again', () => {
  test('has the same outcome, score and reasons, whatever row, model and entries', () => {
    fc.assert(
      fc.property(
        rowArbitrary,
        fc.array(treeArbitrary, { maxLength: 5 }),
        fc.array(entryArbitrary, { maxLength: 3 }),
        (features, trees, entries) => {
          const model = compileModel(madeModel(trees, 0));
          const decision = judgeRow({ features, facts, ruleSet: withModel, model, entries });
          expect(replayDecision(stored(decision, entries), withModel, model)).toEqual({
            kind: 'replayed',
            outcome: decision.outcome,
            differs: [],
            decision,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('from the decision of a real transaction', () => {
    const decision = decide({
      profile: emptyProfile(),
      merchant: emptyRisk(),
      transaction: event,
      ruleSet: rules,
    });
    expect(replayDecision(stored(decision), rules)).toMatchObject({
      kind: 'replayed',
      differs: [],
      decision,
    });
  });

  test('says where it differs from what is stored', () => {
    const decision = decide({
      profile: emptyProfile(),
      merchant: emptyRisk(),
      transaction: event,
      ruleSet: rules,
    });
    const forged = { ...stored(decision), outcome: 'freeze' as const };
    expect(replayDecision(forged, rules)).toMatchObject({ kind: 'replayed', differs: ['outcome'] });
    const { judged } = stored(decision);
    const scored = { ...stored(decision), judged: judged && { ...judged, score: 99 } };
    expect(replayDecision(scored, rules)).toMatchObject({ differs: ['score'] });
  });

  test('let through by a pass, is clear again although the rules say otherwise', () => {
    const suspicious = judgeRow({
      features: featureNames.map((name) =>
        name === 'count1h' ? 40 : name === 'minutesSinceElsewhere' ? 1e6 : 0,
      ),
      facts,
      ruleSet: rules,
    });
    expect(suspicious.outcome).not.toBe('clear');
    const passed = { ...stored(suspicious), outcome: 'clear' as const, pass: 'alert-1' };
    expect(replayDecision(passed, rules)).toMatchObject({
      outcome: 'clear',
      differs: [],
      decision: suspicious,
    });
  });

  test('takes the rule set and the model that it names, and no others', () => {
    const model = compileModel(madeModel([], 0));
    const other = compileModel(madeModel([], 0, 'made-2'));
    const features = featureNames.map(() => 0);
    const decision = judgeRow({ features, facts, ruleSet: withModel, model });
    expect(replayDecision(stored(decision), rules)).toEqual({
      kind: 'other_version',
      wanted: 'with-model',
      given: defaultRuleSet.version,
    });
    expect(replayDecision(stored(decision), withModel, other)).toMatchObject({
      wanted: 'made-1',
      given: 'made-2',
    });
    expect(replayDecision(stored(decision), withModel)).toMatchObject({ wanted: 'made-1', given: 'null' });
  });

  test('one rebuilt after a crash says that its values are lost', () => {
    const decision = judgeRow({ features: featureNames.map(() => 0), facts, ruleSet: rules });
    const { judged: _lost, ...rebuilt } = stored(decision);
    expect(replayDecision(rebuilt, rules)).toEqual({ kind: 'values_unknown' });
  });

  test('stays within one write unit with the longest names and a row in which nothing is zero or round', () => {
    const isFlag =
      /^(new|cross|night|firstUse|riskyMcc|recurring|verification|magstripe|weekend|notPresent|declined$|merchantInitiated)/;
    const isCount =
      /^(count\d|probing|declined1h|unusual\d|cardFrauds|merchantFrauds|merchantFraudRun$|merchantOrdinary(Run|Frauds)|hour)/;
    const features = featureNames.map((name) =>
      isFlag.test(name) ? 1 : isCount.test(name) ? 60 : 1234.5678,
    );
    const decision = judgeRow({ features, facts, ruleSet: rules });
    const long = transaction({
      at: Date.parse('2026-03-10T15:40:00Z'),
      id: 'T'.repeat(64),
      merchantId: 'M'.repeat(64),
      minor: 123_456_789_012,
    });
    const item = {
      pk: `CARD#${'c'.repeat(64)}`,
      sk: `TXN#${'A'.repeat(16)}`,
      expiresAt: 1_770_000_000,
      ...decisionOf({ ...long, merchant: { ...long.merchant, name: '店'.repeat(64) } }, stored(decision)),
      transactionId: long.transactionId,
    };
    expect(sizeOf(item)).toBeLessThan(1024);
  });
});

/** As DynamoDB counts: names, and values as UTF-8, raw bytes, or about half a byte a digit of a number. */
function sizeOf(item: object): number {
  const of = (value: unknown): number => {
    if (value === undefined) return 0;
    if (value instanceof Uint8Array) return value.length;
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 2;
    if (Array.isArray(value)) return 3 + value.reduce((sum: number, one) => sum + 1 + of(one), 0);
    if (typeof value === 'object' && value !== null) return 3 + ofFields(value);
    return 1;
  };
  const ofFields = (fields: object): number =>
    Object.entries(fields).reduce(
      (sum, [name, one]) => (one === undefined ? sum : sum + name.length + 1 + of(one)),
      0,
    );
  // What cannot be marshalled is no item.
  marshall(item, { removeUndefinedValues: true });
  return ofFields(item);
}
