import type { LocalClock, SimulatedClock } from '../clock.ts';
import { createClockCell } from './clock-cell.ts';

/** The local clock, shared with the workers, and stepped so that nothing is skipped over. */
export interface LocalTime {
  /** To be given to whatever sets timers: it tells when one of them has fired. */
  readonly clock: LocalClock;
  readonly cell: SharedArrayBuffer;
  now(): Date;
  /** Brings the workers' clock up to date; cheap, and needed after whoever moved the clock. */
  sync(): void;
  /** Timers that fired, of the clock given out. */
  readonly fired: number;
  /** Lets time pass from timer to timer, calling `between` after each that may have set something going. */
  advance(ms: number, between: () => Promise<void>): Promise<void>;
}

export function createLocalTime(inner: LocalClock | SimulatedClock): LocalTime {
  const cell = createClockCell();
  const simulated = 'advance' in inner ? inner : undefined;
  let fired = 0;
  const sync = () => {
    if (simulated === undefined) cell.run(inner.now() - Date.now());
    else cell.stand(inner.now());
  };
  sync();
  return {
    cell: cell.buffer,
    clock: {
      now: () => inner.now(),
      setTimeout: (fn, ms) =>
        inner.setTimeout(() => {
          fired += 1;
          sync();
          return fn();
        }, ms),
      clear: (handle) => inner.clear(handle),
    },
    now: () => new Date(inner.now()),
    sync,
    get fired() {
      return fired;
    },
    async advance(ms, between) {
      if (simulated === undefined)
        throw new Error('only a simulated clock can be advanced: pass one to startLocalStack');
      const until = simulated.now() + ms;
      await between();
      for (
        let next = simulated.nextDueAt();
        next !== undefined && next <= until;
        next = simulated.nextDueAt()
      ) {
        await simulated.advance(Math.max(0, next - simulated.now()));
        sync();
        await between();
      }
      await simulated.advance(until - simulated.now());
      sync();
      await between();
    },
  };
}
