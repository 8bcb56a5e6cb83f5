import { type Card, standingHolds } from '../card/card.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { queued } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';

export type RaiseCase = (card: Card, reason: string) => Promise<void>;

/**
 * Brings a person, at P1, to the case of a card whose freeze is in trouble (H17): the ticket of its incident, for a
 * fraud or a lost hold. A customer's own precaution has no case. Harmless when repeated.
 */
export function createRaiseCase(deps: { db: Database; tickets: TicketStore; now: () => Date }): RaiseCase {
  return async (card, reason) => {
    const holds = standingHolds(card);
    if (!holds.includes('fraud') && !holds.includes('lost')) return;
    await retryWhenChanged(5, async () => {
      const ticket = await deps.tickets.ofIncident(card.cardholderId, card.cardToken);
      if (ticket === undefined || ticket.body.status === 'resolved') return 'done';
      const now = deps.now();
      const after = queued(ticket.body, { priority: 'P1', reason, at: now.toISOString() });
      if (after === undefined) return 'done';
      const entries = [
        { type: 'ticket_raised' as const, by: 'system', data: { reason, priority: 'P1', holds } },
      ];
      const writes: readonly Write<unknown>[] = deps.tickets.save(ticket, after, { now, entries });
      return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'done';
    });
  };
}
