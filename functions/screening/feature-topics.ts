import type { FeatureName } from './features.ts';

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
  | 'unusualSpending'
  | 'other';

const topics: Readonly<Partial<Record<FeatureName, FeatureTopic>>> = {
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
};

export function topicOf(feature: FeatureName): FeatureTopic {
  return topics[feature] ?? 'other';
}
