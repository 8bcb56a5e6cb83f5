import type { Ticket } from '../ticket/ticket.ts';
import type { TicketEffect } from '../ticket/ticket-effect.ts';
import type { Alert } from './alert.ts';

/** What other systems of the bank hear of an alert: that it was opened, or that nobody answered. */
export function alertEvent(
  type: 'AlertOpened' | 'AlertEscalated' | 'AlertExpired',
  alert: Alert,
  ticket: Ticket,
  /** Of the rules that decided now, where it is not the alert's own. */
  ruleSetVersion = alert.ruleSetVersion,
): TicketEffect {
  const { severity, held, status } = alert;
  return {
    effect: 'publish',
    payload: { type, detail: { ...idsOf(alert, ticket), severity, held, status, ruleSetVersion } },
  };
}

/**
 * What an alert turned out to be, with the transactions concerned: the label others learn from too. `reported`: those
 * the customer named beside the ones the alert asked about.
 */
export function settledEvent(alert: Alert, ticket: Ticket, reported: readonly string[] = []): TicketEffect {
  const { label } = alert;
  if (label === undefined) throw new Error('an alert settled without a label');
  const listed = alert.transactions.map((one) => one.transactionId);
  const transactionIds = [...new Set([...listed, ...reported])];
  const detail = {
    ...idsOf(alert, ticket),
    label: label.value,
    provisional: label.provisional,
    assumed: label.assumed,
    labelledAt: label.at,
    transactionIds,
    transactionCount: alert.transactionCount,
  };
  return { effect: 'publish', payload: { type: 'AlertSettled', detail } };
}

const idsOf = ({ alertId, cardToken, customerId }: Alert, { number }: Ticket) => ({
  alertId,
  ticketNumber: number,
  cardToken,
  customerId,
});
