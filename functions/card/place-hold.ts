import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Card, freezeStage, placeHold } from './card.ts';
import type { CardStore } from './card-store.ts';

export type HoldPlaced =
  | { readonly outcome: 'held' | 'held_already'; readonly card: Card }
  | { readonly outcome: 'closed' }
  | { readonly outcome: 'not_yours' };

/** Further writes that belong to the same request, e.g. its idempotency guard or a ticket. */
export type Together = (card: Card) => Promise<readonly Write<unknown>[]>;

/**
 * A hold a person asks for. Freezing never waits (D5): basic identity is enough, and asking again is harmless.
 * The owner check is part of every read: a card of somebody else is told apart from no card to nobody (I11).
 */
export function createPlaceHold(deps: { db: Database; cards: CardStore; now: () => Date }) {
  return (order: {
    cardToken: string;
    kind: 'customer' | 'lost';
    customerId: string;
    together: Together;
  }): Promise<HoldPlaced> =>
    retryWhenChanged(5, async () => {
      const card = await deps.cards.get(order.cardToken);
      const { customerId } = order;
      if (card === undefined || !mayHold(card.body, customerId)) return { outcome: 'not_yours' };
      if (freezeStage(card.body) === 'closed') return { outcome: 'closed' };
      const now = deps.now();
      const by = `customer:${customerId}`;
      const held = placeHold(card.body, { kind: order.kind, at: now.toISOString(), by });
      const type = order.kind === 'lost' ? 'lost_hold_placed' : 'customer_hold_placed';
      const holds = held === undefined ? [] : deps.cards.saveHolds(card, held, { now, by, type });
      const together = await order.together(held ?? card.body);
      const writes: readonly Write<unknown>[] = [...holds, ...together];
      if (writes.length > 0 && (await deps.db.commit(writes)).outcome === 'refused') return 'changed';
      return held === undefined
        ? { outcome: 'held_already', card: card.body }
        : { outcome: 'held', card: held };
    });
}

/** Cardholder and account owner may both freeze; freezing only blocks. */
const mayHold = (card: Card, customerId: string): boolean =>
  card.cardholderId === customerId || card.accountOwnerId === customerId;
