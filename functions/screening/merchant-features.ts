import type { MerchantRisk } from './merchant-risk.ts';

/** What a merchant's known frauds say at a moment. */
export interface MerchantMeasures {
  frauds: number;
  ordinaryFrauds: number;
  /** Days since the latest and the earliest of them; {@link NEVER_DAYS} when there is none. */
  fraudAgeDays: number;
  fraudOldestDays: number;
}

export const NEVER_DAYS = 1000;
const DAY = 1440;
const WINDOW_DAYS = 35;
/** Two standard deviations above the card's mean, in quarters: below that nobody would have wondered. */
const ORDINARY_QUARTERS = 8;

const unsuspected: MerchantMeasures = {
  frauds: 0,
  ordinaryFrauds: 0,
  fraudAgeDays: NEVER_DAYS,
  fraudOldestDays: NEVER_DAYS,
};

/** Frauds later than the moment itself are not seen: an event that comes late is judged as of its own time. */
export function measureMerchant(risk: MerchantRisk, minute: number): MerchantMeasures {
  if (risk.frauds.length === 0) return unsuspected;
  const measures = { ...unsuspected };
  for (const fraud of risk.frauds) {
    const age = (minute - fraud.minute) / DAY;
    if (age < 0 || age > WINDOW_DAYS) continue;
    measures.frauds++;
    if (fraud.oddness < ORDINARY_QUARTERS) measures.ordinaryFrauds++;
    if (measures.fraudAgeDays === NEVER_DAYS) measures.fraudAgeDays = age;
    measures.fraudOldestDays = age;
  }
  return measures;
}
