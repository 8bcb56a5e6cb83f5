import type { Database } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { leased } from './claim.ts';
import type { TicketStore } from './ticket-store.ts';

export type LeaseKept =
  | { readonly outcome: 'kept'; readonly leaseUntil: string | undefined }
  /** Somebody else has it, or nobody: the lease ran out. */
  | { readonly outcome: 'not_yours'; readonly by?: string; readonly at?: string }
  | { readonly outcome: 'not_found' };

/** Who has a ticket in hand shows that they are there. No event of the case: nothing is journalled. */
export function createKeepLease(deps: {
  db: Database;
  tickets: Pick<TicketStore, 'byNumber' | 'saveQuietly'>;
  now: () => Date;
}): (number: string, agentId: string) => Promise<LeaseKept> {
  return (number, agentId) =>
    retryWhenChanged(5, async () => {
      const ticket = await deps.tickets.byNumber(number);
      if (ticket === undefined) return { outcome: 'not_found' };
      const { claimedBy, claimedByName: by, claimedAt: at } = ticket.body;
      if (claimedBy !== agentId) return { outcome: 'not_yours', by, at };
      const kept = leased(ticket.body, deps.now().toISOString());
      const { leaseUntil } = kept;
      if (leaseUntil === undefined) return { outcome: 'kept', leaseUntil };
      const committed = await deps.db.commit([deps.tickets.saveQuietly(ticket, kept)]);
      return committed.outcome === 'done' ? { outcome: 'kept', leaseUntil } : 'changed';
    });
}
