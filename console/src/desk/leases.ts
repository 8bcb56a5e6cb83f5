import type { Api } from '../shared/api.ts';
import { routes } from './routes.ts';

/** A lease is 20 minutes long; three beats may be lost before it ends. */
export const HEARTBEAT_MS = 5 * 60_000;

/** Keeps every ticket that is in the agent's hands; how long they looked at one is told by its own page. */
export async function keepLeases(api: Pick<Api, 'call'>): Promise<void> {
  const mine = await api.call(routes.myTickets, {});
  if (!mine.ok) return;
  const held = mine.value.tickets.filter(({ leaseUntil }) => leaseUntil !== undefined);
  await Promise.all(held.map(({ number }) => api.call(routes.heartbeat, { parts: { number }, body: {} })));
}

/**
 * From now on and every five minutes until it is stopped, whether or not the page is in front: an agent at work in the
 * bank's other systems still has their tickets.
 */
export function startLeases(api: Pick<Api, 'call'>): () => void {
  void keepLeases(api);
  const timer = setInterval(() => void keepLeases(api), HEARTBEAT_MS);
  return () => clearInterval(timer);
}
