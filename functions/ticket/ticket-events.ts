import type { Value } from '../platform/database.ts';
import type { Ticket } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';

/**
 * What other systems of the bank hear of a ticket's change: it was opened, put before people, resolved. Read off the
 * change itself, so that no use case forgets it.
 */
export function ticketEvents(previous: Ticket | undefined, ticket: Ticket): readonly TicketEffect[] {
  const entered = (wanted: Ticket['status']) => ticket.status === wanted && previous?.status !== wanted;
  const told = (type: string, more?: Readonly<Record<string, Value | undefined>>) =>
    ticketEvent(type, ticket, more);
  return [
    ...(previous === undefined ? [told('TicketOpened')] : []),
    ...(entered('queued') ? [told('TicketQueued', { reason: ticket.queuedReason })] : []),
    ...(entered('resolved') ? [told('TicketResolved', { resolution: ticket.resolution })] : []),
  ];
}

/** What others hear of the ticket as it is; `more`: what only this event has. */
export function ticketEvent(
  type: string,
  ticket: Ticket,
  more?: Readonly<Record<string, Value | undefined>>,
): TicketEffect {
  const { number, customerId, cardToken, category, priority, status, version, cycle } = ticket;
  const detail = { ticketNumber: number, customerId, cardToken, category, priority, status, version, cycle };
  return { effect: 'publish', payload: { type, detail: { ...detail, ...more } } };
}
