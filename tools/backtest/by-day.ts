import { dayName } from './judged.ts';

/** Figures of one UTC day; money in major units of the rule set's currency. */
export interface DayCounts {
  transactions: number;
  frauds: number;
  fraudValue: number;
  /** Frauds whose own decision was alert or freeze. */
  foundFrauds: number;
  foundValue: number;
  /** Of these, value that went through all the same: the card was not frozen yet. */
  foundLateValue: number;
  /** Frauds that met a frozen card. */
  savedFrauds: number;
  savedValue: number;
  /** Genuine transactions whose own decision was alert or freeze. */
  flaggedGenuine: number;
  trueAlerts: number;
  falseAlerts: number;
  /** Distinct customers whose card was frozen in an alert without a fraud. */
  wronglyFrozen: number;
  /** Genuine purchases that met a wrongly frozen card. */
  wronglyRefused: number;
}

export type DayFigures = Readonly<DayCounts> & { readonly day: string };

export interface ByDay {
  of(day: number): DayCounts;
  /** Every day from the first to the last, those without a transaction too. */
  figures(): readonly DayFigures[];
}

const empty = (): DayCounts => ({
  transactions: 0,
  frauds: 0,
  fraudValue: 0,
  foundFrauds: 0,
  foundValue: 0,
  foundLateValue: 0,
  savedFrauds: 0,
  savedValue: 0,
  flaggedGenuine: 0,
  trueAlerts: 0,
  falseAlerts: 0,
  wronglyFrozen: 0,
  wronglyRefused: 0,
});

export function createByDay(): ByDay {
  const days = new Map<number, DayCounts>();
  return {
    of(day) {
      const known = days.get(day);
      if (known !== undefined) return known;
      const fresh = empty();
      days.set(day, fresh);
      return fresh;
    },
    figures() {
      if (days.size === 0) return [];
      const first = Math.min(...days.keys());
      const last = Math.max(...days.keys());
      return Array.from({ length: last - first + 1 }, (_, index) => ({
        day: dayName(first + index),
        ...(days.get(first + index) ?? empty()),
      }));
    },
  };
}

/** Sum of one column. */
export const sumOf = (days: readonly DayFigures[], column: keyof DayCounts): number =>
  days.reduce((sum, day) => sum + day[column], 0);
