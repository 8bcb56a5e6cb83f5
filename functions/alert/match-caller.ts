import type { Card } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Contact } from '../card/contact.ts';
import type { Database } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { digitsOf, recentTries, TRIES_PER_DAY } from './caller-tries.ts';
import type { CallerTriesStore } from './caller-tries-store.ts';
import type { Sender } from './find-sender.ts';

/** A card the caller is known by, and whose it is. */
export interface CallersCard {
  readonly card: Versioned<Card>;
  readonly owner: Contact;
}

export type CallerMatched =
  | { readonly outcome: 'matched'; readonly first: CallersCard; readonly cards: readonly CallersCard[] }
  | { readonly outcome: 'digits_wanted' }
  | { readonly outcome: 'no_match'; readonly triesLeft: number }
  | { readonly outcome: 'too_many' };

export interface MatchCallerDeps {
  readonly db: Database;
  readonly cards: CardStore;
  readonly callerTries: CallerTriesStore;
  readonly now: () => Date;
}

/**
 * Basic identity by phone: the calling number is the contact's of today, and the last four are of a card of theirs
 * (D5). At most three tries a day and number, right or wrong, counted before the answer; a try of the same call with
 * the same digits is the same try, so that a repeat by the contact centre costs nothing.
 */
export function matchCaller(
  deps: MatchCallerDeps,
  sender: Sender,
  call: { readonly contactId: string; readonly lastFour?: string },
): Promise<CallerMatched> {
  return retryWhenChanged(5, async () => {
    const { digest } = sender;
    const at = deps.now().toISOString();
    const before = await deps.callerTries.get(digest);
    const recent = recentTries(before?.body, at);
    const lastFour = digitsOf(recent, call);
    if (lastFour === undefined) return { outcome: 'digits_wanted' };
    const cards = await cardsOf(deps, sender, lastFour);
    const [first] = cards;
    const isKnown = recent.some((one) => one.contactId === call.contactId && one.lastFour === lastFour);
    if (!isKnown) {
      if (recent.length >= TRIES_PER_DAY) return { outcome: 'too_many' };
      const { contactId } = call;
      const tries = [...recent, { contactId, lastFour, at, matched: first !== undefined }];
      const committed = await deps.db.commit([deps.callerTries.save(before, { digest, tries })]);
      if (committed.outcome === 'refused') return 'changed';
    }
    if (first !== undefined) return { outcome: 'matched', first, cards };
    return { outcome: 'no_match', triesLeft: TRIES_PER_DAY - recent.length - (isKnown ? 0 : 1) };
  });
}

async function cardsOf(
  deps: Pick<MatchCallerDeps, 'cards'>,
  sender: Sender,
  lastFour: string,
): Promise<readonly CallersCard[]> {
  const found = await Promise.all(
    sender.owners.map(async (owner) =>
      (await deps.cards.ofCardholder(owner.customerId)).map((card) => ({ card, owner })),
    ),
  );
  return found.flat().filter(({ card }) => card.body.lastFour === lastFour);
}
