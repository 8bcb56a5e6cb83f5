import { type Card, placeHold } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import { restOnHold, takeOverHold } from '../card/fraud-hold.ts';
import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { type Alert, isConcludedFraud } from './alert.ts';
import type { AlertStore } from './alert-store.ts';

interface HoldDeps {
  readonly alerts: Pick<AlertStore, 'get'>;
  readonly cards: Pick<CardStore, 'saveHolds'>;
}

interface Standing {
  readonly alert: Versioned<Alert>;
  readonly card: Versioned<Card>;
}

/** The card once the writes are committed. */
export interface Held {
  readonly card: Card;
  readonly writes: readonly Write<unknown>[];
}

/** The fraud hold of an alert; nothing changes where one stands already, be it another alert's. */
export function fraudHold(deps: Pick<HoldDeps, 'cards'>, standing: Standing, now: Date): Held {
  const { order, by } = holdOrder(standing, now);
  const frozen = placeHold(standing.card.body, order);
  if (frozen === undefined) return { card: standing.card.body, writes: [] };
  const change = { now, by, type: 'fraud_hold_placed' };
  return { card: frozen, writes: deps.cards.saveHolds(standing.card, frozen, change) };
}

/**
 * The hold of a NO. One that stands for an alert still in question becomes this one's: else a proof about that alert
 * would lift what only staff may (D5, H16). One that stands for another NO stands for this one as well, so that undoing
 * that one does not lift it.
 */
export async function holdOfNo(deps: HoldDeps, standing: Standing, now: Date): Promise<Held> {
  const { order, by } = holdOrder(standing, now);
  const { body } = standing.card;
  if (body.holds.fraud === undefined) return fraudHold(deps, standing, now);
  const ofNo = await isHoldOfNo(deps, body);
  const held = ofNo ? restOnHold(body, order) : takeOverHold(body, order);
  if (held === undefined) return { card: body, writes: [] };
  const change = { now, by, type: ofNo ? 'fraud_hold_joined' : 'fraud_hold_handed_over' };
  return { card: held, writes: deps.cards.saveHolds(standing.card, held, change) };
}

/** Whether the fraud hold is that of a NO, or fraud is concluded otherwise: only staff lift it. */
const isHoldOfNo = async (deps: Pick<HoldDeps, 'alerts'>, card: Card): Promise<boolean> =>
  (await noBehindHold(deps, card)) !== undefined;

/** The alert whose NO, or concluded fraud, the fraud hold is, if it is one. */
export async function noBehindHold(
  deps: Pick<HoldDeps, 'alerts'>,
  { holds }: Card,
): Promise<Alert | undefined> {
  const holder = holds.fraud && (await deps.alerts.get(holds.fraud.alertId));
  return holder !== undefined && isConcludedFraud(holder.body) ? holder.body : undefined;
}

function holdOrder({ alert }: Standing, now: Date) {
  const { alertId, customerId } = alert.body;
  const by = `customer:${customerId}`;
  return { by, order: { kind: 'fraud', alertId, at: now.toISOString(), by } as const };
}
