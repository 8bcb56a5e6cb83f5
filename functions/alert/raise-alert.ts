import { type Card, placeHold, unknownCard } from '../card/card.ts';
import type { Versioned } from '../platform/documents.ts';
import { CHAIN_START } from '../platform/journal.ts';
import { joinAlert } from './join-alert.ts';
import { openAlert, type RaiseAlertDeps } from './open-alert.ts';
import type { Hold, Raised, SuspiciousTransaction } from './suspicious-transaction.ts';

/**
 * The writes that a suspicious transaction asks for: hold, alert, ticket, their journal entries and effects.
 * Reads what stands now and decides; the writes hold the transaction to exactly that, so the caller commits
 * them together with its own and tries again when something changed. Undefined: nothing to do (closed card,
 * or a transaction the alert knows already).
 */
export type RaiseAlert = (suspicious: SuspiciousTransaction) => Promise<Raised | undefined>;

export function createRaiseAlert(deps: RaiseAlertDeps): RaiseAlert {
  return async (suspicious) => {
    const { cardToken } = suspicious;
    const [card, open] = await Promise.all([deps.cards.get(cardToken), deps.alerts.openFor(cardToken)]);
    if (card?.body.closedAt !== undefined) return undefined;
    const now = deps.now();
    const hold = holdWrites(deps, suspicious, card, { now, alertId: open?.body.alertId ?? deps.newId() });
    return open === undefined
      ? openAlert(deps, suspicious, hold, now)
      : joinAlert(deps, suspicious, open, hold, now);
  };
}

function holdWrites(
  deps: RaiseAlertDeps,
  suspicious: SuspiciousTransaction,
  stored: Versioned<Card> | undefined,
  about: { now: Date; alertId: string },
): Hold {
  const { cardToken, cardholderId, accountOwnerId } = suspicious;
  const card = stored?.body ?? unknownCard({ cardToken, cardholderId, accountOwnerId, chain: CHAIN_START });
  const { alertId, now } = about;
  const order = { kind: 'fraud', alertId, at: now.toISOString(), by: 'system' } as const;
  const frozen = suspicious.severity === 'freeze' ? placeHold(card, order) : undefined;
  if (frozen === undefined) {
    // A card met for the first time is kept even where nothing is held: its alert is answered by way of it.
    const writes = stored === undefined ? [deps.cards.save(undefined, card)] : [];
    return { alertId, card, held: card.holds.fraud !== undefined, placed: false, writes };
  }
  const writes = deps.cards.saveHolds(stored, frozen, { now, by: 'system', type: 'fraud_hold_placed' });
  return { alertId, card: frozen, held: true, placed: true, writes };
}
