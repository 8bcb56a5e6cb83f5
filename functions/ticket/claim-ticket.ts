import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Agent, type Claim, claim, MOST_IN_HAND } from './claim.ts';
import { withClocks } from './clock-steps.ts';
import type { Ticket } from './ticket.ts';
import type { TicketReadings } from './ticket-reading-store.ts';
import type { TicketStore } from './ticket-store.ts';

export type ClaimOutcome =
  | { readonly outcome: 'claimed' | 'already_yours'; readonly ticket: Ticket }
  | Exclude<Claim, { outcome: 'claimed' | 'already_yours' }>
  | { readonly outcome: 'no_such_ticket' }
  /** They have as many in work as one agent may. */
  | { readonly outcome: 'at_capacity' }
  /** Another delivery of the very same request was faster: its answer is remembered. */
  | { readonly outcome: 'repeated' };

/** Further writes of the same request, e.g. its idempotency guard. */
type Together = (ticket: Ticket, outcome: 'claimed' | 'already_yours') => readonly Write<unknown>[];

export type ClaimTicket = (number: string, agent: Agent, together?: Together) => Promise<ClaimOutcome>;

/** By an index that is a moment behind: a limit for people, not a lock. */
export const isFull = (inHand: readonly Ticket[]): boolean =>
  inHand.filter(({ status }) => status === 'in_progress').length >= MOST_IN_HAND;

/** One agent takes a ticket in hand; of any number at once exactly one wins (H26). */
export function createClaimTicket(deps: {
  db: Database;
  tickets: Pick<TicketStore, 'byNumber' | 'save'> & Pick<TicketReadings, 'inHandsOf'>;
  now: () => Date;
}): ClaimTicket {
  return (number, agent, together = () => []) =>
    retryWhenChanged(8, async () => {
      const ticket = await deps.tickets.byNumber(number);
      if (ticket === undefined) return { outcome: 'no_such_ticket' };
      const now = deps.now();
      const claimed = claim(ticket.body, agent, now.toISOString());
      if (claimed.outcome === 'already_yours') return known(deps.db, ticket.body, together);
      if (claimed.outcome !== 'claimed') return claimed;
      if (isFull(await deps.tickets.inHandsOf(agent.id))) return { outcome: 'at_capacity' };
      const { ticketId, customerId, cardToken } = claimed.ticket;
      const detail = { ticketNumber: number, customerId, cardToken, agent: agent.name };
      const entries = [
        { type: 'ticket_claimed' as const, by: `agent:${agent.id}`, data: { ticketId, name: agent.name } },
      ];
      const effects = [{ effect: 'publish', payload: { type: 'TicketClaimed', detail } }] as const;
      const taken = withClocks(ticket.body, claimed.ticket, { entries, at: now.toISOString() });
      const saved: readonly Write<unknown>[] = deps.tickets.save(ticket, taken, { now, entries, effects });
      const committed = await deps.db.commit([...saved, ...together(taken, 'claimed')]);
      if (committed.outcome === 'done') return { outcome: 'claimed', ticket: taken };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

async function known(db: Database, ticket: Ticket, together: Together): Promise<ClaimOutcome> {
  const writes = together(ticket, 'already_yours');
  const isKnown = writes.length > 0 && (await db.commit(writes)).outcome === 'refused';
  return isKnown ? { outcome: 'repeated' } : { outcome: 'already_yours', ticket };
}
