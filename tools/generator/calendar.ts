import { createOffsetOf } from '../../functions/screening/zone.ts';
import { HOME_ZONE } from './places.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** No day of life begins before six in the morning, wherever one is: nowhere east enough for that to be yesterday at home. */
export const DAY_BEGINS_HOUR = 6;

/** The days of a generated life, counted from 0, cut at midnight of the issuer's zone. */
export interface Calendar {
  readonly days: number;
  /** Epoch milliseconds of the first moment of a day, and of the moment after the last. */
  startOf(day: number): number;
  readonly end: number;
  /** The day a moment belongs to. */
  dayOf(epochMs: number): number;
  /** Epoch milliseconds of an hour (6 to 30, so past midnight) of that date as lived in a zone. */
  momentOf(day: number, hour: number, zone: string): number;
  dateOf(day: number): DayFacts;
}

export interface DayFacts {
  /** 1 to 31. */
  readonly dayOfMonth: number;
  /** 1 to 12. */
  readonly month: number;
  readonly isWeekend: boolean;
  /** Days of the two great sales of the year, when people buy on the net. */
  readonly isSale: boolean;
}

/** `from`: `YYYY-MM-DD`, the first day at home. */
export function createCalendar(from: string, days: number): Calendar {
  const firstDate = Date.parse(`${from}T00:00:00Z`);
  const offsets = new Map<string, (epochMinute: number) => number>();
  const offsetMs = (zone: string, dateMs: number): number => {
    let offsetOf = offsets.get(zone);
    if (!offsetOf) {
      offsetOf = createOffsetOf(zone);
      offsets.set(zone, offsetOf);
    }
    // One offset a day, that of its noon at home.
    return offsetOf(Math.floor(dateMs / MINUTE_MS) + 240) * MINUTE_MS;
  };
  const startOf = (day: number): number =>
    firstDate + day * DAY_MS - offsetMs(HOME_ZONE, firstDate + day * DAY_MS);
  return {
    days,
    startOf,
    end: startOf(days),
    dayOf: (epochMs) => Math.floor((epochMs - startOf(0)) / DAY_MS),
    momentOf(day, hour, zone) {
      const dateMs = firstDate + day * DAY_MS;
      return dateMs + Math.round(hour * 3600) * 1000 - offsetMs(zone, dateMs);
    },
    dateOf(day) {
      const date = new Date(firstDate + day * DAY_MS);
      const [month, dayOfMonth] = [date.getUTCMonth() + 1, date.getUTCDate()];
      return {
        dayOfMonth,
        month,
        isWeekend: date.getUTCDay() % 6 === 0,
        isSale: (month === 11 && dayOfMonth <= 11) || (month === 6 && dayOfMonth >= 15 && dayOfMonth <= 18),
      };
    },
  };
}
