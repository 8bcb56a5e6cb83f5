import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { withClocks } from './clock-steps.ts';
import { type Claim, claim, type Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

export type ClaimOutcome =
  | { readonly outcome: 'claimed' | 'already_yours'; readonly ticket: Ticket }
  | Exclude<Claim, { outcome: 'claimed' | 'already_yours' }>
  | { readonly outcome: 'no_such_ticket' }
  /** Another delivery of the very same request was faster: its answer is remembered. */
  | { readonly outcome: 'repeated' };

/** Further writes of the same request, e.g. its idempotency guard. */
type Together = (ticket: Ticket, outcome: 'claimed' | 'already_yours') => readonly Write<unknown>[];

/** One agent takes a ticket in hand; of any number at once exactly one wins (H26). */
export function createClaimTicket(deps: { db: Database; tickets: TicketStore; now: () => Date }) {
  return (
    number: string,
    agent: { id: string; name: string },
    together: Together = () => [],
  ): Promise<ClaimOutcome> =>
    retryWhenChanged(8, async () => {
      const ticket = await deps.tickets.byNumber(number);
      if (ticket === undefined) return { outcome: 'no_such_ticket' };
      const now = deps.now();
      const claimed = claim(ticket.body, agent, now.toISOString());
      if (claimed.outcome === 'already_yours') {
        const writes = together(ticket.body, 'already_yours');
        const known = writes.length > 0 && (await deps.db.commit(writes)).outcome === 'refused';
        return known ? { outcome: 'repeated' } : { outcome: 'already_yours', ticket: ticket.body };
      }
      if (claimed.outcome !== 'claimed') return claimed;
      const { ticketId, customerId, cardToken } = claimed.ticket;
      const detail = { ticketNumber: number, customerId, cardToken, agent: agent.name };
      const entries = [
        { type: 'ticket_claimed', by: `agent:${agent.id}`, data: { ticketId, name: agent.name } },
      ];
      const effects = [{ effect: 'publish', payload: { type: 'TicketClaimed', detail } }] as const;
      const taken = withClocks(ticket.body, claimed.ticket, { entries, at: now.toISOString() });
      const saved: readonly Write<unknown>[] = deps.tickets.save(ticket, taken, { now, entries, effects });
      const committed = await deps.db.commit([...saved, ...together(taken, 'claimed')]);
      if (committed.outcome === 'done') return { outcome: 'claimed', ticket: taken };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
