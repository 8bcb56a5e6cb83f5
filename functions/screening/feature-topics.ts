import type { FeatureName } from './features.ts';
import { NEVER_DAYS, NO_DEVIATION } from './merchant-features.ts';
import { NEVER_MINUTES } from './windows.ts';

/**
 * What a feature is about: of several about the same, one reason tells. By the beginning of its name, the first that
 * fits; short, as every function that judges carries it.
 */
const topics = {
  amount: /^(amount|verification)/,
  pace: /^(count|minutesSinceLast)/,
  spending: /^(sum|mean)/,
  probing: /^(probing|declined)/,
  card: /^(spendCount|cardAge|firstUse|usual)/,
  device: /^newDevice/,
  place: /^(newCountry|crossBorder|minutesSinceElsewhere)/,
  channel: /^(notPresent|magstripe|recurring|merchantInitiated)/,
  time: /^(night|hour|weekend)/,
  merchant: /^(newMerchant|riskyMcc)/,
  cardFraud: /^cardFraud/,
  unusualSpending: /^(unusual|excess|greatest)/,
  merchantFraud: /^merchant/,
} as const;
export type FeatureTopic = keyof typeof topics;
const topicNames = Object.keys(topics) as readonly FeatureTopic[];

/** A feature that none of them fits is a topic of its own. */
export function topicOf(feature: FeatureName): FeatureTopic | FeatureName {
  return topicNames.find((topic) => topics[topic].test(feature)) ?? feature;
}

/** True for a value that stands for "there was none": nothing to tell a person. */
export function isAbsent(feature: FeatureName, value: number): boolean {
  if (value === NEVER_DAYS) return feature.endsWith('Days');
  if (value === NEVER_MINUTES) return feature.startsWith('minutes');
  return value === NO_DEVIATION && /(Least|Mean)Deviation$/.test(feature);
}
