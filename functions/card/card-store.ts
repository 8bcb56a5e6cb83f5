import { hash } from 'node:crypto';
import type { Database, Item, Key, Page, Write } from '../platform/database.ts';
import { queryAll, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { appendEntry } from '../platform/journal.ts';
import { createOutbox, type EffectOrder, type EffectRefusal, effectKey } from '../platform/outbox.ts';
import { type Card, cardSchema, desiredState, standingHolds } from './card.ts';

/** A freeze not confirmed after this long is sent again by the sweep, and alarmed. */
export const ISSUER_DUE_SECONDS = 10;
/** A notice not sent after this long is put out again by the sweep. */
const NOTICE_DUE_SECONDS = 60;
/** Most cards one customer's list shows. */
const MOST_CARDS = 100;
/** Under an account owner: the supplementary cards of their account. */
const OWNED = 'OWNS#';

export type CardRefusal = Changed<Card> | EffectRefusal | { readonly journal: 'taken' };

/** Cards: the state of each in `Cards`, its journal and effects in `Cases`. */
export interface CardStore {
  get(cardToken: string): Promise<Versioned<Card> | undefined>;
  parse(item: Item): Versioned<Card>;
  ofCardholder(customerId: string): Promise<readonly Versioned<Card>[]>;
  /** Supplementary cards (附属卡) on this customer's account: somebody else carries them. */
  ofAccountOwner(customerId: string): Promise<readonly Versioned<Card>[]>;
  /** Lets the owner of the account find the card; harmless when repeated, and nothing where owner and holder are one. */
  noteOwner(card: Card): readonly Write<never>[];
  save(previous: Versioned<Card> | undefined, card: Card): Write<Changed<Card>>;
  /** Where the effect that tells the issuer of this version of the holds stands. */
  issuerEffect(cardToken: string, holdsVersion: number): Key;
  /** Keys of the cards in one of `heldPartitions`, page by page. */
  held(pk: string, page: { readonly limit: number; readonly after: string | undefined }): Promise<Page>;
  /** Puts out once more what tells the issuer of the present holds, though it is done or gone. */
  putIssuerEffect(card: Card, now: Date): Write<EffectRefusal>;
  /** Puts out what tells the customer that the issuer confirmed this version of the holds; once per version. */
  putNotice(
    card: Card,
    event: 'freeze_confirmed' | 'freeze_lifted',
    now: Date,
  ): readonly Write<EffectRefusal>[];
  /** Saves a card whose holds changed, with the journal entry and the effect that tells the issuer. */
  saveHolds(
    previous: Versioned<Card> | undefined,
    card: Card,
    change: {
      readonly now: Date;
      readonly by: string;
      readonly type: string;
      /** Where staff asked: by what they knew the customer. */
      readonly identifiedBy?: string;
    },
  ): readonly Write<CardRefusal>[];
}

/** Index partitions of the cards with a hold, or with another state at the issuer than they should have. */
const HELD_SHARDS = 16;
export const heldPartitions: readonly string[] = Array.from(
  { length: HELD_SHARDS },
  (_, shard) => `HELD#${shard}`,
);

function heldPartition(cardToken: string): string {
  const shard = Number.parseInt(hash('sha256', cardToken, 'hex').slice(0, 4), 16) % HELD_SHARDS;
  return `HELD#${shard}`;
}

export const cardPk = (cardToken: string): string => `CARD#${cardToken}`;
export const cardKey = (cardToken: string) => ({ pk: cardPk(cardToken), sk: 'STATE' });

/** Held, or released and not confirmed as active yet; of a closed card nothing is asked any more. */
const isToBeCompared = (card: Card): boolean =>
  card.closedAt === undefined && (desiredState(card) === 'frozen' || card.issuer.confirmed === 'frozen');

const issuerOrder = (card: Card, now: Date): EffectOrder => ({
  pk: cardPk(card.cardToken),
  seq: card.holdsVersion,
  effect: 'issuer',
  now,
  dueAfterSeconds: ISSUER_DUE_SECONDS,
  payload: { cardToken: card.cardToken, holdsVersion: card.holdsVersion },
});

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
    attributes: (card) => ({
      gsi1pk: `CUSTOMER#${card.cardholderId}`,
      gsi1sk: cardPk(card.cardToken),
      ...(isToBeCompared(card)
        ? { gsi2pk: heldPartition(card.cardToken), gsi2sk: cardPk(card.cardToken) }
        : {}),
    }),
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
    held: (pk, page) => db.query({ table: cardsTable, index: 'gsi2', pk, ...page }),
    putNotice: (card, event, now) => {
      const { lastFour, cardholderId: customerId, holdsVersion: version } = card;
      if (lastFour === undefined) return [];
      const facts = { event, lastFour, asOf: now.toISOString() };
      const payload = { mail: { kind: 'card', facts }, customerId, version };
      const pk = cardPk(card.cardToken);
      return [
        outbox.put({ pk, seq: version, effect: 'email', now, dueAfterSeconds: NOTICE_DUE_SECONDS, payload }),
      ];
    },
    putIssuerEffect: (card, now) => outbox.reopen(issuerOrder(card, now)),
    ofAccountOwner: async (customerId) => {
      const request = { table: cardsTable, pk: `CUSTOMER#${customerId}`, sk: { beginsWith: OWNED } };
      const found = await queryAll(db, { ...request, consistent: true }, MOST_CARDS);
      const read = await Promise.all(found.map(({ sk }) => documents.get(sk.slice(OWNED.length))));
      // The card says whose it is: a pointer of an earlier owner finds and shows nothing.
      return read
        .filter((card) => card !== undefined)
        .filter(({ body }) => body.accountOwnerId === customerId && body.cardholderId !== customerId);
    },
    noteOwner: ({ cardToken, accountOwnerId, cardholderId }) =>
      accountOwnerId === cardholderId
        ? []
        : [
            write({
              table: cardsTable,
              spec: { kind: 'put', item: { pk: `CUSTOMER#${accountOwnerId}`, sk: `${OWNED}${cardToken}` } },
            }),
          ],
    saveHolds: (previous, card, change) => {
      const pk = cardPk(card.cardToken);
      const head = { seq: card.holdsVersion - 1, chain: card.chain };
      const entry = appendEntry(casesTable, pk, head, {
        type: change.type,
        at: change.now.toISOString(),
        by: change.by,
        data: {
          holds: standingHolds(card),
          holdsVersion: card.holdsVersion,
          desired: desiredState(card),
          ...(change.identifiedBy === undefined ? {} : { identifiedBy: change.identifiedBy }),
        },
      });
      return [
        documents.save(previous, { ...card, chain: entry.head.chain }),
        entry.write,
        outbox.put(issuerOrder(card, change.now)),
      ];
    },
  };
}
