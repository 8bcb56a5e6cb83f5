import { noticeOf } from '../notification/notices.ts';
import { mayText, type Ticket, withText } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';
import { ticketNotice } from './ticket-emails.ts';

/**
 * The ticket with the one text a change asks for, where the notice table wants one and the incident's budget has one
 * left (I5). Read off the change itself, as the e-mail is; the words name number, status, version and as-of (D3).
 */
export function withNewsText(
  previous: Ticket | undefined,
  ticket: Ticket,
  change: { readonly entries: Parameters<typeof ticketNotice>[2]; readonly at: string },
): { readonly ticket: Ticket; readonly texts: readonly TicketEffect[] } {
  const event = ticketNotice(previous, ticket, change.entries);
  const isWanted = event !== undefined && noticeOf(event, 'sms').how === 'tell_within_budget';
  if (!isWanted || !mayText(ticket, change.at)) return { ticket, texts: [] };
  const { number: ticketNumber, status, version, asOf, customerId, ticketId } = ticket;
  const text = { kind: 'ticketNews', facts: { ticketNumber, status, version, asOf } };
  return {
    ticket: withText(ticket, change.at),
    texts: [{ effect: 'sms', payload: { text, customerId, ticketId } }],
  };
}
