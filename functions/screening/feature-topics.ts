import type { FeatureName } from './features.ts';
import { NEVER_DAYS, NO_DEVIATION } from './merchant-features.ts';
import { NEVER_MINUTES } from './windows.ts';

/** What a feature is about: of several about the same, one reason tells. */
export type FeatureTopic =
  | 'amount'
  | 'pace'
  | 'spending'
  | 'probing'
  | 'card'
  | 'device'
  | 'place'
  | 'channel'
  | 'time'
  | 'merchant'
  | 'merchantFraud'
  | 'cardFraud'
  | 'unusualSpending';

const topics: Readonly<Record<FeatureName, FeatureTopic>> = {
  amount: 'amount',
  amountVsMean: 'amount',
  amountDeviations: 'amount',
  verification: 'amount',
  count1h: 'pace',
  count24h: 'pace',
  count7d: 'pace',
  count30d: 'pace',
  countVsUsual: 'pace',
  minutesSinceLast: 'pace',
  sum1h: 'spending',
  sum24h: 'spending',
  sum7d: 'spending',
  sum30d: 'spending',
  sumVsUsual: 'spending',
  probing1h: 'probing',
  declined1h: 'probing',
  declined: 'probing',
  spendCount: 'card',
  cardAgeDays: 'card',
  firstUse: 'card',
  newDevice: 'device',
  newCountry: 'place',
  crossBorder: 'place',
  crossBorderNotPresent: 'place',
  minutesSinceElsewhere: 'place',
  notPresent: 'channel',
  magstripe: 'channel',
  recurring: 'channel',
  merchantInitiated: 'channel',
  night: 'time',
  hour: 'time',
  newMerchant: 'merchant',
  riskyMcc: 'merchant',
  merchantFrauds: 'merchantFraud',
  merchantOrdinaryFrauds: 'merchantFraud',
  merchantFraudAgeDays: 'merchantFraud',
  merchantFraudOldestDays: 'merchantFraud',
  mean1h: 'spending',
  mean24h: 'spending',
  mean7d: 'spending',
  mean30d: 'spending',
  usualAmount: 'card',
  usualDeviation: 'card',
  unusual24h: 'unusualSpending',
  unusual7d: 'unusualSpending',
  unusual14d: 'unusualSpending',
  unusualSinceDays: 'unusualSpending',
  excess3d: 'unusualSpending',
  greatest7d: 'unusualSpending',
  cardFrauds: 'cardFraud',
  cardFraudAgeDays: 'cardFraud',
  weekend: 'time',
  merchantFrauds14d: 'merchantFraud',
  merchantFrauds28d: 'merchantFraud',
  merchantSecondFraudAgeDays: 'merchantFraud',
  merchantFraudRun: 'merchantFraud',
  merchantFraudRunDays: 'merchantFraud',
  merchantFraudRunPerDay: 'merchantFraud',
  merchantOrdinaryRun: 'merchantFraud',
  merchantOrdinaryAgeDays: 'merchantFraud',
  merchantOrdinaryOldestDays: 'merchantFraud',
  merchantLeastDeviation: 'merchantFraud',
  merchantMeanDeviation: 'merchantFraud',
  merchantFraudShare: 'merchantFraud',
};

export function topicOf(feature: FeatureName): FeatureTopic {
  return topics[feature];
}

const never: Readonly<Partial<Record<FeatureName, number>>> = {
  minutesSinceLast: NEVER_MINUTES,
  minutesSinceElsewhere: NEVER_MINUTES,
  merchantFraudAgeDays: NEVER_DAYS,
  merchantFraudOldestDays: NEVER_DAYS,
  unusualSinceDays: NEVER_DAYS,
  cardFraudAgeDays: NEVER_DAYS,
  merchantSecondFraudAgeDays: NEVER_DAYS,
  merchantFraudRunDays: NEVER_DAYS,
  merchantOrdinaryAgeDays: NEVER_DAYS,
  merchantOrdinaryOldestDays: NEVER_DAYS,
  merchantLeastDeviation: NO_DEVIATION,
  merchantMeanDeviation: NO_DEVIATION,
};

/** True for a value that stands for "there was none": nothing to tell a person. */
export const isAbsent = (feature: FeatureName, value: number): boolean => value === never[feature];
