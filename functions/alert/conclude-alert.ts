import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { isOver, isResting, queued, type Ticket } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { TransactionLabel, Verdict } from '../transaction/transaction-label.ts';
import type { Alert } from './alert.ts';
import type { AlertStore } from './alert-store.ts';

/** What became of a transaction by those who settle cases. */
export interface Conclusion {
  readonly label: TransactionLabel;
  readonly verdict: Verdict;
}

interface ConcludeDeps {
  readonly alerts: Pick<AlertStore, 'get' | 'openFor' | 'save'>;
  readonly tickets: Pick<TicketStore, 'get' | 'save'>;
}

/**
 * Tells the alert that asked about a transaction what was concluded of it. Confirmed fraud makes a provisional label
 * final and bars every proof from releasing the card; taken back, the alert is as it was. Its status is the customer's
 * and ours and never moves here: so conclusions in any order end the same.
 */
export function createConcludeAlert(deps: ConcludeDeps) {
  return async ({ label, verdict }: Conclusion, now: Date): Promise<readonly Write<unknown>[]> => {
    const isFraud = label.concluded?.value === 'fraud' && verdict.value === 'fraud';
    if (label.concluded === undefined) return [];
    const alert = await alertOf(deps, label);
    if (alert === undefined) return [];
    const before = alert.body.concludedFraud ?? [];
    if (before.includes(label.transactionId) === isFraud) return [];
    const ticket = await deps.tickets.get(alert.body.ticketId);
    if (ticket === undefined) throw new Error('an alert without its ticket');
    const others = before.filter((id) => id !== label.transactionId);
    const concludedFraud = isFraud ? [...others, label.transactionId].sort() : others;
    const body: Alert = {
      ...alert.body,
      concludedFraud: concludedFraud.length === 0 ? undefined : concludedFraud,
    };
    const { source, labelId, at } = label.concluded;
    const entry = {
      type: isFraud ? ('fraud_confirmed' as const) : ('fraud_cleared' as const),
      by: source === 'agent' ? 'desk' : 'bank',
      data: { alertId: body.alertId, transactionId: label.transactionId, source, labelId, knownAt: at },
    };
    return [
      ...deps.alerts.save(alert, body),
      ...deps.tickets.save(ticket, isFraud ? forPerson(ticket.body, now) : ticket.body, {
        now,
        entries: [entry],
      }),
    ];
  };
}

async function alertOf(
  deps: ConcludeDeps,
  { alertId, cardToken, transactionId }: TransactionLabel,
): Promise<Versioned<Alert> | undefined> {
  // Until it is settled the card's guard leads to it; from then on its own label does.
  const alert = await (alertId === undefined ? deps.alerts.openFor(cardToken) : deps.alerts.get(alertId));
  const asks = alert?.body.transactions.some((one) => one.transactionId === transactionId) === true;
  return asks ? alert : undefined;
}

/**
 * Fraud nobody has answered yet waits for a person. A case that is over is not opened again by it, nor is one brought back
 * to work that waits for others or is concluded: often it is the desk's own conclusion that comes back.
 */
function forPerson(ticket: Ticket, now: Date): Ticket {
  if (isOver(ticket)) return ticket;
  if (isResting(ticket)) return { ...ticket, priority: 'P1' };
  const order = { priority: 'P1', reason: 'fraud_confirmed', at: now.toISOString() } as const;
  return queued(ticket, order) ?? ticket;
}
