import type { Database } from '../platform/database.ts';
import type { Outbox } from '../platform/outbox.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { type Card, desiredState, freezeStage } from './card.ts';
import type { CardStore } from './card-store.ts';

/** The issuer confirms within seconds, and the sweep asks again meanwhile; later the two differ. */
export const DIFFERS_AFTER_MINUTES = 15;

export interface Reconciled {
  readonly cardToken: string;
  /** `asked_again`: the issuer's last word is not what the holds ask for, since longer than that. */
  readonly issuer: 'agrees' | 'under_way' | 'asked_again';
  readonly desired: 'active' | 'frozen';
  readonly confirmed: 'active' | 'frozen';
  /** Nothing was at work on a freeze that is not confirmed: no effect pending, so no alarm either (I1). */
  readonly unwatched: boolean;
  /** A fraud hold whose incident has no open ticket (I6). */
  readonly withoutTicket: boolean;
}

/** Whether the issuer's last word is what the holds ask for; of a closed card nothing is asked. */
export function agrees(card: Card): boolean {
  if (card.closedAt !== undefined) return true;
  return desiredState(card) === 'frozen'
    ? freezeStage(card) === 'frozen'
    : card.issuer.confirmed === 'active';
}

/**
 * Compares one card with what the issuer last confirmed and asks again with the version of its holds: the level, never
 * an edge, so it may be repeated at will. Undefined: there is no such card any more.
 */
export function createReconcileCard(deps: {
  readonly db: Database;
  readonly cards: CardStore;
  readonly tickets: Pick<TicketStore, 'ofIncident'>;
  readonly outbox: Outbox;
  readonly now: () => Date;
}): (cardToken: string) => Promise<Reconciled | undefined> {
  return async (cardToken) => {
    const card = (await deps.cards.get(cardToken))?.body;
    if (card === undefined) return undefined;
    const issuer = agrees(card)
      ? { issuer: 'agrees' as const, unwatched: false }
      : await askAgain(deps, card);
    return {
      cardToken,
      ...issuer,
      desired: desiredState(card),
      confirmed: card.issuer.confirmed,
      withoutTicket: await lacksTicket(deps, card),
    };
  };
}

async function askAgain(
  deps: { db: Database; cards: CardStore; outbox: Outbox; now: () => Date },
  card: Card,
): Promise<Pick<Reconciled, 'issuer' | 'unwatched'>> {
  const { outbox, cards } = deps;
  const now = deps.now();
  const effect = await outbox.get(cards.issuerEffect(card.cardToken, card.holdsVersion));
  const since = effect?.pendingSince ?? effect?.doneAt;
  const waited = since === undefined ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(since);
  if (waited < DIFFERS_AFTER_MINUTES * 60_000) return { issuer: 'under_way', unwatched: false };
  const pending = effect?.pendingSince !== undefined;
  // Refused: it was confirmed, or put out again, a moment ago. Either is what was wanted.
  await deps.db.commit<unknown>([
    pending ? outbox.kick(effect, now, DIFFERS_AFTER_MINUTES * 60) : cards.putIssuerEffect(card, now),
  ]);
  return { issuer: 'asked_again', unwatched: !pending };
}

async function lacksTicket(deps: { tickets: Pick<TicketStore, 'ofIncident'> }, card: Card): Promise<boolean> {
  if (card.holds.fraud === undefined || card.closedAt !== undefined) return false;
  const ticket = await deps.tickets.ofIncident(card.cardholderId, card.cardToken);
  return ticket === undefined || ['resolved', 'closed', 'merged'].includes(ticket.body.status);
}
