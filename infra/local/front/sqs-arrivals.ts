/** Lets long polls sleep until something may have come into their queue. */
export interface Arrivals {
  /** Grows whenever a message may have become visible. */
  count(queue: string): number;
  announce(queue: string): void;
  /** Returns when `count` is no longer `seen`, after `ms` of real time, or when the caller has gone. */
  wait(queue: string, options: { seen: number; ms: number; gone: AbortSignal }): Promise<void>;
  close(): void;
}

export function createArrivals(): Arrivals {
  const counts = new Map<string, number>();
  const waiters = new Map<string, Set<() => void>>();
  const wake = (queue: string) => {
    for (const resolve of waiters.get(queue) ?? []) resolve();
  };
  const count = (queue: string) => counts.get(queue) ?? 0;
  return {
    count,
    announce(queue) {
      counts.set(queue, count(queue) + 1);
      wake(queue);
    },
    wait: (queue, { seen, ms, gone }) =>
      new Promise((resolve) => {
        if (count(queue) !== seen || gone.aborted) return resolve();
        const own = waiters.get(queue) ?? new Set();
        waiters.set(queue, own);
        const done = () => {
          clearTimeout(timer);
          own.delete(done);
          gone.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        own.add(done);
        gone.addEventListener('abort', done);
      }),
    close() {
      for (const queue of waiters.keys()) wake(queue);
    },
  };
}
