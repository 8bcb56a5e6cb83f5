import type { SimulatedClock } from '../../../infra/local/clock.ts';
import type { LocalStack } from '../../../infra/local/stack.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Sooner than this is at once. */
const AT_ONCE_MS = SECOND;
/** Hours after the beginning at which much happens, and for how long: there time is cut finely. */
const BUSY: readonly (readonly [fromMs: number, forMs: number])[] = [
  [0, HOUR],
  [5 * HOUR, HOUR / 2],
  [24 * HOUR, HOUR / 2],
];
const FINE = { events: 15 * SECOND, sweeps: MINUTE } as const;
const COARSE = { events: 5 * MINUTE, sweeps: 5 * MINUTE } as const;
/** What goes on beyond never comes to rest. */
const LONGEST_MS = 14 * 24 * HOUR;

export interface Timetable {
  after(milliseconds: number, act: () => Promise<void> | void): void;
  /** A sweep has something to do from then on. */
  due(atMs: number): void;
  /** Runs until nothing is planned or due. */
  run(): Promise<void>;
}

/**
 * The time of many stories on one stack. What falls due within the same few seconds, or minutes in quiet hours, happens
 * at once: that keeps a day affordable, and lets everything meet everything else.
 */
export function createTimetable(options: {
  stack: LocalStack;
  clock: SimulatedClock;
  sweep: () => Promise<void>;
  onFault: (error: unknown) => void;
}): Timetable {
  const { clock, stack } = options;
  const beganAt = clock.now();
  const planned = new Map<number, (() => Promise<void> | void)[]>();
  const sweeps = new Set<number>();

  const isBusy = (at: number): boolean =>
    BUSY.some(([from, length]) => at - beganAt >= from && at - beganAt < from + length);
  const slot = (at: number, kind: 'events' | 'sweeps'): number => {
    const step = (isBusy(at) ? FINE : COARSE)[kind];
    return beganAt + Math.ceil((at - beganAt) / step) * step;
  };

  async function doNow(): Promise<void> {
    for (let acts = planned.get(clock.now()); acts !== undefined; acts = planned.get(clock.now())) {
      planned.delete(clock.now());
      await Promise.all(acts.map(async (act) => act()).map((done) => done.catch(options.onFault)));
      await stack.settle();
    }
  }

  return {
    after(milliseconds, act) {
      const now = clock.now();
      const at = milliseconds < AT_ONCE_MS ? now : slot(now + milliseconds, 'events');
      planned.set(at, [...(planned.get(at) ?? []), act]);
    },
    due: (atMs) => void sweeps.add(slot(Math.max(atMs, clock.now() + 1), 'sweeps')),
    async run() {
      for (;;) {
        await doNow();
        const next = Math.min(...planned.keys(), ...sweeps);
        if (!Number.isFinite(next)) return;
        if (next > beganAt + LONGEST_MS) throw new Error('I9: no rest');
        await stack.advance(next - clock.now());
        if (sweeps.delete(clock.now())) await options.sweep();
      }
    },
  };
}
