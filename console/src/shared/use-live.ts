import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Result } from './api.ts';
import { backOff, LIVE_MS } from './pace.ts';

/** What was last read, and how it stands with reading it anew. */
export interface Live<T> {
  readonly value?: T;
  /** Why the latest reading failed; `value` is then what was known before. */
  readonly problem?: Problem;
  /** When `value` was read, on this machine's clock. */
  readonly readAt?: number;
  /** Reads at once, e.g. after a change of one's own; resolves when it is there. */
  readonly refresh: () => Promise<void>;
}

/**
 * Reads again and again, one at a time, and keeps what was read when a reading fails. A new `key` begins anew. A page
 * nobody looks at asks nothing; shown again, or back on the net, it asks at once. One that was told to wait waits.
 */
export function useLive<T>(
  key: string | undefined,
  read: (signal: AbortSignal) => Promise<Result<T>>,
  everyMs: number = LIVE_MS,
): Live<T> {
  const [state, setState] = useState<{ key?: string } & Omit<Live<T>, 'refresh'>>({});
  const reading = useRef(read);
  reading.current = read;
  const now = useRef<() => Promise<void>>(async () => undefined);

  useEffect(() => {
    if (key === undefined) return;
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let underWay: Promise<void> | undefined;
    let failures = 0;
    const once = async () => {
      const result = await reading.current(stopping.signal);
      if (stopping.signal.aborted) return;
      failures = result.ok ? 0 : failures + 1;
      const told = result.ok ? 0 : (result.problem.retryAfterSeconds ?? 0) * 1000;
      setState((before) => {
        const known = before.key === key ? before : {};
        if (!result.ok) return { ...known, key, problem: result.problem };
        return { key, value: sameOr(known.value, result.value), readAt: Date.now() };
      });
      if (!document.hidden) timer = setTimeout(turn, Math.max(told, backOff(everyMs, failures)));
    };
    const turn = (): Promise<void> => {
      clearTimeout(timer);
      underWay ??= once().finally(() => {
        underWay = undefined;
      });
      return underWay;
    };
    now.current = async () => {
      await underWay;
      await turn();
    };
    const wake = () => {
      if (document.hidden) clearTimeout(timer);
      else void turn();
    };
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    void turn();
    return () => {
      stopping.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
    };
  }, [key, everyMs]);

  const refresh = useCallback(() => now.current(), []);
  const { key: knownKey, ...known } = state;
  return { ...(knownKey === key ? known : {}), refresh };
}

/** The object that was known where nothing changed, so that nothing is drawn anew. */
function sameOr<T>(before: T | undefined, after: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
