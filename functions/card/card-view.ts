import { type Card, freezeStage, standingHolds } from './card.ts';

/** A card as its holder sees it: `frozen` only once the issuer confirmed, `freezing` until then (H17). */
export function cardView(card: Card) {
  return {
    cardToken: card.cardToken,
    lastFour: card.lastFour,
    state: freezeStage(card),
    holds: standingHolds(card),
    frozenSince: card.issuer.confirmed === 'frozen' ? card.issuer.confirmedAt : undefined,
    holdsVersion: card.holdsVersion,
  };
}
