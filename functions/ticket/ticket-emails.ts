import { type NoticeEvent, noticeOf } from '../notification/notices.ts';
import type { Value } from '../platform/database.ts';
import { isOver, type Ticket } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';

/** Of a journal entry, what tells that a NO or an unanswered question brought the ticket before people. */
interface Told {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const saysNo = ({ type, data }: Told): boolean =>
  type === 'transactions_reported' ||
  type === 'fraud_reported' ||
  (type === 'customer_answered' && (data.effect === 'fraud' || data.effect === 'fraud_silent'));
const ranOut = ({ type, data }: Told): boolean => type === 'alert_expired' && data.status === 'expired';

/** What it is to the customer that a status was come to. */
const statusNotices: Readonly<Partial<Record<Ticket['status'], NoticeEvent>>> = {
  in_progress: 'taken_in_hand',
  awaiting_customer: 'customer_needed',
  concluded: 'preliminary_conclusion',
  resolved: 'resolved',
  closed: 'closed',
};

/** What the change is to its customer, in the words of the notice table; undefined where it is nothing. */
export function ticketNotice(
  previous: Ticket | undefined,
  ticket: Ticket,
  entries: readonly Told[],
): NoticeEvent | undefined {
  if (entries.some(saysNo)) return 'not_mine_queued';
  if (entries.some(ranOut) && ticket.status === 'queued') return 'expired_queued';
  if (previous === undefined || previous.status === ticket.status) return undefined;
  if (previous.status === 'resolved' && !isOver(ticket)) return 'reopened';
  return statusNotices[ticket.status];
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
  return [ticketMail(event, ticket)];
}

/** An e-mail about the ticket as it is; `more`: facts that only this event has. */
export function ticketMail(
  event: NoticeEvent,
  ticket: Ticket,
  more?: Readonly<Record<string, Value>>,
): TicketEffect {
  const { number, status, version, asOf, lastFour, customerId, ticketId } = ticket;
  const facts = { event, ticketNumber: number, status, version, asOf, lastFour, ...more };
  return { effect: 'email', payload: { mail: { kind: 'ticket', facts }, customerId, ticketId, version } };
}
