import type { AlertStore } from '../alert/alert-store.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { TransactionPosted, TransactionReversed } from '../transaction/events.ts';
import type { StoredProfile, TransactionStore } from '../transaction/transaction-store.ts';
import { applyReversal, decodeProfile, encodeProfile } from './profile.ts';

export interface NoteMovementDeps {
  readonly db: Database;
  readonly transactions: TransactionStore;
  readonly alerts: AlertStore;
  readonly tickets: TicketStore;
  readonly readProfile: (cardToken: string) => Promise<StoredProfile | undefined>;
  readonly now: () => Date;
}

/** Keeps the posting beside the decision, whichever comes first: final amount, rate and fee (D7). */
export function createNotePosting(deps: Pick<NoteMovementDeps, 'db' | 'transactions'>) {
  return async (event: TransactionPosted): Promise<void> => {
    await deps.db.commit([deps.transactions.savePosting(event)]);
  };
}

/** Keeps a reversal or refund; one of a transaction under question is noted on the ticket, releasing nothing (H23). */
export function createNoteReversal(deps: NoteMovementDeps) {
  return (event: TransactionReversed): Promise<'noted' | 'on_ticket' | 'known'> =>
    retryWhenChanged(5, async () => {
      const alert = await deps.alerts.openFor(event.cardToken);
      const asked =
        alert?.body.transactions.some((one) => one.transactionId === event.transactionId) ?? false;
      const ticket = asked && alert !== undefined ? await deps.tickets.get(alert.body.ticketId) : undefined;
      const now = deps.now();
      const { transactionId, kind, amount, reversedAt } = event;
      const entries = [
        { type: 'transaction_reversed', by: 'bank', data: { transactionId, kind, amount, reversedAt } },
      ];
      const writes: readonly Write<unknown>[] = [
        deps.transactions.saveReversal(event),
        ...(await profileWrites(deps, event)),
        ...(ticket === undefined ? [] : deps.tickets.save(ticket, ticket.body, { now, entries })),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return ticket === undefined ? 'noted' : 'on_ticket';
      const known = committed.refusals.some((refusal) => isKnown(refusal));
      return known ? 'known' : 'changed';
    });
}

/** A purchase that was reversed as a whole never took place: it leaves the card's sums and mean. */
async function profileWrites(
  deps: NoteMovementDeps,
  event: TransactionReversed,
): Promise<readonly Write<unknown>[]> {
  const { cardToken, transactionId, kind, amount } = event;
  if (kind !== 'reversal') return [];
  const [decision, stored] = await Promise.all([
    deps.transactions.decision(cardToken, transactionId),
    deps.readProfile(cardToken),
  ]);
  if (decision === undefined || decision.declined || stored === undefined) return [];
  const reversed = applyReversal(decodeProfile(stored.bytes), {
    occurredAt: Date.parse(decision.occurredAt),
    billing: decision.billing,
    kind,
    isWhole: amount.minor === decision.amount.minor && amount.currency === decision.amount.currency,
    // Only what was cleared has taught the profile.
    wasLearnt: decision.outcome === 'clear',
  });
  if (reversed.kind !== 'applied') return [];
  return [deps.transactions.saveProfile(cardToken, stored, encodeProfile(reversed.profile))];
}

const isKnown = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'reversal' in refusal;
