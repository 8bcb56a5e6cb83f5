import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Card, freezeStage, placeHold } from './card.ts';
import type { CardStore } from './card-store.ts';

export type HoldPlaced =
  | { readonly outcome: 'held' | 'held_already'; readonly card: Card }
  | { readonly outcome: 'closed' }
  | { readonly outcome: 'not_yours' }
  /** Another delivery of the very same request was faster: its answer is remembered. */
  | { readonly outcome: 'repeated' };

/** Further writes of the same request (its idempotency guard, a ticket); `isNew` tells whether the hold is. */
export type Together = (card: Card, isNew: boolean) => Promise<readonly Write<unknown>[]>;

interface HoldRequest {
  readonly cardToken: string;
  readonly kind: 'customer' | 'lost';
  /** Who asks: a customer, of a card of theirs; or staff, for the cardholder whose precaution it then is (D5). */
  readonly asks:
    | { readonly customerId: string }
    | { readonly agentId: string; readonly identifiedBy: string };
  readonly together: Together;
}

interface PlaceHoldDeps {
  readonly db: Database;
  readonly cards: CardStore;
  readonly now: () => Date;
}

/**
 * A hold a person asks for. Freezing never waits (D5): basic identity is enough, and asking again is harmless.
 * The owner check is part of every read: a card of somebody else is told apart from no card to nobody (I11).
 */
export function createPlaceHold(deps: PlaceHoldDeps): (request: HoldRequest) => Promise<HoldPlaced> {
  return (request) => retryWhenChanged(5, () => placeOnce(deps, request));
}

async function placeOnce(deps: PlaceHoldDeps, request: HoldRequest): Promise<HoldPlaced | 'changed'> {
  const { asks, kind } = request;
  const stored = await deps.cards.get(request.cardToken);
  if (stored === undefined) return { outcome: 'not_yours' };
  const customerId = 'agentId' in asks ? stored.body.cardholderId : asks.customerId;
  if (!mayHold(stored.body, customerId)) return { outcome: 'not_yours' };
  if (freezeStage(stored.body) === 'closed') return { outcome: 'closed' };
  const now = deps.now();
  const owner = `customer:${customerId}`;
  const by = 'agentId' in asks ? `agent:${asks.agentId}` : owner;
  const held = placeHold(stored.body, { kind, at: now.toISOString(), by: owner });
  const card = held ?? stored.body;
  const identifiedBy = 'agentId' in asks ? asks.identifiedBy : undefined;
  const change = {
    now,
    by,
    identifiedBy,
    type: kind === 'lost' ? 'lost_hold_placed' : 'customer_hold_placed',
  };
  const writes: readonly Write<unknown>[] = [
    ...(held === undefined ? [] : deps.cards.saveHolds(stored, held, change)),
    ...(await request.together(card, held !== undefined)),
  ];
  const committed = await deps.db.commit(writes);
  if (committed.outcome === 'refused') {
    return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
  }
  return { outcome: held === undefined ? 'held_already' : 'held', card };
}

/** Cardholder and account owner may both freeze; freezing only blocks. */
const mayHold = (card: Card, customerId: string): boolean =>
  card.cardholderId === customerId || card.accountOwnerId === customerId;
