import type { TransactionAuthorized } from '../transaction/events.ts';
import { LEAST_SPENDS, measureCardFrauds, usualOf } from './card-frauds.ts';
import { isCardNotPresent, isCardPresent } from './entry-mode.ts';
import { FEATURE, type Features, featureNames, type MoneyUnit } from './feature-table.ts';
import { type MerchantMeasures, measureMerchant, NEVER_DAYS } from './merchant-features.ts';
import type { MerchantRisk } from './merchant-risk.ts';
import type { CardProfile } from './profile.ts';
import { countryNumber, merchantDigest, smallDigest } from './small-digest.ts';
import { measureWindows, NEVER_MINUTES, type Usual, type Windows } from './windows.ts';

export {
  FEATURE,
  type FeatureName,
  type Features,
  featureNames,
  type MoneyUnit,
  moneyFeatures,
} from './feature-table.ts';

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

/** What a transaction is judged by: card and merchant as they were before it. */
export interface Judged {
  readonly profile: CardProfile;
  readonly merchant: MerchantRisk;
  readonly transaction: TransactionAuthorized;
}

/** Pure; the columns in the order of {@link FEATURE}. */
export function featuresOf(judged: Judged, policy: FeaturePolicy): Features {
  const moment = momentOf(judged, policy);
  // One array from the start: three pushed together cost 90 ns more.
  const row: number[] = [];
  pushSpending(row, judged, moment);
  pushUse(row, judged, moment, policy);
  pushMerchant(row, moment);
  pushCard(row, judged, moment);
  pushMerchantRun(row, moment);
  return row;
}

/** What several columns are made of. */
interface Moment {
  readonly minute: number;
  readonly isVerification: boolean;
  /** Of the billing currency; undefined when its worth is not known. */
  readonly unit: MoneyUnit | undefined;
  /** Of sums: undefined also where they cannot be compared with this amount. */
  readonly sumUnit: MoneyUnit | undefined;
  /** Minor units that may be held against the card's usual ones; 0 when they may not. */
  readonly judgedMinor: number;
  readonly ownSum: number;
  readonly usual: Usual;
  readonly windows: Windows;
  readonly known: MerchantMeasures;
  readonly country: number;
  readonly hour: number;
  readonly weekday: number;
}

function momentOf({ profile, merchant: risk, transaction }: Judged, policy: FeaturePolicy): Moment {
  const { billing, merchant } = transaction;
  const minute = Math.floor(Date.parse(transaction.occurredAt) / 60_000);
  const isVerification = billing.minor === 0 || transaction.amount.minor === 0;
  const unit = policy.unitOf(billing.currency);
  const isComparable = profile.currency === '' || profile.currency === billing.currency;
  const judgedMinor = isComparable && !isVerification ? billing.minor : 0;
  const smallMinor =
    unit && isComparable ? (policy.smallAmount / unit.moneyPerMajor) * unit.minorPerMajor : 0;
  const usual = usualOf(profile);
  const localHours = Math.floor((minute + policy.offsetOf(minute)) / 60);
  return {
    minute,
    isVerification,
    unit,
    sumUnit: isVerification || !isComparable ? undefined : unit,
    judgedMinor,
    ownSum: transaction.outcome === 'approved' ? judgedMinor : 0,
    usual,
    windows: measureWindows(profile.history, minute, { usual, smallMinor }),
    known: measureMerchant(risk, minute),
    country: countryNumber(merchant.country),
    hour: ((localHours % 24) + 24) % 24,
    // Day 0 of the epoch was a Thursday.
    weekday: (((Math.floor(localHours / 24) + 4) % 7) + 7) % 7,
  };
}

/** Columns 0 to 14. */
function pushSpending(row: number[], { profile, transaction }: Judged, moment: Moment): void {
  const { windows, ownSum, sumUnit, judgedMinor, usual, minute } = moment;
  row.push(
    moment.isVerification ? 0 : moneyOf(transaction.billing.minor, moment.unit),
    windows.count1h + 1,
    windows.count24h + 1,
    windows.count7d + 1,
    windows.count30d + 1,
    moneyOf(windows.sum1h + ownSum, sumUnit),
    moneyOf(windows.sum24h + ownSum, sumUnit),
    moneyOf(windows.sum7d + ownSum, sumUnit),
    moneyOf(windows.sum30d + ownSum, sumUnit),
    usual.mean > 0 ? judgedMinor / usual.mean : 0,
    usual.mean > 0 && judgedMinor > 0 ? (judgedMinor - usual.mean) / usual.deviation : 0,
    profile.spendCount,
    profile.attempts === 0 ? 0 : Math.max(0, Math.floor((minute - profile.firstMinute) / 1440)),
    windows.minutesSinceLast,
    flag(profile.attempts === 0),
  );
}

/** Columns 15 to 33. */
function pushUse(
  row: number[],
  { profile, transaction }: Judged,
  moment: Moment,
  policy: FeaturePolicy,
): void {
  const { merchant, entryMode } = transaction;
  const { windows, country, hour, minute, sumUnit, ownSum } = moment;
  const crossBorder = flag(country !== policy.homeCountry);
  const notPresent = flag(isCardNotPresent(entryMode));
  const elsewhere =
    isCardPresent(entryMode) && profile.presentCountry !== 0 && profile.presentCountry !== country;
  row.push(
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
    flag(moment.isVerification),
    elsewhere ? Math.min(NEVER_MINUTES, Math.abs(minute - profile.presentMinute)) : NEVER_MINUTES,
    flag(entryMode === 'magstripe'),
    usualRatio(windows, windows.count24h + 1, windows.count30d - windows.count24h),
    sumUnit ? usualRatio(windows, windows.sum24h + ownSum, windows.sum30d - windows.sum24h) : 0,
  );
}

/** Columns 34 to 37. */
function pushMerchant(row: number[], { known }: Moment): void {
  row.push(known.frauds, known.ordinaryFrauds, known.ageDays, known.oldestDays);
}

/** Columns 38 to 52. */
function pushCard(row: number[], { profile, transaction }: Judged, moment: Moment): void {
  const { windows, ownSum, sumUnit, usual, minute, weekday } = moment;
  const own = transaction.outcome === 'approved' && ownSum > 0 ? 1 : 0;
  const mean = (sum: number, spends: number) => moneyOf((sum + ownSum) / Math.max(1, spends + own), sumUnit);
  const unusualDays = windows.unusualMinutes === NEVER_MINUTES ? NEVER_DAYS : windows.unusualMinutes / 1440;
  const frauds = measureCardFrauds(profile.frauds, minute);
  row.push(
    mean(windows.sum1h, windows.spends1h),
    mean(windows.sum24h, windows.spends24h),
    mean(windows.sum7d, windows.spends7d),
    mean(windows.sum30d, windows.spends30d),
    moneyOf(usual.mean, sumUnit),
    moneyOf(usual.deviation, sumUnit),
    windows.unusual24h,
    windows.unusual7d,
    windows.unusual14d,
    unusualDays,
    windows.excess3d,
    windows.greatest7d,
    frauds.count,
    frauds.ageDays,
    flag(weekday === 0 || weekday === 6),
  );
}

/** Columns 53 to 64. */
function pushMerchantRun(row: number[], { known }: Moment): void {
  row.push(
    known.frauds14d,
    known.frauds28d,
    known.secondAgeDays,
    known.run,
    known.runDays,
    known.runPerDay,
    known.runOrdinary,
    known.ordinaryAgeDays,
    known.ordinaryOldestDays,
    known.leastDeviation,
    known.meanDeviation,
    known.fraudShare,
  );
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
