import { useSyncExternalStore } from 'react';

/** Up to here the library's own parts take the form they have on a phone. */
const narrow = () => matchMedia('(max-width: 688px)');

function listen(changed: () => void): () => void {
  const query = narrow();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Whether the page is as narrow as a phone just now, for what has to stand elsewhere then. */
export const useNarrow = (): boolean => useSyncExternalStore(listen, () => narrow().matches);
