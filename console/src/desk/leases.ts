import type { Api } from '../shared/api.ts';
import { routes } from './routes.ts';

/** Without a key or a movement for so long nobody is there; a call with a softphone in front takes less. */
export const ABSENT_MS = 60 * 60_000;
const SIGNS = ['keydown', 'pointermove', 'pointerdown'] as const;

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
 * bank's other systems still has their tickets. Not of one who left the desk open and went home.
 */
export function startLeases(api: Pick<Api, 'call'>, page: EventTarget): () => void {
  let seenAt = Date.now();
  const seen = () => {
    seenAt = Date.now();
  };
  for (const sign of SIGNS) page.addEventListener(sign, seen, { passive: true });
  const beat = () => {
    if (Date.now() - seenAt < ABSENT_MS) void keepLeases(api);
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_MS);
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS) page.removeEventListener(sign, seen);
  };
}
