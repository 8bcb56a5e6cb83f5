import { type MerchantRisk, ODDNESS_QUARTERS, ODDNESS_UNKNOWN } from './merchant-risk.ts';

/** What a merchant's known frauds say at a moment; days and counts by the frauds' own times. */
export interface MerchantMeasures {
  /** In 35 days, 28 days, 14 days. */
  frauds: number;
  frauds28d: number;
  frauds14d: number;
  /** In 35 days, of an amount that was ordinary for the card. */
  ordinaryFrauds: number;
  /** Since the latest, the one before it, and the earliest; {@link NEVER_DAYS} when there is none. */
  ageDays: number;
  secondAgeDays: number;
  oldestDays: number;
  /** The run: frauds back from the latest without a gap of more than ten days. */
  run: number;
  runDays: number;
  /** Frauds a day within the run; 0 for a single one. */
  runPerDay: number;
  /** Of the run, those of an ordinary amount, and the days since the latest and the earliest of them. */
  runOrdinary: number;
  ordinaryAgeDays: number;
  ordinaryOldestDays: number;
  /** Deviations above their cards' usual amounts of the run's frauds; {@link NO_DEVIATION} without any known. */
  leastDeviation: number;
  meanDeviation: number;
  /** Frauds of 28 days ÷ transactions of 28 days, as far as counted; 0 without frauds, 1 when none was counted. */
  fraudShare: number;
}

export const NEVER_DAYS = 1000;
export const NO_DEVIATION = 99;
const DAY = 1440;
/** A compromise is found and ended within weeks: what is older says nothing of today. */
const WINDOW_DAYS = 35;
const RUN_GAP_DAYS = 10;
/** Below two deviations above the card's mean nobody would have wondered at the amount. */
const ORDINARY_DEVIATIONS = 2;
/** Times of frauds are known to the minute: two of the same half day make no rate. */
const LEAST_RUN_DAYS = 0.5;

const unsuspected: MerchantMeasures = {
  frauds: 0,
  frauds28d: 0,
  frauds14d: 0,
  ordinaryFrauds: 0,
  ageDays: NEVER_DAYS,
  secondAgeDays: NEVER_DAYS,
  oldestDays: NEVER_DAYS,
  run: 0,
  runDays: NEVER_DAYS,
  runPerDay: 0,
  runOrdinary: 0,
  ordinaryAgeDays: NEVER_DAYS,
  ordinaryOldestDays: NEVER_DAYS,
  leastDeviation: NO_DEVIATION,
  meanDeviation: NO_DEVIATION,
  fraudShare: 0,
};

/** Frauds later than the moment itself are not seen: an event that comes late is judged as of its own time. */
export function measureMerchant(risk: MerchantRisk, minute: number): MerchantMeasures {
  if (risk.frauds.length === 0) return unsuspected;
  const measures = { ...unsuspected };
  let deviationSum = 0;
  let deviationCount = 0;
  let isRun = true;
  for (const fraud of risk.frauds) {
    const age = (minute - fraud.minute) / DAY;
    if (age < 0) continue;
    if (age > WINDOW_DAYS) break;
    const deviations = fraud.oddness === ODDNESS_UNKNOWN ? undefined : fraud.oddness / ODDNESS_QUARTERS;
    const isOrdinary = deviations !== undefined && deviations < ORDINARY_DEVIATIONS;
    isRun &&= measures.frauds === 0 || age - measures.oldestDays <= RUN_GAP_DAYS;
    countFraud(measures, age, isOrdinary);
    if (!isRun) continue;
    measures.run++;
    measures.runDays = age;
    if (deviations !== undefined) {
      deviationSum += deviations;
      deviationCount++;
      measures.leastDeviation = Math.min(measures.leastDeviation, deviations);
    }
    if (!isOrdinary) continue;
    measures.runOrdinary++;
    if (measures.runOrdinary === 1) measures.ordinaryAgeDays = age;
    measures.ordinaryOldestDays = age;
  }
  if (deviationCount > 0) measures.meanDeviation = deviationSum / deviationCount;
  if (measures.run > 1) {
    measures.runPerDay = measures.run / Math.max(LEAST_RUN_DAYS, measures.runDays - measures.ageDays);
  }
  measures.fraudShare = shareOf(risk, measures.frauds28d, minute);
  return measures;
}

function countFraud(measures: MerchantMeasures, age: number, isOrdinary: boolean): void {
  measures.frauds++;
  if (age <= 28) measures.frauds28d++;
  if (age <= 14) measures.frauds14d++;
  if (isOrdinary) measures.ordinaryFrauds++;
  if (measures.frauds === 1) measures.ageDays = age;
  if (measures.frauds === 2) measures.secondAgeDays = age;
  measures.oldestDays = age;
}

/**
 * The rate of the days since the merchant came under suspicion stands for the 28 days before. Until a day is over, what
 * was counted is taken for a whole day's: a busy merchant is known as such within minutes.
 */
function shareOf(risk: MerchantRisk, frauds: number, minute: number): number {
  if (frauds === 0) return 0;
  const days = Math.max(1, (minute - risk.suspectedSince) / DAY);
  return Math.min(1, frauds / Math.max(frauds, (risk.sightings / days) * 28));
}
