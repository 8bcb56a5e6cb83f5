import { useCallback, useState } from 'react';

/** What is typed and not sent yet: it outlives a reload, a sign-in and every update, until it is sent. */
export function useDraft(name: string): readonly [string, (text: string) => void] {
  const key = `cardguard.draft.${name}`;
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({});
  const text = drafts[key] ?? sessionStorage.getItem(key) ?? '';
  const set = useCallback(
    (next: string) => {
      if (next === '') sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, next);
      setDrafts((before) => ({ ...before, [key]: next }));
    },
    [key],
  );
  return [text, set];
}
