import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Claim, claim, type Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

export type ClaimOutcome =
  | { readonly outcome: 'claimed' | 'already_yours'; readonly ticket: Ticket }
  | Exclude<Claim, { outcome: 'claimed' | 'already_yours' }>
  | { readonly outcome: 'no_such_ticket' };

/** One agent takes a ticket in hand; of any number at once exactly one wins (H26). */
export function createClaimTicket(deps: { db: Database; tickets: TicketStore; now: () => Date }) {
  return (number: string, agent: { id: string; name: string }): Promise<ClaimOutcome> =>
    retryWhenChanged(8, async () => {
      const ticket = await deps.tickets.byNumber(number);
      if (ticket === undefined) return { outcome: 'no_such_ticket' };
      const now = deps.now();
      const claimed = claim(ticket.body, agent, now.toISOString());
      if (claimed.outcome === 'already_yours') return { outcome: 'already_yours', ticket: ticket.body };
      if (claimed.outcome !== 'claimed') return claimed;
      const { ticketId, customerId, cardToken } = claimed.ticket;
      const detail = { ticketNumber: number, customerId, cardToken, agent: agent.name };
      const writes: readonly Write<unknown>[] = deps.tickets.save(ticket, claimed.ticket, {
        now,
        entries: [{ type: 'ticket_claimed', by: `agent:${agent.id}`, data: { ticketId, name: agent.name } }],
        effects: [{ effect: 'publish', payload: { type: 'TicketClaimed', detail } }],
      });
      const committed = await deps.db.commit(writes);
      return committed.outcome === 'refused' ? 'changed' : { outcome: 'claimed', ticket: claimed.ticket };
    });
}
