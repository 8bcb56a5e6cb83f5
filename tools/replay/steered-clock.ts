import { createRealClock, type LocalClock } from '../../infra/local/clock.ts';

/** A clock that runs with the machine's and can be set forward; what waits, waits in real time. */
export interface SteeredClock extends LocalClock {
  /** Moves on to this time (epoch milliseconds); never back. */
  moveTo(epochMs: number): void;
}

/**
 * The time of day that is replayed, for a stack of our own: a day goes by in minutes, and every event is still
 * judged on time, within its alert's window. Delays, retries and schedules keep their real length, so that
 * what is measured in milliseconds is real.
 */
export function createSteeredClock(startMs: number): SteeredClock {
  const real = createRealClock();
  let aheadMs = startMs - real.now();
  const now = () => real.now() + aheadMs;
  return {
    now,
    setTimeout: real.setTimeout,
    clear: real.clear,
    moveTo(epochMs) {
      aheadMs = Math.max(aheadMs, epochMs - real.now());
    },
  };
}
