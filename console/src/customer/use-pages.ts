import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem, Result } from '../shared/api.ts';
import type { Live } from '../shared/use-live.ts';

interface PageOf<T> {
  readonly items: readonly T[];
  readonly next?: string;
}
interface Pages<T> {
  readonly key: string;
  readonly items?: readonly T[];
  readonly next?: string;
  readonly problem?: Problem;
  readonly loading: boolean;
}

/** A list read page by page, each on request: what is shown never moves under the finger. */
export function usePages<T>(key: string, read: (after: string | undefined) => Promise<Result<PageOf<T>>>) {
  const [state, setState] = useState<Pages<T>>({ key, loading: true });
  const reading = useRef(read);
  reading.current = read;
  const load = useCallback(async (of: string, after: string | undefined) => {
    setState((before) => (before.key === of ? { ...before, loading: true } : { key: of, loading: true }));
    const result = await reading.current(after);
    setState((before) => {
      if (before.key !== of) return before;
      if (!result.ok) return { ...before, problem: result.problem, loading: false };
      const { items, next } = result.value;
      const known = after === undefined ? [] : (before.items ?? []);
      return { key: of, items: [...known, ...items], next, loading: false };
    });
  }, []);
  useEffect(() => void load(key, undefined), [key, load]);
  const live: Live<readonly T[]> = {
    value: state.items,
    problem: state.problem,
    refresh: () => load(key, undefined),
  };
  const { next } = state;
  return {
    live,
    loadingMore: state.loading,
    more: next === undefined ? undefined : () => void load(key, next),
  };
}
