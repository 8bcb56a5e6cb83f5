/** Together with the way there and back it stays under two seconds. */
export const LIVE_MS = 1_500;
/** Longest wait between tries while nothing comes back. */
const MOST_BACK_OFF_MS = 30_000;

/** Twice as long after each failure, so that a service that struggles, or a train in a tunnel, is not hammered. */
export const backOff = (everyMs: number, failures: number): number =>
  Math.max(everyMs, Math.min(MOST_BACK_OFF_MS, everyMs * 2 ** Math.min(failures, 10)));
