import type { AlertStore } from '../alert/alert-store.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { decisionKeyPart } from '../transaction/digest.ts';
import type { TransactionPosted, TransactionReversed } from '../transaction/events.ts';
import type { LabelStore } from '../transaction/label-store.ts';
import type { TransactionLabel } from '../transaction/transaction-label.ts';
import type { StoredProfile, TransactionStore } from '../transaction/transaction-store.ts';
import { isComparable, withoutAmount } from './label-profile.ts';
import { applyReversal, decodeProfile, emptyProfile, encodeProfile } from './profile.ts';
import { reversedAhead } from './reversed-ahead.ts';

export interface NoteMovementDeps {
  readonly db: Database;
  readonly transactions: TransactionStore;
  readonly alerts: AlertStore;
  readonly tickets: TicketStore;
  readonly labels: Pick<LabelStore, 'get' | 'save'>;
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
      const noted = await caseWrites(deps, event);
      const writes: readonly Write<unknown>[] = [
        deps.transactions.saveReversal(event),
        ...(await profileWrites(deps, event)),
        ...noted,
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return noted.length === 0 ? 'noted' : 'on_ticket';
      const known = committed.refusals.some((refusal) => isKnown(refusal));
      return known ? 'known' : 'changed';
    });
}

/** What a reversal means for the alert that asks about its purchase, and for that alert's ticket. */
async function caseWrites(
  deps: NoteMovementDeps,
  { cardToken, transactionId, kind, amount, reversedAt }: TransactionReversed,
): Promise<readonly Write<unknown>[]> {
  const alert = await deps.alerts.openFor(cardToken);
  const asked = alert?.body.transactions.find((one) => one.transactionId === transactionId);
  if (alert === undefined || asked === undefined) return [];
  const ticket = await deps.tickets.get(alert.body.ticketId);
  if (ticket === undefined) throw new Error('an alert without its ticket');
  const data = { transactionId, kind, amount, reversedAt };
  const isWhole = asked.amount.minor === amount.minor && asked.amount.currency === amount.currency;
  const reversed = kind === 'reversal' && isWhole && asked.reversed !== true;
  // Should it turn out genuine, it was no spending all the same.
  const transactions = alert.body.transactions.map((one) => (one === asked ? { ...one, reversed } : one));
  return [
    ...(reversed ? deps.alerts.save(alert, { ...alert.body, transactions }) : []),
    ...deps.tickets.save(ticket, ticket.body, {
      now: deps.now(),
      entries: [{ type: 'transaction_reversed', by: 'bank', data }],
    }),
  ];
}

/** A purchase that was reversed as a whole never took place: it leaves the card's sums and mean. */
async function profileWrites(
  deps: NoteMovementDeps,
  event: TransactionReversed,
): Promise<readonly Write<unknown>[]> {
  const { cardToken, transactionId, kind, amount } = event;
  if (kind !== 'reversal') return [];
  // The profile first: its lock vouches for what is read after it.
  const stored = await deps.readProfile(cardToken);
  const [decision, label] = await Promise.all([
    deps.transactions.decision(cardToken, transactionId),
    deps.labels.get(cardToken, transactionId),
  ]);
  if (decision === undefined) {
    // The purchase itself is still on its way: the profile knows it as reversed when it comes.
    const profile = stored === undefined ? emptyProfile() : decodeProfile(stored.bytes);
    const known = reversedAhead(profile, decisionKeyPart(transactionId), amount.minor);
    return [deps.transactions.saveProfile(cardToken, stored, encodeProfile(known))];
  }
  if (decision.declined || stored === undefined) return [];
  const profile = decodeProfile(stored.bytes);
  const isWhole = amount.minor === decision.amount.minor && amount.currency === decision.amount.currency;
  // What was cleared has taught the profile, and what a label says is in its mean.
  const wasLearnt = label?.body.counted ?? decision.outcome === 'clear';
  const reversed = applyReversal(profile, {
    occurredAt: Date.parse(decision.occurredAt),
    billing: decision.billing,
    kind,
    isWhole,
    wasLearnt,
  });
  if (!isWhole) return [];
  // Folded away in the history by now, it leaves the mean all the same.
  const folded =
    wasLearnt && isComparable(profile, decision.billing) ? withoutAmount(profile, decision.billing) : profile;
  const after = reversed.kind === 'applied' ? reversed.profile : folded;
  return [
    // Written though nothing changed: a label that comes at the same moment must see that it never took place.
    deps.transactions.saveProfile(cardToken, stored, encodeProfile(after)),
    ...(label === undefined ? [] : [deps.labels.save(label, asReversed(label.body))]),
  ];
}

/** It never took place, so it is in no mean, whatever it is taken for. */
const asReversed = (label: TransactionLabel): TransactionLabel => ({
  ...label,
  counted: false,
  facts: label.facts && { ...label.facts, reversed: true },
});

const isKnown = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'reversal' in refusal;
