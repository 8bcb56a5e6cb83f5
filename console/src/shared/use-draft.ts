import { useCallback, useState } from 'react';
import { draftKey } from './drafts.ts';
import { useSignedIn } from './page.tsx';

/**
 * What one person typed and has not sent yet: it outlives a reload, a sign-in of theirs and every update, until it is sent or
 * they sign out. Nobody else who signs in in this tab sees it.
 */
export function useDraft(name: string): readonly [string, (text: string) => void] {
  const key = draftKey(useSignedIn().session.subject, name);
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
