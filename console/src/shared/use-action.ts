import { useCallback, useRef, useState } from 'react';
import type { Problem, Result } from './api.ts';

/** Something a person sets off: whether it is under way, and why it was refused. */
export interface Action<Args extends readonly unknown[]> {
  readonly busy: boolean;
  readonly problem?: Problem;
  readonly run: (...args: Args) => Promise<void>;
  readonly clear: () => void;
}

/** Runs one at a time; a second press while the first is under way does nothing. */
export function useAction<Args extends readonly unknown[], T>(
  act: (...args: Args) => Promise<Result<T>>,
  done?: (value: T, ...args: Args) => void | Promise<void>,
): Action<Args> {
  const [state, setState] = useState<{ busy: boolean; problem?: Problem }>({ busy: false });
  const underWay = useRef(false);
  const latest = useRef({ act, done });
  latest.current = { act, done };
  const run = useCallback(async (...args: Args) => {
    if (underWay.current) return;
    underWay.current = true;
    setState({ busy: true });
    try {
      const result = await latest.current.act(...args);
      if (result.ok) await latest.current.done?.(result.value, ...args);
      setState(result.ok ? { busy: false } : { busy: false, problem: result.problem });
    } finally {
      underWay.current = false;
    }
  }, []);
  const clear = useCallback(() => setState({ busy: false }), []);
  return { ...state, run, clear };
}
