/**
 * The facts rules and models are made of: one flat row of numbers, its columns named by {@link FEATURE}.
 * Columns are only ever added at the end: stored decisions and trained models know them by place.
 * "Money" is in major units of the rule set's currency; yes/no is 1/0. Attempts count approved and
 * declined ones, sums approved ones only; both include the transaction judged, by its own time.
 */
export const FEATURE = {
  /** Money billed; 0 for an account verification. */
  amount: 0,
  /** Attempts in the last hour / 24 h / 7 d / 30 d. */
  count1h: 1,
  count24h: 2,
  count7d: 3,
  count30d: 4,
  /** Money approved in the last hour / 24 h / 7 d / 30 d; 0 for an account verification. */
  sum1h: 5,
  sum24h: 6,
  sum7d: 7,
  sum30d: 8,
  /** Amount ÷ mean of the card's approved amounts; 0 below 5 of them. */
  amountVsMean: 9,
  /** (Amount − mean) ÷ standard deviation, the latter taken as at least a quarter of the mean; 0 below 5. */
  amountDeviations: 10,
  /** Approved amounts above zero so far, this one not included. */
  spendCount: 11,
  /** Whole days since the card's first transaction. */
  cardAgeDays: 12,
  /** Minutes since the card's latest earlier attempt, at most 1,000,000 (also when there is none known). */
  minutesSinceLast: 13,
  /** Yes: the card's first attempt. */
  firstUse: 14,
  /** Yes: a country, device, merchant the card has not lately used, though it has used others. */
  newCountry: 15,
  newDevice: 16,
  newMerchant: 17,
  /** Yes: the merchant is outside the home country. */
  crossBorder: 18,
  /** Yes: only the card's data were used (net, mail, telephone, keyed in). */
  notPresent: 19,
  crossBorderNotPresent: 20,
  /** Yes: within the night hours of the issuer's zone. */
  night: 21,
  /** Hour of the day in the issuer's zone, 0–23. */
  hour: 22,
  /** Declined or small attempts in the hour before, this one not included. */
  probing1h: 23,
  /** Declined attempts in the hour before, this one not included. */
  declined1h: 24,
  /** Yes: the merchant's category is on the rule set's list. */
  riskyMcc: 25,
  /** Yes, from the event. */
  declined: 26,
  recurring: 27,
  merchantInitiated: 28,
  /** Yes: amount 0, an account verification. */
  verification: 29,
  /** Minutes since the card itself was last read in another country; 1,000,000 when it was not. */
  minutesSinceElsewhere: 30,
  /** Yes: the magnetic strip was read, which a copied card needs. */
  magstripe: 31,
  /** Attempts in 24 h ÷ the card's daily mean over the 29 days before; 0 below 5 of those. */
  countVsUsual: 32,
  /** Money in 24 h ÷ the card's daily mean over the 29 days before; 0 below 5 attempts there. */
  sumVsUsual: 33,
  /** Frauds known at the merchant, by the transactions' own times, in the 35 days before. */
  merchantFrauds: 34,
  /** Of these, the ones whose amount was ordinary for their card: they point to the merchant. */
  merchantOrdinaryFrauds: 35,
  /** Days since the latest and since the earliest of them; 1,000 when there is none. */
  merchantFraudAgeDays: 36,
  merchantFraudOldestDays: 37,
  /** Mean of the money approved in the last hour / 24 h / 7 d / 30 d, this one included when approved. */
  mean1h: 38,
  mean24h: 39,
  mean7d: 40,
  mean30d: 41,
  /** The card's mean and standard deviation over all its life, known frauds taken out; 0 below 5 amounts. */
  usualAmount: 42,
  usualDeviation: 43,
  /** Approved amounts before this one of at least 2.5 deviations above the mean, in 24 h / 7 d / 14 d. */
  unusual24h: 44,
  unusual7d: 45,
  unusual14d: 46,
  /** Days since the earliest of these in 14 d; 1,000 when there is none. */
  unusualSinceDays: 47,
  /** Deviations above mean + 1 deviation, added up over the approved amounts of 3 days before this one. */
  excess3d: 48,
  /** Deviations above the mean of the greatest approved amount of 7 days before this one; 0 when none is above one. */
  greatest7d: 49,
  /** Frauds known on the card, of 35 days, and days since the latest; 1,000 when there is none. */
  cardFrauds: 50,
  cardFraudAgeDays: 51,
  /** Yes: Saturday or Sunday in the issuer's zone. */
  weekend: 52,
  /** Frauds known at the merchant, of 14 and of 28 days. */
  merchantFrauds14d: 53,
  merchantFrauds28d: 54,
  /** Days since the last but one; 1,000 when there is none. */
  merchantSecondFraudAgeDays: 55,
  /** The run of frauds at the merchant back from the latest, no gap above ten days: how many, since how many days, a day. */
  merchantFraudRun: 56,
  merchantFraudRunDays: 57,
  merchantFraudRunPerDay: 58,
  /** Of the run, those of an amount ordinary for their card; days since the latest and the earliest of them, or 1,000. */
  merchantOrdinaryRun: 59,
  merchantOrdinaryAgeDays: 60,
  merchantOrdinaryOldestDays: 61,
  /** Least and mean deviation of the run's amounts above their cards' usual ones; 99 when none is known. */
  merchantLeastDeviation: 62,
  merchantMeanDeviation: 63,
  /** Frauds of 28 days ÷ transactions of 28 days at the merchant, 1 while it is not known to be a busy one, 0 without frauds. */
  merchantFraudShare: 64,
} as const;

export type FeatureName = keyof typeof FEATURE;
export const featureNames = Object.keys(FEATURE) as readonly FeatureName[];

/** Columns that hold money: shown in the card's currency, compared in the rule set's. */
export const moneyFeatures: ReadonlySet<FeatureName> = new Set([
  'amount',
  'sum1h',
  'sum24h',
  'sum7d',
  'sum30d',
  'mean1h',
  'mean24h',
  'mean7d',
  'mean30d',
  'usualAmount',
  'usualDeviation',
]);

/** One row; see {@link FEATURE} for its columns. */
export type Features = readonly number[];

/** Divided first and multiplied after, so that 100.00 is exactly 100: thresholds lie on such values. */
export interface MoneyUnit {
  readonly minorPerMajor: number;
  readonly moneyPerMajor: number;
}
