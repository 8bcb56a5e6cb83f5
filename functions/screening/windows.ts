import { APPROVED, DECLINED, EXACT, type History, INCOMPARABLE, WIDTH_MINUTES } from './history.ts';

/** Attempts and approved sums (billing minor units) before a moment; see {@link measureWindows}. */
export interface Windows {
  count1h: number;
  count24h: number;
  count7d: number;
  count30d: number;
  sum1h: number;
  sum24h: number;
  sum7d: number;
  sum30d: number;
  /** Attempts that were approved: what the sums are made of. */
  spends1h: number;
  spends24h: number;
  spends7d: number;
  spends30d: number;
  /** Approved amounts far above the card's usual one. */
  unusual24h: number;
  unusual7d: number;
  unusual14d: number;
  /** By how many deviations approved amounts of three days lie more than one above the usual, added up. */
  excess3d: number;
  /** Deviations above the usual of the greatest approved amount in seven days; 0 when none is above. */
  greatest7d: number;
  /** Minutes since the earliest unusual one of 14 days; {@link NEVER_MINUTES} when there is none. */
  unusualMinutes: number;
  /** Declined or small attempts in the hour. */
  probing1h: number;
  declined1h: number;
  /** At most 1,000,000. */
  minutesSinceLast: number;
}

/** Stands for "never", and the longest told. */
export const NEVER_MINUTES = 1_000_000;

const HOUR = 60;
const DAY = 24 * HOUR;
/** Deviations above the mean from which an amount counts as unusual for its card. */
export const UNUSUAL_DEVIATIONS = 2.5;

/** What to compare amounts by, billing minor units; a mean of 0 stands for a card too little known. */
export interface Usual {
  readonly mean: number;
  readonly deviation: number;
}

/** By what attempts are measured. */
export interface Measure {
  readonly usual: Usual;
  /** Amounts up to this are small, billing minor units. */
  readonly smallMinor: number;
}

/**
 * Measures the windows that end at `minute`, that minute included and its beginning (`minute − 60` …) not:
 * what happened later is not seen, however it arrived (H25). A bucket that lies across an edge counts by
 * the share of its span inside.
 */
export function measureWindows(history: History, minute: number, measure: Measure): Windows {
  const windows: Windows = {
    count1h: 0,
    count24h: 0,
    count7d: 0,
    count30d: 0,
    sum1h: 0,
    sum24h: 0,
    sum7d: 0,
    sum30d: 0,
    spends1h: 0,
    spends24h: 0,
    spends7d: 0,
    spends30d: 0,
    unusual24h: 0,
    unusual7d: 0,
    unusual14d: 0,
    excess3d: 0,
    greatest7d: 0,
    unusualMinutes: NEVER_MINUTES,
    probing1h: 0,
    declined1h: 0,
    minutesSinceLast: NEVER_MINUTES,
  };
  const { minutes, kinds } = history;
  let isLatest = true;
  for (let i = 0; i < minutes.length; i++) {
    const start = minutes[i] ?? 0;
    if (start > minute) continue;
    const kind = kinds[i] ?? 0;
    const age = minute - start;
    if (kind >> 2 !== EXACT) {
      addBucket(windows, history, i, minute);
    } else if (age < 30 * DAY) {
      addSingle(windows, age, kind, history.amounts[i] ?? 0, measure);
    }
    if (isLatest) {
      const end = start + (WIDTH_MINUTES[kind >> 2] ?? 1) - 1;
      windows.minutesSinceLast = Math.min(NEVER_MINUTES, Math.max(0, minute - end));
      isLatest = false;
    }
  }
  return windows;
}

function addSingle(windows: Windows, age: number, kind: number, amount: number, measure: Measure): void {
  const isSpend = kind === APPROVED;
  const sum = isSpend ? amount : 0;
  const spends = isSpend ? 1 : 0;
  if (isSpend && measure.usual.mean > 0) addUnusual(windows, age, amount, measure.usual);
  windows.count30d++;
  windows.sum30d += sum;
  windows.spends30d += spends;
  if (age >= 7 * DAY) return;
  windows.count7d++;
  windows.sum7d += sum;
  windows.spends7d += spends;
  if (age >= DAY) return;
  windows.count24h++;
  windows.sum24h += sum;
  windows.spends24h += spends;
  if (age >= HOUR) return;
  windows.count1h++;
  windows.sum1h += sum;
  windows.spends1h += spends;
  if (kind === DECLINED) windows.declined1h++;
  if (kind === DECLINED || (kind !== INCOMPARABLE && amount <= measure.smallMinor)) windows.probing1h++;
}

function addUnusual(windows: Windows, age: number, amount: number, { mean, deviation }: Usual): void {
  if (age >= 14 * DAY || amount <= mean + deviation) return;
  const deviations = (amount - mean) / deviation;
  if (age < 7 * DAY) windows.greatest7d = Math.max(windows.greatest7d, deviations);
  if (age < 3 * DAY) windows.excess3d += deviations - 1;
  if (deviations < UNUSUAL_DEVIATIONS) return;
  windows.unusual14d++;
  if (age < 7 * DAY) windows.unusual7d++;
  if (age < DAY) windows.unusual24h++;
  windows.unusualMinutes = age;
}

function addBucket(windows: Windows, history: History, index: number, minute: number): void {
  const start = history.minutes[index] ?? 0;
  const width = WIDTH_MINUTES[(history.kinds[index] ?? 0) >> 2] ?? 1;
  const count = history.counts[index] ?? 0;
  const sum = history.amounts[index] ?? 0;
  // The bucket that is still filling has only had the time until now.
  const span = Math.min(width, minute - start + 1);
  const share = (windowMinutes: number) =>
    Math.max(0, Math.min(1, (start + span - 1 - (minute - windowMinutes)) / span));
  windows.count1h += Math.round(count * share(HOUR));
  windows.count24h += Math.round(count * share(DAY));
  windows.count7d += Math.round(count * share(7 * DAY));
  windows.count30d += Math.round(count * share(30 * DAY));
  // What of a bucket was declined is not kept: all of it counts as approved.
  windows.spends1h += Math.round(count * share(HOUR));
  windows.spends24h += Math.round(count * share(DAY));
  windows.spends7d += Math.round(count * share(7 * DAY));
  windows.spends30d += Math.round(count * share(30 * DAY));
  windows.sum1h += sum * share(HOUR);
  windows.sum24h += sum * share(DAY);
  windows.sum7d += sum * share(7 * DAY);
  windows.sum30d += sum * share(30 * DAY);
}
