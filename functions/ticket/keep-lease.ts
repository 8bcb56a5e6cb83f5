import type { Database } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { leased } from './claim.ts';
import type { FocusStore } from './focus-store.ts';
import type { TicketStore } from './ticket-store.ts';

export interface Beat {
  readonly number: string;
  readonly agentId: string;
  /** How long they looked at it since the last beat. */
  readonly focusSeconds?: number;
  /** The request's own key: a repeat counts once. */
  readonly key: string;
}

export type LeaseKept =
  | { readonly outcome: 'kept'; readonly leaseUntil: string | undefined }
  /** Somebody else has it, or nobody: the lease ran out. */
  | { readonly outcome: 'not_yours'; readonly by?: string; readonly at?: string }
  | { readonly outcome: 'not_found' };

/**
 * Who has a ticket in hand shows that they are there, and for how long they looked at it (K4). No event of the case:
 * nothing is journalled.
 */
export function createKeepLease(deps: {
  db: Database;
  tickets: Pick<TicketStore, 'byNumber' | 'saveQuietly'>;
  focus: Pick<FocusStore, 'add'>;
  now: () => Date;
}): (beat: Beat) => Promise<LeaseKept> {
  return ({ number, agentId, focusSeconds = 0, key }) =>
    retryWhenChanged(5, async () => {
      const ticket = await deps.tickets.byNumber(number);
      if (ticket === undefined) return { outcome: 'not_found' };
      const { claimedBy, claimedByName: by, claimedAt: at } = ticket.body;
      if (claimedBy !== agentId) return { outcome: 'not_yours', by, at };
      const now = deps.now();
      const kept = leased(ticket.body, now.toISOString());
      const { leaseUntil } = kept;
      const seen = { agentId, seconds: focusSeconds, beat: key, at: now };
      const writes = [
        ...(leaseUntil === undefined ? [] : [deps.tickets.saveQuietly(ticket, kept)]),
        ...(focusSeconds === 0 ? [] : [deps.focus.add(ticket.body.ticketId, seen)]),
      ];
      if (writes.length === 0) return { outcome: 'kept', leaseUntil };
      const committed = await deps.db.commit<unknown>(writes);
      const done = committed.outcome === 'done' || committed.refusals.some(isBeatKnown);
      return done ? { outcome: 'kept', leaseUntil } : 'changed';
    });
}

const isBeatKnown = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'beat' in refusal;
