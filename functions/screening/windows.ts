import { DECLINED, EXACT, type History, INCOMPARABLE, WIDTH_MINUTES } from './history.ts';

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

/**
 * Measures the windows that end at `minute`, that minute included and its beginning (`minute − 60` …) not:
 * what happened later is not seen, however it arrived (H25). A bucket that lies across an edge counts by
 * the share of its span inside.
 */
export function measureWindows(history: History, minute: number, smallMinor: number): Windows {
  const windows: Windows = {
    count1h: 0,
    count24h: 0,
    count7d: 0,
    count30d: 0,
    sum1h: 0,
    sum24h: 0,
    sum7d: 0,
    sum30d: 0,
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
      addSingle(windows, age, kind, history.amounts[i] ?? 0, smallMinor);
    }
    if (isLatest) {
      const end = start + (WIDTH_MINUTES[kind >> 2] ?? 1) - 1;
      windows.minutesSinceLast = Math.min(NEVER_MINUTES, Math.max(0, minute - end));
      isLatest = false;
    }
  }
  return windows;
}

function addSingle(windows: Windows, age: number, kind: number, amount: number, smallMinor: number): void {
  const sum = kind === 0 ? amount : 0;
  windows.count30d++;
  windows.sum30d += sum;
  if (age >= 7 * DAY) return;
  windows.count7d++;
  windows.sum7d += sum;
  if (age >= DAY) return;
  windows.count24h++;
  windows.sum24h += sum;
  if (age >= HOUR) return;
  windows.count1h++;
  windows.sum1h += sum;
  if (kind === DECLINED) windows.declined1h++;
  if (kind === DECLINED || (kind !== INCOMPARABLE && amount <= smallMinor)) windows.probing1h++;
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
  windows.sum1h += sum * share(HOUR);
  windows.sum24h += sum * share(DAY);
  windows.sum7d += sum * share(7 * DAY);
  windows.sum30d += sum * share(30 * DAY);
}
