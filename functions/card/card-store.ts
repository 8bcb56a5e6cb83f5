import type { Database, Item, Key, Write } from '../platform/database.ts';
import { queryAll } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { appendEntry } from '../platform/journal.ts';
import { createOutbox, type EffectRefusal, effectKey } from '../platform/outbox.ts';
import { type Card, cardSchema, desiredState, standingHolds } from './card.ts';

/** A freeze not confirmed after this long is sent again by the sweep, and alarmed. */
export const ISSUER_DUE_SECONDS = 10;
/** Most cards one customer's list shows. */
const MOST_CARDS = 100;

export type CardRefusal = Changed<Card> | EffectRefusal | { readonly journal: 'taken' };

/** Cards: the state of each in `Cards`, its journal and effects in `Cases`. */
export interface CardStore {
  get(cardToken: string): Promise<Versioned<Card> | undefined>;
  parse(item: Item): Versioned<Card>;
  ofCardholder(customerId: string): Promise<readonly Versioned<Card>[]>;
  save(previous: Versioned<Card> | undefined, card: Card): Write<Changed<Card>>;
  /** Where the effect that tells the issuer of this version of the holds stands. */
  issuerEffect(cardToken: string, holdsVersion: number): Key;
  /** Saves a card whose holds changed, with the journal entry and the effect that tells the issuer. */
  saveHolds(
    previous: Versioned<Card> | undefined,
    card: Card,
    change: { readonly now: Date; readonly by: string; readonly type: string },
  ): readonly Write<CardRefusal>[];
}

export const cardPk = (cardToken: string): string => `CARD#${cardToken}`;
export const cardKey = (cardToken: string) => ({ pk: cardPk(cardToken), sk: 'STATE' });

export function createCardStore(options: {
  db: Database;
  cardsTable: string;
  casesTable: string;
}): CardStore {
  const { db, cardsTable, casesTable } = options;
  const outbox = createOutbox(db, casesTable);
  const documents = createDocuments({
    db,
    table: cardsTable,
    schema: cardSchema,
    name: 'card',
    key: cardKey,
    idOf: (card) => card.cardToken,
    attributes: (card) => ({ gsi1pk: `CUSTOMER#${card.cardholderId}`, gsi1sk: cardPk(card.cardToken) }),
  });

  return {
    get: documents.get,
    parse: documents.parse,
    save: documents.save,
    issuerEffect: (cardToken, holdsVersion) => effectKey(cardPk(cardToken), holdsVersion, 'issuer'),
    ofCardholder: async (customerId) => {
      const found = await queryAll(
        db,
        { table: cardsTable, index: 'gsi1', pk: `CUSTOMER#${customerId}` },
        MOST_CARDS,
      );
      // The index only finds; what is shown is read again.
      const items = await Promise.all(found.map(({ pk, sk }) => db.get(cardsTable, { pk, sk })));
      return items.flatMap((item) => (item === undefined ? [] : [documents.parse(item)]));
    },
    saveHolds: (previous, card, change) => {
      const pk = cardPk(card.cardToken);
      const head = { seq: card.holdsVersion - 1, chain: card.chain };
      const entry = appendEntry(casesTable, pk, head, {
        type: change.type,
        at: change.now.toISOString(),
        by: change.by,
        data: { holds: standingHolds(card), holdsVersion: card.holdsVersion, desired: desiredState(card) },
      });
      return [
        documents.save(previous, { ...card, chain: entry.head.chain }),
        entry.write,
        outbox.put({
          pk,
          seq: card.holdsVersion,
          effect: 'issuer',
          now: change.now,
          dueAfterSeconds: ISSUER_DUE_SECONDS,
          payload: { cardToken: card.cardToken, holdsVersion: card.holdsVersion },
        }),
      ];
    },
  };
}
