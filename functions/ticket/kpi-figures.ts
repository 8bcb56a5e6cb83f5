/** One measured case. */
export interface Measured {
  readonly seconds: number;
  /** Whether the promise was kept; absent where nothing is promised. */
  readonly kept?: boolean;
}

/** How many, and how they lie; `attainment`: share of those with a promise that kept it. Empty: only `n`. */
export interface Figures {
  readonly n: number;
  readonly meanSeconds?: number;
  readonly p50Seconds?: number;
  readonly p90Seconds?: number;
  readonly attainment?: number;
}

export function figuresOf(cases: readonly Measured[]): Figures {
  if (cases.length === 0) return { n: 0 };
  const sorted = cases.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const promised = cases.filter(({ kept }) => kept !== undefined);
  return {
    n: cases.length,
    meanSeconds: sorted.reduce((sum, seconds) => sum + seconds, 0) / sorted.length,
    p50Seconds: percentile(sorted, 0.5),
    p90Seconds: percentile(sorted, 0.9),
    attainment: promised.length === 0 ? undefined : shareOf(promised, ({ kept }) => kept === true),
  };
}

/** The smallest value that so many are at most (nearest rank): always one that was measured. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

const shareOf = <One>(all: readonly One[], is: (one: One) => boolean): number =>
  all.filter(is).length / all.length;

/** How late channels were: a wait people notice is at its end, so it is told by the 95th percentile. */
export interface LagFigures {
  readonly n: number;
  readonly p50Seconds?: number;
  readonly p95Seconds?: number;
}

export function lagFigures(seconds: readonly number[]): LagFigures {
  if (seconds.length === 0) return { n: 0 };
  const sorted = [...seconds].sort((a, b) => a - b);
  return { n: sorted.length, p50Seconds: percentile(sorted, 0.5), p95Seconds: percentile(sorted, 0.95) };
}

/** A share of cases, with how many there were and why the others were not; no share of none. */
export interface Rate {
  readonly n: number;
  readonly share?: number;
  readonly failures: Readonly<Record<string, number>>;
}

/** `undefined`: it succeeded; else why it did not. */
export function rateOf(outcomes: readonly (string | undefined)[]): Rate {
  const failures: Record<string, number> = {};
  for (const reason of outcomes) if (reason !== undefined) failures[reason] = (failures[reason] ?? 0) + 1;
  const n = outcomes.length;
  return { n, share: n === 0 ? undefined : shareOf(outcomes, (reason) => reason === undefined), failures };
}
