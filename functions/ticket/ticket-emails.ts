import { type NoticeEvent, noticeOf } from '../notification/notices.ts';
import type { Ticket } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';

/** Of a journal entry, what tells that a NO or an unanswered question brought the ticket before people. */
interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const saysNo = ({ type, data }: Told): boolean =>
  type === 'transactions_reported' ||
  (type === 'customer_answered' && (data.effect === 'fraud' || data.effect === 'fraud_silent'));
const ranOut = ({ type, data }: Told): boolean => type === 'alert_expired' && data.status === 'expired';

/** What the change is to its customer, in the words of the notice table; undefined where it is nothing. */
export function ticketNotice(
  previous: Ticket | undefined,
  ticket: Ticket,
  entries: readonly Told[],
): NoticeEvent | undefined {
  if (entries.some(saysNo)) return 'not_mine_queued';
  if (entries.some(ranOut) && ticket.status === 'queued') return 'expired_queued';
  if (previous === undefined || previous.status === ticket.status) return undefined;
  if (previous.status === 'resolved' && ticket.status !== 'closed' && ticket.status !== 'merged') {
    return 'reopened';
  }
  switch (ticket.status) {
    case 'in_progress':
      return 'taken_in_hand';
    case 'awaiting_customer':
      return 'customer_needed';
    case 'concluded':
      return 'preliminary_conclusion';
    case 'resolved':
      return 'resolved';
    case 'closed':
      return 'closed';
    default:
      return undefined;
  }
}

/**
 * The e-mail a change of the ticket asks for, if the notice table wants one. Read off the change itself, so that no use
 * case forgets it; it names number, status, version and as-of as they are with that change (D3).
 */
export function ticketEmails(
  previous: Ticket | undefined,
  ticket: Ticket,
  entries: readonly Told[],
): readonly TicketEffect[] {
  const event = ticketNotice(previous, ticket, entries);
  if (event === undefined || noticeOf(event, 'email').how === 'none') return [];
  const { number, status, version, asOf, lastFour, customerId, ticketId } = ticket;
  const facts = { event, ticketNumber: number, status, version, asOf, lastFour };
  return [{ effect: 'email', payload: { mail: { kind: 'ticket', facts }, customerId, ticketId, version } }];
}
