import { useEffect } from 'react';
import type * as routes from '../../../functions/api/evidence-routes.ts';
import type { Result } from './api.ts';
import type { Answer, Route } from './route.ts';
import { type Live, useLive } from './use-live.ts';

type Listed = Answer<Route<typeof routes.listEvidence>>;

/** Between two versions of the ticket nothing happens but a file being announced. */
const SELDOM_MS = 60_000;

/** Whether one of them has not been looked at yet. */
export const isChecking = (listed: Listed | undefined): boolean =>
  listed?.evidence.some(({ state }) => state === 'requested' || state === 'uploaded') === true;

/** The papers of a ticket, read anew whenever the ticket's version says that something happened. */
export function useEvidence(
  ticket: { readonly number: string; readonly version: number },
  read: (signal: AbortSignal) => Promise<Result<Listed>>,
): Live<Listed> {
  const live = useLive(`evidence ${ticket.number}`, read, SELDOM_MS);
  const { refresh } = live;
  useEffect(() => {
    if (ticket.version > 0) void refresh();
  }, [ticket.version, refresh]);
  return live;
}
