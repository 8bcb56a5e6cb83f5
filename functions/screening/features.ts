import type { TransactionAuthorized } from '../transaction/events.ts';
import { isCardNotPresent, isCardPresent } from './entry-mode.ts';
import { measureMerchant } from './merchant-features.ts';
import type { MerchantRisk } from './merchant-risk.ts';
import type { CardProfile } from './profile.ts';
import { countryNumber, merchantDigest, smallDigest } from './small-digest.ts';
import { measureWindows, NEVER_MINUTES, type Windows } from './windows.ts';

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
]);

/** One row; see {@link FEATURE} for its columns. */
export type Features = readonly number[];

/** Divided first and multiplied after, so that 100.00 is exactly 100: thresholds lie on such values. */
export interface MoneyUnit {
  readonly minorPerMajor: number;
  readonly moneyPerMajor: number;
}

/** What features need to know of the rule set. */
export interface FeaturePolicy {
  readonly homeCountry: number;
  readonly riskyMcc: ReadonlySet<string>;
  /** First hour of the night and first hour after it, issuer's zone; may run over midnight. */
  readonly nightFromHour: number;
  readonly nightToHour: number;
  readonly offsetOf: (epochMinute: number) => number;
  /** How amounts of a billing currency become money; undefined when unknown: then only relative features speak. */
  readonly unitOf: (currency: string) => MoneyUnit | undefined;
  /** Money up to which an attempt counts as small. */
  readonly smallAmount: number;
}

/** A mean of fewer amounts says little: the relative features stay 0. */
const LEAST_SPENDS = 5;
/** Someone who always pays the same must not be alarmed by a few yuan more. */
const LEAST_RELATIVE_DEVIATION = 0.25;

/** What a transaction is judged by: card and merchant as they were before it. */
export interface Judged {
  readonly profile: CardProfile;
  readonly merchant: MerchantRisk;
  readonly transaction: TransactionAuthorized;
}

/** Pure. */
export function featuresOf(
  { profile, merchant: risk, transaction }: Judged,
  policy: FeaturePolicy,
): Features {
  const { billing, merchant, entryMode } = transaction;
  const minute = Math.floor(Date.parse(transaction.occurredAt) / 60_000);
  const isVerification = billing.minor === 0 || transaction.amount.minor === 0;
  const unit = policy.unitOf(billing.currency);
  const isComparable = profile.currency === '' || profile.currency === billing.currency;
  const judgedMinor = isComparable && !isVerification ? billing.minor : 0;
  const smallMinor =
    unit && isComparable ? (policy.smallAmount / unit.moneyPerMajor) * unit.minorPerMajor : 0;
  const known = measureMerchant(risk, minute);
  const windows = measureWindows(profile.history, minute, smallMinor);
  const ownSum = transaction.outcome === 'approved' ? judgedMinor : 0;
  const sumUnit = isVerification || !isComparable ? undefined : unit;
  const country = countryNumber(merchant.country);
  const crossBorder = flag(country !== policy.homeCountry);
  const notPresent = flag(isCardNotPresent(entryMode));
  const hour = Math.floor(((((minute + policy.offsetOf(minute)) / 60) % 24) + 24) % 24);
  const mean = profile.spendCount >= LEAST_SPENDS ? profile.spendSum / profile.spendCount : 0;
  const elsewhere =
    isCardPresent(entryMode) && profile.presentCountry !== 0 && profile.presentCountry !== country;
  return [
    isVerification ? 0 : moneyOf(billing.minor, unit),
    windows.count1h + 1,
    windows.count24h + 1,
    windows.count7d + 1,
    windows.count30d + 1,
    moneyOf(windows.sum1h + ownSum, sumUnit),
    moneyOf(windows.sum24h + ownSum, sumUnit),
    moneyOf(windows.sum7d + ownSum, sumUnit),
    moneyOf(windows.sum30d + ownSum, sumUnit),
    mean > 0 ? judgedMinor / mean : 0,
    mean > 0 && judgedMinor > 0 ? (judgedMinor - mean) / deviationOf(profile, mean) : 0,
    profile.spendCount,
    profile.attempts === 0 ? 0 : Math.max(0, Math.floor((minute - profile.firstMinute) / 1440)),
    windows.minutesSinceLast,
    flag(profile.attempts === 0),
    isNew(profile.countries, country),
    transaction.deviceId === undefined ? 0 : isNew(profile.devices, smallDigest(transaction.deviceId)),
    isNew(profile.merchants, merchantDigest(merchant.id)),
    crossBorder,
    notPresent,
    crossBorder * notPresent,
    flag(isNight(hour, policy)),
    hour,
    windows.probing1h,
    windows.declined1h,
    flag(policy.riskyMcc.has(merchant.mcc)),
    flag(transaction.outcome === 'declined'),
    flag(transaction.recurring),
    flag(transaction.merchantInitiated),
    flag(isVerification),
    elsewhere ? Math.min(NEVER_MINUTES, Math.abs(minute - profile.presentMinute)) : NEVER_MINUTES,
    flag(entryMode === 'magstripe'),
    usualRatio(windows, windows.count24h + 1, windows.count30d - windows.count24h),
    sumUnit ? usualRatio(windows, windows.sum24h + ownSum, windows.sum30d - windows.sum24h) : 0,
    known.frauds,
    known.ordinaryFrauds,
    known.fraudAgeDays,
    known.fraudOldestDays,
  ];
}

function moneyOf(minor: number, unit: MoneyUnit | undefined): number {
  return unit ? (minor / unit.minorPerMajor) * unit.moneyPerMajor : 0;
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function isNew(known: readonly number[], value: number): number {
  return known.length > 0 && !known.includes(value) ? 1 : 0;
}

function deviationOf(profile: CardProfile, mean: number): number {
  const variance = Math.max(0, profile.spendSquares / profile.spendCount - mean * mean);
  return Math.max(Math.sqrt(variance), mean * LEAST_RELATIVE_DEVIATION);
}

function isNight(hour: number, policy: FeaturePolicy): boolean {
  const { nightFromHour: from, nightToHour: to } = policy;
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** Today's figure over the daily mean of the 29 days before it. */
function usualRatio(windows: Windows, today: number, before: number): number {
  const isEnough = windows.count30d - windows.count24h >= LEAST_SPENDS && before > 0;
  return isEnough ? (today * 29) / before : 0;
}

/** The row as named values, for storing beside an alert and for people. */
export function namedFeatures(features: Features): Readonly<Record<string, number>> {
  return Object.fromEntries(featureNames.map((name) => [name, features[FEATURE[name]] ?? 0]));
}
