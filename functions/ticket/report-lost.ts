import type { Write } from '../platform/database.ts';
import { continuesIncident, newTicket, queued, type Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

/**
 * The writes that put a lost or stolen card (挂失) before a person: the incident's ticket goes on where there is
 * one (D2), else one is opened. A report of a card that is held as lost already adds nothing to its ticket.
 */
export function createReportLost(deps: {
  tickets: TicketStore;
  now: () => Date;
  newId: () => string;
  newTicketNumber: () => string;
}) {
  return async (card: {
    cardToken: string;
    cardholderId: string;
    lastFour?: string;
    by: string;
    isNew: boolean;
  }): Promise<{ ticket: Ticket; writes: readonly Write<unknown>[] }> => {
    const now = deps.now();
    const at = now.toISOString();
    const before = await deps.tickets.ofIncident(card.cardholderId, card.cardToken);
    if (!card.isNew && before !== undefined) return { ticket: before.body, writes: [] };
    // A ticket resolved lately comes back: a late NO to its alert would, too, and then there were two (I6).
    const goesOn = before !== undefined && continuesIncident(before.body, at);
    const base = goesOn
      ? before.body
      : newTicket({
          ticketId: deps.newId(),
          number: deps.newTicketNumber(),
          category: 'lost_stolen',
          priority: 'P2',
          customerId: card.cardholderId,
          cardToken: card.cardToken,
          lastFour: card.lastFour,
          at,
          follows: before?.body.ticketId,
        });
    const ticket = queued(base, { priority: 'P2', reason: 'lost_reported', at }) ?? base;
    const change = {
      now,
      entries: [{ type: 'lost_reported' as const, by: card.by, data: { cardToken: card.cardToken } }],
      effects: [
        {
          effect: 'publish' as const,
          payload: {
            type: 'CardReportedLost',
            detail: { cardToken: card.cardToken, customerId: card.cardholderId, ticketNumber: ticket.number },
          },
        },
      ],
    };
    return { ticket, writes: deps.tickets.save(goesOn ? before : undefined, ticket, change) };
  };
}
