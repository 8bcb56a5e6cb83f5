import { useCallback, useEffect, useRef, useState } from 'react';

type Read<T> = () => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false }>;

/** Asks the local stack again and again; keeps what it said last. */
export function usePoll<T>(
  key: string | undefined,
  read: Read<T>,
): { value?: T; refresh: () => Promise<void> } {
  const [state, setState] = useState<{ key?: string; value?: T }>({});
  const reading = useRef({ key, read });
  reading.current = { key, read };
  const refresh = useCallback(async () => {
    const of = reading.current;
    const result = await of.read();
    if (result.ok) setState({ key: of.key, value: result.value });
  }, []);
  useEffect(() => {
    if (key === undefined) return;
    void refresh();
    const timer = setInterval(() => void refresh(), 1_000);
    return () => clearInterval(timer);
  }, [key, refresh]);
  return { value: state.key === key ? state.value : undefined, refresh };
}
