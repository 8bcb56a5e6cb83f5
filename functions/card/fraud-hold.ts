import { type Card, type HoldOrder, liftHold } from './card.ts';

type FraudOrder = Extract<HoldOrder, { kind: 'fraud' }>;

/**
 * The card whose fraud hold belongs to the ordering alert from now on, so that no proof about the one before lifts it.
 * Undefined when no fraud hold of another alert stands, or the card is closed.
 */
export function takeOverHold(card: Card, order: FraudOrder): Card | undefined {
  const { fraud } = card.holds;
  if (card.closedAt !== undefined || fraud === undefined || fraud.alertId === order.alertId) return undefined;
  const { kind: _, ...hold } = order;
  return { ...card, holds: { ...card.holds, fraud: hold }, holdsVersion: card.holdsVersion + 1 };
}

/**
 * The card whose fraud hold, that of a NO, stands for the NO of the ordering alert as well: it outlives the first one
 * being undone. Undefined when it rests on this alert already, none stands, or the card is closed.
 */
export function restOnHold(card: Card, { alertId }: Pick<FraudOrder, 'alertId'>): Card | undefined {
  const { fraud } = card.holds;
  if (card.closedAt !== undefined || fraud === undefined) return undefined;
  if (fraud.alertId === alertId || fraud.also?.includes(alertId)) return undefined;
  const also = [...(fraud.also ?? []), alertId];
  return withFraud(card, { ...fraud, also });
}

export type NoTakenBack =
  | { readonly kind: 'lifted' | 'handed_over' | 'withdrawn'; readonly card: Card }
  /** The fraud hold never was this alert's, or nothing may change. */
  | { readonly kind: 'nothing' };

/**
 * The card when the NO of one alert was a mistake. Its hold goes on for the earliest other NO that rests on it; else
 * for the alert in question, if the card stays frozen for that one; else it is lifted. Where the hold is another alert's,
 * this one only rests on it no more (H16).
 */
export function withoutNo(
  card: Card,
  order: { readonly alertId: string; readonly inQuestion?: string; readonly at: string; readonly by: string },
): NoTakenBack {
  const { fraud } = card.holds;
  const { alertId, inQuestion, at, by } = order;
  if (card.closedAt !== undefined || fraud === undefined) return { kind: 'nothing' };
  const others = (fraud.also ?? []).filter((one) => one !== alertId);
  if (fraud.alertId !== alertId) {
    if (others.length === (fraud.also ?? []).length) return { kind: 'nothing' };
    return { kind: 'withdrawn', card: withFraud(card, { ...fraud, also: someOf(others) }) };
  }
  const [next, ...rest] = others;
  const heir = next ?? inQuestion;
  if (heir === undefined) {
    const card_ = liftHold(card, { kind: 'fraud', alertId });
    return card_ === undefined ? { kind: 'nothing' } : { kind: 'lifted', card: card_ };
  }
  return { kind: 'handed_over', card: withFraud(card, { at, by, alertId: heir, also: someOf(rest) }) };
}

const someOf = (alertIds: readonly string[]): string[] | undefined =>
  alertIds.length > 0 ? [...alertIds] : undefined;

const withFraud = (card: Card, fraud: Card['holds']['fraud']): Card => ({
  ...card,
  holds: { ...card.holds, fraud },
  holdsVersion: card.holdsVersion + 1,
});
