import type { Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import { type DeskRefusal, reopen } from './desk-acts.ts';
import type { MergeRefusal } from './merge.ts';
import type { MergeTickets } from './merge-tickets.ts';
import { isOver, type Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

interface Order {
  readonly number: string;
  readonly agent: { id: string; name: string };
  readonly words: string;
  readonly together: (ticket: Ticket) => readonly Write<unknown>[];
}

/**
 * Staff bring a resolved ticket back (H28). Where a later ticket of the same card goes on with the incident, it becomes
 * part of that one: two open tickets of one incident there must not be (I6). A later one that is over stands in the way.
 */
export function createReopenTicket(deps: {
  tickets: Pick<TicketStore, 'byNumber' | 'ofIncident'>;
  changeTicket: ChangeTicket;
  mergeTickets: MergeTickets;
}) {
  return (order: Order): Promise<TicketChanged<DeskRefusal | MergeRefusal | 'followed'>> =>
    retryWhenChanged(3, async () => {
      const { number, agent, words, together } = order;
      const ticket = await deps.tickets.byNumber(number);
      if (ticket === undefined) return { outcome: 'not_found' };
      const { customerId, cardToken, ticketId } = ticket.body;
      const latest = await deps.tickets.ofIncident(customerId, cardToken);
      if (latest === undefined || latest.body.ticketId === ticketId) {
        return deps.changeTicket<DeskRefusal>({
          number,
          mayChange: () => true,
          change: (before, at) => reopen(before, { agent, at, words }),
          together,
        });
      }
      if (ticket.body.status !== 'resolved') return { outcome: 'refused', refusal: 'wrong_state' };
      if (isOver(latest.body)) return { outcome: 'refused', refusal: 'followed' };
      const merged = await deps.mergeTickets({
        ...{ number, into: latest.body.number, words, by: agent, supervises: true },
        together: ({ target }) => together(target),
      });
      // It was over before it was written: what is the latest by now?
      if (merged.outcome === 'refused' && merged.refusal === 'cannot_merge') return 'changed';
      return merged.outcome === 'merged' ? { outcome: 'done', ticket: merged.target } : merged;
    });
}
