import type { AskCustomer } from '../alert/ask-customer.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Outbox } from '../platform/outbox.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { freezeStage, withIssuerAnswer } from './card.ts';
import type { CardStore } from './card-store.ts';
import type { CardStatusChanged } from './events.ts';

export type StatusRecorded =
  | { readonly outcome: 'confirmed'; readonly stage: string; readonly alertId: string | undefined }
  | { readonly outcome: 'freeze_failed'; readonly alertId: string | undefined }
  | { readonly outcome: 'closed' }
  /** Older than what is known, or of no request of ours. */
  | { readonly outcome: 'ignored' }
  | { readonly outcome: 'unknown_card' };

export interface RecordCardStatusDeps {
  readonly db: Database;
  readonly cards: CardStore;
  readonly outbox: Outbox;
  readonly askCustomer: AskCustomer;
  /** Brings a person in when the issuer could not freeze (H17). */
  readonly raiseFailedFreeze: (alertId: string) => Promise<void>;
  readonly now: () => Date;
}

/**
 * Takes the issuer's word on a card. A confirmed freeze ends its effect and puts the question out; a failed one
 * leaves the effect pending (the sweep sends it again) and brings a person in.
 */
export function createRecordCardStatus(
  deps: RecordCardStatusDeps,
): (event: CardStatusChanged) => Promise<StatusRecorded> {
  return async (event) => {
    const recorded = await retryWhenChanged(8, () => recordOnce(deps, event));
    if (recorded.outcome === 'confirmed' && recorded.alertId !== undefined) {
      await deps.askCustomer(recorded.alertId, 'confirmed');
    }
    if (recorded.outcome === 'freeze_failed' && recorded.alertId !== undefined) {
      await deps.raiseFailedFreeze(recorded.alertId);
    }
    return recorded;
  };
}

async function recordOnce(
  deps: RecordCardStatusDeps,
  event: CardStatusChanged,
): Promise<StatusRecorded | 'changed'> {
  const card = await deps.cards.get(event.cardToken);
  if (card === undefined) return { outcome: 'unknown_card' };
  const now = deps.now();
  const at = now.toISOString();
  if (event.status === 'closed') {
    if (card.body.closedAt !== undefined) return { outcome: 'closed' };
    const writes: readonly Write<unknown>[] = [
      deps.cards.save(card, { ...card.body, closedAt: event.occurredAt }),
    ];
    return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : { outcome: 'closed' };
  }
  if (event.holdsVersion === undefined) return { outcome: 'ignored' };
  const alertId = card.body.holds.fraud?.alertId;
  const answer = { status: event.status, holdsVersion: event.holdsVersion, at };
  const after = withIssuerAnswer(card.body, answer);
  if (after === undefined) {
    // A repeat after a crash between the two steps: what follows is done again, harmlessly.
    const repeats =
      card.body.issuer.confirmedVersion === event.holdsVersion && event.status !== 'freeze_failed';
    return repeats
      ? { outcome: 'confirmed', stage: freezeStage(card.body), alertId }
      : card.body.issuer.failedVersion === event.holdsVersion
        ? { outcome: 'freeze_failed', alertId }
        : { outcome: 'ignored' };
  }
  const failed = event.status === 'freeze_failed';
  const effect = deps.cards.issuerEffect(event.cardToken, event.holdsVersion);
  const writes: readonly Write<unknown>[] = [
    deps.cards.save(card, after),
    ...(failed ? [] : [deps.outbox.done(effect, now, 'confirmed')]),
  ];
  if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
  return failed
    ? { outcome: 'freeze_failed', alertId }
    : { outcome: 'confirmed', stage: freezeStage(after), alertId };
}
