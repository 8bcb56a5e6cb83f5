import { type ByteReader, type ByteWriter, readVarint, writeVarint } from './packing.ts';

/**
 * The card's transactions of the last month, newest first, as parallel arrays. An entry is one transaction
 * to the minute (width 0) or a bucket of several, aligned to the hour, the UTC day, seven or thirty days.
 */
export interface History {
  /** Epoch minutes; of a bucket its beginning. */
  readonly minutes: readonly number[];
  /** Width code (bits 2 and 3) and, for a single transaction, its state (bits 0 and 1). */
  readonly kinds: readonly number[];
  /** Attempts in the entry: 1 for a single transaction. */
  readonly counts: readonly number[];
  /** Billing minor units: of a single transaction its amount, of a bucket the approved sum. */
  readonly amounts: readonly number[];
}

/** State of a single transaction: only `approved` adds to sums. */
export const APPROVED = 0;
export const DECLINED = 1;
/** Approved and later reversed: still an attempt, no longer spending. */
export const REVERSED = 2;
/** Billed in another currency than the profile's: an attempt whose amount cannot be compared. */
export const INCOMPARABLE = 3;

/** Minutes of each width code: a single transaction, hour, day, week, 30 days. */
export const WIDTH_MINUTES = [1, 60, 1440, 10_080, 43_200] as const;
export const EXACT = 0;

/** 30 days of windows and two for events that come late. */
const HISTORY_MINUTES = 32 * 1440;

export const emptyHistory: History = { minutes: [], kinds: [], counts: [], amounts: [] };

export interface SingleTransaction {
  readonly minute: number;
  readonly state: number;
  readonly amountMinor: number;
}

/** Inserted by its own time; among equal minutes by amount and state, so that arrival order leaves no trace. */
export function insertSingle(history: History, single: SingleTransaction): History {
  const { minutes, kinds, amounts } = history;
  let at = 0;
  while (at < minutes.length && comesBefore(at)) at++;
  return {
    minutes: insertAt(minutes, at, single.minute),
    kinds: insertAt(kinds, at, single.state),
    counts: insertAt(history.counts, at, 1),
    amounts: insertAt(amounts, at, single.amountMinor),
  };

  function comesBefore(index: number): boolean {
    const minute = minutes[index] ?? 0;
    if (minute !== single.minute) return minute > single.minute;
    const amount = amounts[index] ?? 0;
    if (amount !== single.amountMinor) return amount > single.amountMinor;
    return (kinds[index] ?? 0) > single.state;
  }
}

function insertAt(values: readonly number[], at: number, value: number): number[] {
  // Nearly always at the front. `concat` copies a whole block: measured 114 ns, against 836 for a spread.
  return at === 0 ? [value].concat(values) : values.toSpliced(at, 0, value);
}

/**
 * Takes an approved amount out again (reversal). Returns undefined when no entry holds it: folded away,
 * never seen, or already taken out.
 */
export function withoutAmount(history: History, minute: number, amountMinor: number): History | undefined {
  const { minutes, kinds, amounts } = history;
  for (let i = 0; i < minutes.length; i++) {
    if (minutes[i] === minute && kinds[i] === APPROVED && amounts[i] === amountMinor) {
      return { ...history, kinds: kinds.with(i, REVERSED) };
    }
  }
  for (let i = 0; i < minutes.length; i++) {
    const width = (kinds[i] ?? 0) >> 2;
    const start = minutes[i] ?? 0;
    const covers = width !== EXACT && start <= minute && minute < start + (WIDTH_MINUTES[width] ?? 0);
    const sum = amounts[i] ?? 0;
    if (covers && sum >= amountMinor) return { ...history, amounts: amounts.with(i, sum - amountMinor) };
  }
  return undefined;
}

/** Puts back what {@link withoutAmount} took out; unchanged when the entry is gone. */
export function spentBack(history: History, minute: number, amountMinor: number): History {
  const { minutes, kinds, amounts } = history;
  for (let i = 0; i < minutes.length; i++) {
    if (minutes[i] === minute && kinds[i] === REVERSED && amounts[i] === amountMinor) {
      return { ...history, kinds: kinds.with(i, APPROVED) };
    }
  }
  const bucket = bucketAt(history, minute);
  if (bucket < 0) return history;
  return { ...history, amounts: amounts.with(bucket, (amounts[bucket] ?? 0) + amountMinor) };
}

/** Index of the bucket that covers a minute; -1 when there is none. */
function bucketAt({ minutes, kinds }: History, minute: number): number {
  return minutes.findIndex((start, i) => {
    const width = (kinds[i] ?? 0) >> 2;
    return width !== EXACT && start <= minute && minute < start + (WIDTH_MINUTES[width] ?? 0);
  });
}

/** Of no use to any window any more. */
function isPast(ageMinutes: number, kind: number): boolean {
  return ageMinutes - (WIDTH_MINUTES[kind >> 2] ?? 0) > HISTORY_MINUTES;
}

/** Which width an entry gets, by its age in minutes behind the newest and its place from the newest. */
export type Coarseness = (ageMinutes: number, place: number) => number;

/** Folds entries into aligned buckets where the coarseness asks for a greater width than they have. */
export function fold(history: History, coarseness: Coarseness): History {
  const newest = history.minutes[0] ?? 0;
  const folded: Folding = { minutes: [], kinds: [], counts: [], amounts: [], buckets: new Map() };
  for (let i = 0; i < history.minutes.length; i++) {
    const minute = history.minutes[i] ?? 0;
    const kind = history.kinds[i] ?? 0;
    if (isPast(newest - minute, kind)) continue;
    const count = history.counts[i] ?? 0;
    const amount = history.amounts[i] ?? 0;
    const width = Math.max(kind >> 2, coarseness(newest - minute, i));
    if (width === EXACT) pushEntry(folded, minute, kind, count, amount);
    else
      addToBucket(folded, {
        minute,
        width,
        count,
        amount: kind === APPROVED || kind >> 2 !== EXACT ? amount : 0,
      });
  }
  return sortedNewestFirst(folded);
}

interface Folding {
  readonly minutes: number[];
  readonly kinds: number[];
  readonly counts: number[];
  readonly amounts: number[];
  /** Start and width of a bucket → its index. */
  readonly buckets: Map<number, number>;
}

function pushEntry(folded: Folding, minute: number, kind: number, count: number, amount: number): void {
  folded.minutes.push(minute);
  folded.kinds.push(kind);
  folded.counts.push(count);
  folded.amounts.push(amount);
}

function addToBucket(
  folded: Folding,
  entry: { minute: number; width: number; count: number; amount: number },
): void {
  const start = entry.minute - (entry.minute % (WIDTH_MINUTES[entry.width] ?? 1));
  const key = start * 8 + entry.width;
  const index = folded.buckets.get(key);
  if (index === undefined) {
    folded.buckets.set(key, folded.minutes.length);
    pushEntry(folded, start, entry.width << 2, entry.count, entry.amount);
  } else {
    folded.counts[index] = (folded.counts[index] ?? 0) + entry.count;
    folded.amounts[index] = (folded.amounts[index] ?? 0) + entry.amount;
  }
}

function sortedNewestFirst(history: History): History {
  const { minutes, kinds } = history;
  let isSorted = true;
  for (let i = 1; i < minutes.length && isSorted; i++) isSorted = (minutes[i - 1] ?? 0) >= (minutes[i] ?? 0);
  if (isSorted) return history;
  const order = minutes.map((_, index) => index);
  order.sort((a, b) => (minutes[b] ?? 0) - (minutes[a] ?? 0) || (kinds[a] ?? 0) - (kinds[b] ?? 0));
  const pick = (values: readonly number[]) => order.map((index) => values[index] ?? 0);
  return {
    minutes: pick(minutes),
    kinds: pick(kinds),
    counts: pick(history.counts),
    amounts: pick(history.amounts),
  };
}

export function writeHistory(writer: ByteWriter, history: History): void {
  const { minutes, kinds, counts, amounts } = history;
  const newest = minutes[0] ?? 0;
  let length = minutes.length;
  while (length > 0 && isPast(newest - (minutes[length - 1] ?? 0), kinds[length - 1] ?? 0)) length--;
  writeVarint(writer, length);
  if (length === 0) return;
  writeVarint(writer, newest);
  let previous = newest;
  for (let i = 0; i < length; i++) {
    const minute = minutes[i] ?? 0;
    const kind = kinds[i] ?? 0;
    const width = kind >> 2;
    writeVarint(writer, (previous - minute) * 8 + (width === EXACT ? kind * 2 : (width - 1) * 2 + 1));
    if (width !== EXACT) writeVarint(writer, counts[i] ?? 0);
    writeVarint(writer, amounts[i] ?? 0);
    previous = minute;
  }
}

export function readHistory(reader: ByteReader): History {
  const length = readVarint(reader);
  if (length === 0) return emptyHistory;
  const minutes: number[] = [];
  const kinds: number[] = [];
  const counts: number[] = [];
  const amounts: number[] = [];
  let minute = readVarint(reader);
  for (let i = 0; i < length; i++) {
    // Three low bits: is it a bucket, and two for a single's state or a bucket's width.
    const packed = readVarint(reader);
    const isBucket = packed % 2 === 1;
    const code = (packed >> 1) & 3;
    minute -= Math.floor(packed / 8);
    minutes.push(minute);
    kinds.push(isBucket ? (code + 1) << 2 : code);
    counts.push(isBucket ? readVarint(reader) : 1);
    amounts.push(readVarint(reader));
  }
  return { minutes, kinds, counts, amounts };
}
