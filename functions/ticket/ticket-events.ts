import type { Ticket } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';

/**
 * What other systems of the bank hear of a ticket's change: it was opened, put before people, resolved. Read off the
 * change itself, so that no use case forgets it.
 */
export function ticketEvents(previous: Ticket | undefined, ticket: Ticket): readonly TicketEffect[] {
  const { number, customerId, cardToken, category, priority, status, version, cycle } = ticket;
  const detail = { ticketNumber: number, customerId, cardToken, category, priority, status, version, cycle };
  const entered = (wanted: Ticket['status']) => status === wanted && previous?.status !== wanted;
  const told = (type: string, more: Record<string, string | undefined> = {}): TicketEffect => ({
    effect: 'publish',
    payload: { type, detail: { ...detail, ...more } },
  });
  return [
    ...(previous === undefined ? [told('TicketOpened')] : []),
    ...(entered('queued') ? [told('TicketQueued', { reason: ticket.queuedReason })] : []),
    ...(entered('resolved') ? [told('TicketResolved', { resolution: ticket.resolution })] : []),
  ];
}
