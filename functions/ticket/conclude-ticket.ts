import type { AlertStore } from '../alert/alert-store.ts';
import type { Write } from '../platform/database.ts';
import type { TransactionStore } from '../transaction/transaction-store.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import { type ConcludedTransaction, conclude, type DeskRefusal, type Finding } from './desk-acts.ts';
import { disputesOf } from './dispute.ts';
import type { Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

interface Order {
  readonly number: string;
  readonly conclusion: {
    readonly agent: { readonly id: string; readonly name: string };
    readonly words: string;
    readonly finding: Finding;
  };
  /** Those it is about; absent: all the ticket asked about or disputes, at most 20. */
  readonly transactionIds?: readonly string[];
  readonly together: (ticket: Ticket) => readonly Write<unknown>[];
}

/** One event goes out per transaction, in one write with the ticket. */
const MOST_TRANSACTIONS = 20;

/**
 * The preliminary conclusion with its plan (D6). When the transactions were made is looked up, since whoever learns the
 * label needs it: first among those the alert lists, then among the decisions kept for 35 days.
 */
export function createConcludeTicket(deps: {
  tickets: Pick<TicketStore, 'byNumber'>;
  alerts: Pick<AlertStore, 'get'>;
  transactions: Pick<TransactionStore, 'decision'>;
  changeTicket: ChangeTicket;
}) {
  return async (order: Order): Promise<TicketChanged<DeskRefusal | 'no_such_transaction'>> => {
    const ticket = await deps.tickets.byNumber(order.number);
    if (ticket === undefined) return { outcome: 'not_found' };
    const found = await transactionsOf(deps, ticket.body, order.transactionIds);
    if (found === undefined) return { outcome: 'refused', refusal: 'no_such_transaction' };
    return deps.changeTicket<DeskRefusal>({
      number: order.number,
      mayChange: () => true,
      change: (before, at) => conclude(before, { ...order.conclusion, at, transactions: found }),
      together: order.together,
    });
  };
}

async function transactionsOf(
  deps: Parameters<typeof createConcludeTicket>[0],
  ticket: Ticket,
  named: readonly string[] | undefined,
): Promise<readonly ConcludedTransaction[] | undefined> {
  const alert = ticket.alertId === undefined ? undefined : await deps.alerts.get(ticket.alertId);
  const listed = alert?.body.transactions ?? [];
  const disputes = disputesOf(ticket);
  const disputed = disputes.map(({ transactionId }) => transactionId);
  const all = new Set([...listed.map(({ transactionId }) => transactionId), ...disputed]);
  const wanted = named ?? [...all].slice(0, MOST_TRANSACTIONS);
  const found = await Promise.all(
    [...new Set(wanted)].map(async (transactionId): Promise<ConcludedTransaction | undefined> => {
      const asked = listed.find((one) => one.transactionId === transactionId);
      if (alert !== undefined && asked !== undefined) {
        const { occurredAt, merchantId } = asked;
        return { transactionId, cardToken: alert.body.cardToken, occurredAt, merchantId };
      }
      const ofOther = disputes.find((one) => one.transactionId === transactionId)?.cardToken;
      const cardToken = ofOther ?? ticket.cardToken;
      const decision = await deps.transactions.decision(cardToken, transactionId);
      if (decision === undefined) return undefined;
      return { transactionId, cardToken, occurredAt: decision.occurredAt, merchantId: decision.merchant.id };
    }),
  );
  const known = found.filter((one) => one !== undefined);
  // What nobody named may be gone after 35 days; what was named must be there.
  return named !== undefined && known.length < found.length ? undefined : known;
}
