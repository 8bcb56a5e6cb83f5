import { type Card, type HoldRelease, ownersOfHold } from '../card/card.ts';

/**
 * The holds of a card that this customer's own proof may lift: the fraud hold of the alert the proof is about, for
 * the cardholder only, and the precaution they set themselves. Never a lost or agent's hold, another alert's, or
 * somebody else's precaution (D5, H16, I2).
 */
export function releasesFor(
  card: Card,
  by: { readonly customerId: string; readonly alertId?: string },
): readonly HoldRelease[] {
  const { fraud } = card.holds;
  const own = `customer:${by.customerId}`;
  const { alertId } = by;
  if (card.closedAt !== undefined) return [];
  const ofAlert = fraud !== undefined && fraud.alertId === alertId && card.cardholderId === by.customerId;
  // A proof about an alert whose hold is gone is no proof about the rest of the card.
  if (alertId !== undefined && !ofAlert) return [];
  return [
    ...(ofAlert && alertId !== undefined ? [{ kind: 'fraud', alertId } as const] : []),
    ...(ownersOfHold(card).includes(own) ? [{ kind: 'customer', by: own } as const] : []),
  ];
}
