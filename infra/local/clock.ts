/**
 * The clock of the local stack. Everything that waits (delays, visibility timeouts, schedules) waits on
 * this clock, so that a day can pass in a second under test.
 */
export interface LocalClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `fn` once `ms` have passed on this clock; never earlier. */
  setTimeout(fn: () => void | Promise<void>, ms: number): ClockHandle;
  clear(handle: ClockHandle): void;
}

export interface ClockHandle {
  readonly dueAt: number;
  cancelled: boolean;
}

export interface SimulatedClock extends LocalClock {
  /** Lets `ms` pass: runs what falls due in order of its time and waits for each; later timers set meanwhile count too. */
  advance(ms: number): Promise<void>;
  /** Time of the next timer, if any waits. */
  nextDueAt(): number | undefined;
}

/** Node fires a timer at once when it is told to wait longer than this (2^31 - 1 ms, 24.8 days). */
const longestNodeTimerMs = 2 ** 31 - 1;

export function createRealClock(): LocalClock {
  const timers = new Map<ClockHandle, NodeJS.Timeout>();
  const arm = (handle: ClockHandle, fn: () => void | Promise<void>): void => {
    const restMs = Math.max(0, handle.dueAt - Date.now());
    const timer = setTimeout(
      () => {
        if (handle.cancelled) return;
        if (handle.dueAt > Date.now()) return arm(handle, fn);
        timers.delete(handle);
        void fn();
      },
      Math.min(restMs, longestNodeTimerMs),
    );
    timers.set(handle, timer);
  };
  return {
    now: () => Date.now(),
    setTimeout(fn, ms) {
      const handle: ClockHandle = { dueAt: Date.now() + Math.max(0, ms), cancelled: false };
      arm(handle, fn);
      return handle;
    },
    clear(handle) {
      handle.cancelled = true;
      clearTimeout(timers.get(handle));
      timers.delete(handle);
    },
  };
}

export function createSimulatedClock(startMs: number): SimulatedClock {
  let nowMs = startMs;
  let waiting: { handle: ClockHandle; order: number; fn: () => void | Promise<void> }[] = [];
  let order = 0;

  const next = () => {
    waiting = waiting.filter((timer) => !timer.handle.cancelled);
    return waiting.reduce<(typeof waiting)[number] | undefined>(
      (first, timer) =>
        !first ||
        timer.handle.dueAt < first.handle.dueAt ||
        (timer.handle.dueAt === first.handle.dueAt && timer.order < first.order)
          ? timer
          : first,
      undefined,
    );
  };

  return {
    now: () => nowMs,
    setTimeout(fn, ms) {
      const handle: ClockHandle = { dueAt: nowMs + Math.max(0, ms), cancelled: false };
      waiting.push({ handle, order: order++, fn });
      return handle;
    },
    clear(handle) {
      handle.cancelled = true;
    },
    nextDueAt: () => next()?.handle.dueAt,
    async advance(ms) {
      const untilMs = nowMs + ms;
      for (let timer = next(); timer && timer.handle.dueAt <= untilMs; timer = next()) {
        const due = timer;
        waiting = waiting.filter((other) => other !== due);
        nowMs = Math.max(nowMs, due.handle.dueAt);
        await due.fn();
        // Whatever the timer set going (a request, a promise chain) gets its turn before time moves on.
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      nowMs = untilMs;
    },
  };
}
