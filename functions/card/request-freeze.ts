import type { Database, Key, Write } from '../platform/database.ts';
import type { Outbox } from '../platform/outbox.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { desiredState, freezeStage, standingHolds, withIssuerRequest } from './card.ts';
import type { CardStore } from './card-store.ts';
import type { HoldKind } from './hold-kinds.ts';

/** The desired state of a card on its way to the issuer. */
export interface IssuerRequest {
  readonly type: 'CardFreezeRequested' | 'CardUnfreezeRequested';
  readonly cardToken: string;
  readonly holdsVersion: number;
  readonly holds: readonly HoldKind[];
  readonly requestedAt: string;
}

/** The issuer's card system. Takes the same request any number of times; the version orders them. */
export interface IssuerPort {
  request(request: IssuerRequest): Promise<void>;
}

export type Requested =
  | { readonly outcome: 'sent'; readonly request: IssuerRequest }
  /** A newer version of the holds has its own effect, or the issuer confirmed meanwhile. */
  | { readonly outcome: 'superseded' | 'confirmed' | 'closed' | 'missing' };

/**
 * Tells the issuer what the holds say now: level-triggered, the current state and its version, never a replayed
 * edge. The effect stays pending until the issuer confirms (`recordCardStatus` ends it), so what gets lost on
 * the way is sent again by the sweep (H17, I1).
 */
export function createRequestFreeze(deps: {
  db: Database;
  cards: CardStore;
  outbox: Outbox;
  issuer: IssuerPort;
  now: () => Date;
}): (effect: { key: Key; cardToken: string; holdsVersion: number }) => Promise<Requested> {
  const { db, cards, outbox } = deps;
  return async ({ key, cardToken, holdsVersion }) => {
    const card = await cards.get(cardToken);
    if (card === undefined) return { outcome: 'missing' };
    const over =
      freezeStage(card.body) === 'closed'
        ? 'closed'
        : card.body.holdsVersion > holdsVersion
          ? 'superseded'
          : card.body.issuer.confirmedVersion >= holdsVersion
            ? 'confirmed'
            : undefined;
    const now = deps.now();
    if (over !== undefined) {
      await db.commit([outbox.done(key, now, over)]);
      return { outcome: over };
    }
    const request: IssuerRequest = {
      type: desiredState(card.body) === 'frozen' ? 'CardFreezeRequested' : 'CardUnfreezeRequested',
      cardToken,
      holdsVersion: card.body.holdsVersion,
      holds: standingHolds(card.body),
      requestedAt: now.toISOString(),
    };
    await deps.issuer.request(request);
    await recordRequest({ db, cards }, request);
    return { outcome: 'sent', request };
  };
}

/** Notes that the request went out, unless the issuer's answer was faster. */
async function recordRequest(
  deps: { db: Database; cards: CardStore },
  request: IssuerRequest,
): Promise<void> {
  await retryWhenChanged(5, async () => {
    const card = await deps.cards.get(request.cardToken);
    if (card === undefined || card.body.issuer.requestedVersion >= request.holdsVersion) return 'recorded';
    const noted = withIssuerRequest(card.body, request.holdsVersion, request.requestedAt);
    const writes: readonly Write<unknown>[] = [deps.cards.save(card, noted)];
    return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'recorded';
  });
}
