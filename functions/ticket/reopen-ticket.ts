import type { Write } from '../platform/database.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import { type DeskRefusal, reopen } from './desk-acts.ts';
import type { Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

/**
 * Staff bring a resolved ticket back (H28). Where a later ticket of the same card goes on with the incident, that one
 * is it: two open tickets of one incident there must not be (I6).
 */
export function createReopenTicket(deps: {
  tickets: Pick<TicketStore, 'byNumber' | 'ofIncident'>;
  changeTicket: ChangeTicket;
}) {
  return async (order: {
    number: string;
    agent: { id: string; name: string };
    words: string;
    together: (ticket: Ticket) => readonly Write<unknown>[];
  }): Promise<TicketChanged<DeskRefusal | 'followed'>> => {
    const { number, agent, words, together } = order;
    const ticket = await deps.tickets.byNumber(number);
    if (ticket === undefined) return { outcome: 'not_found' };
    const { customerId, cardToken, ticketId } = ticket.body;
    const latest = await deps.tickets.ofIncident(customerId, cardToken);
    if (latest !== undefined && latest.body.ticketId !== ticketId)
      return { outcome: 'refused', refusal: 'followed' };
    return deps.changeTicket<DeskRefusal>({
      number,
      mayChange: () => true,
      change: (before, at) => reopen(before, { agent, at, words }),
      together,
    });
  };
}
