import { useEffect, useState } from 'react';

/** Where one is: `#/ticket/FR-…` → `['ticket', 'FR-…']`. A hash needs nothing of the server and of its caches. */
export function useHash(): readonly string[] {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const changed = () => {
      setHash(location.hash);
      window.scrollTo(0, 0);
    };
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);
  return hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
}

export const go = (hash: string): void => {
  location.hash = hash;
};
