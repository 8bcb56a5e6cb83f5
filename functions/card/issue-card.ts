import type { Database } from '../platform/database.ts';
import { CHAIN_START } from '../platform/journal.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { unknownCard } from './card.ts';
import type { CardStore } from './card-store.ts';
import type { CardIssued } from './events.ts';

/**
 * Takes a card's master data, newest version only (I8). A card that a transaction held before we heard of it
 * keeps its holds (H32).
 */
export function createIssueCard(deps: { db: Database; cards: CardStore }) {
  return (event: CardIssued): Promise<{ outcome: 'issued' | 'older' }> =>
    retryWhenChanged(5, async () => {
      const { cardToken, cardholderId, accountOwnerId, lastFour, sourceVersion, billingCurrency } = event;
      const stored = await deps.cards.get(cardToken);
      if (stored !== undefined && stored.body.sourceVersion >= sourceVersion) return { outcome: 'older' };
      const known =
        stored?.body ?? unknownCard({ cardToken, cardholderId, accountOwnerId, chain: CHAIN_START });
      const card = { ...known, cardholderId, accountOwnerId, lastFour, sourceVersion, billingCurrency };
      const committed = await deps.db.commit([deps.cards.save(stored, card), ...deps.cards.noteOwner(card)]);
      return committed.outcome === 'refused' ? 'changed' : { outcome: 'issued' };
    });
}
