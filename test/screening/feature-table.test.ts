import { expect, test } from 'vitest';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { FEATURE, featureNames, featuresOf } from '../../functions/screening/features.ts';
import { emptyRisk } from '../../functions/screening/merchant-risk.ts';
import { emptyProfile } from '../../functions/screening/profile.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { transaction } from './transactions.ts';

/** Stored decisions and trained models know columns by place: a new one goes to the end of this list, none goes away. */
const places = `
  amount count1h count24h count7d count30d sum1h sum24h sum7d sum30d amountVsMean amountDeviations
  spendCount cardAgeDays minutesSinceLast firstUse newCountry newDevice newMerchant crossBorder
  notPresent crossBorderNotPresent night hour probing1h declined1h riskyMcc declined recurring
  merchantInitiated verification minutesSinceElsewhere magstripe countVsUsual sumVsUsual
  merchantFrauds merchantOrdinaryFrauds merchantFraudAgeDays merchantFraudOldestDays mean1h mean24h
  mean7d mean30d usualAmount usualDeviation unusual24h unusual7d unusual14d unusualSinceDays excess3d
  greatest7d cardFrauds cardFraudAgeDays weekend merchantFrauds14d merchantFrauds28d
  merchantSecondFraudAgeDays merchantFraudRun merchantFraudRunDays merchantFraudRunPerDay
  merchantOrdinaryRun merchantOrdinaryAgeDays merchantOrdinaryOldestDays merchantLeastDeviation
  merchantMeanDeviation merchantFraudShare
`;

test('columns stand where stored decisions and models know them', () => {
  const expected = places.trim().split(/\s+/);
  expect(featureNames.slice(0, expected.length)).toEqual(expected);
  expect(Object.values(FEATURE)).toEqual(featureNames.map((_, index) => index));
});

test('a row holds one finite number for each column', () => {
  const { policy } = compileRuleSet(defaultRuleSet);
  const judged = {
    profile: emptyProfile(),
    merchant: emptyRisk(),
    transaction: transaction({ at: Date.parse('2026-05-01T00:00:00Z') }),
  };
  const row = featuresOf(judged, policy);
  expect(row).toHaveLength(featureNames.length);
  expect(row.every(Number.isFinite)).toBe(true);
});
