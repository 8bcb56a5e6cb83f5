import { dayOf, LABEL_DELAY_MS } from './protocol.ts';

/** The features of the published models: what ours is compared to, computed beside the production code's. */
export const publishedFeatureNames = [
  'amount',
  'weekend',
  'night',
  ...['card_count', 'card_mean'].flatMap(overWindows),
  ...['terminal_count', 'terminal_share'].flatMap(overWindows),
];

const DAY_MS = 86_400_000;
const WINDOWS_DAYS = [1, 7, 30];

function overWindows(name: string): readonly string[] {
  return ['1d', '7d', '30d'].map((span) => `${name}_${span}`);
}

export interface PublishedInput {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly card: string;
  readonly terminal: string;
  readonly amount: number;
  /** Looked at a week later only. */
  readonly fraud: boolean;
}

/** Rows of {@link publishedFeatureNames}, transaction by transaction in order of time. */
export function createPublishedFeatures(): (input: PublishedInput) => readonly number[] {
  const cards = new Map<string, Running>();
  const terminals = new Map<string, Running>();
  return ({ at, card, terminal, amount, fraud }) => {
    const ofCard = runningOf(cards, card);
    const ofTerminal = runningOf(terminals, terminal);
    add(ofCard, at, amount);
    add(ofTerminal, at, fraud ? 1 : 0);
    const spent = WINDOWS_DAYS.map((days) => windowOf(ofCard, at, days));
    const known = WINDOWS_DAYS.map((days) => windowOf(ofTerminal, at - LABEL_DELAY_MS, days));
    const weekday = (dayOf(at) + 3) % 7;
    return [
      amount,
      weekday >= 5 ? 1 : 0,
      Math.floor((at % DAY_MS) / 3_600_000) <= 6 ? 1 : 0,
      ...spent.map(({ count }) => count),
      ...spent.map(({ count, sum }) => (count === 0 ? 0 : sum / count)),
      ...known.map(({ count }) => count),
      ...known.map(({ count, sum }) => (count === 0 ? 0 : sum / count)),
    ];
  };
}

/** Times of one card or terminal, and the sum up to each. */
interface Running {
  readonly times: number[];
  readonly sums: number[];
}

function runningOf(all: Map<string, Running>, key: string): Running {
  const known = all.get(key);
  if (known !== undefined) return known;
  const fresh = { times: [], sums: [] };
  all.set(key, fresh);
  return fresh;
}

function add({ times, sums }: Running, at: number, value: number): void {
  times.push(at);
  sums.push((sums.at(-1) ?? 0) + value);
}

/** Count and sum over (end − days, end]. */
function windowOf(running: Running, end: number, days: number): { count: number; sum: number } {
  const from = countUntil(running.times, end - days * DAY_MS);
  const to = countUntil(running.times, end);
  return { count: to - from, sum: (running.sums[to - 1] ?? 0) - (running.sums[from - 1] ?? 0) };
}

/** How many times are at or before a moment. */
function countUntil(times: readonly number[], moment: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
