import { type Database, type Item, type Key, queryAll, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';
import {
  decisionSchema,
  type ListedTransaction,
  postingSchema,
  reversalSchema,
  type StoredDecision,
} from './decision.ts';
import { decisionKeyPart } from './digest.ts';
import type { TransactionPosted, TransactionReversed } from './events.ts';
import { parseBytes, profileKey, type StoredBytes } from './profile-item.ts';

/**
 * Most items of a kind that one list reads. They lie in the order of their digests, so the latest are known only when
 * all are read; this is one transaction every two and a half minutes for 35 days, more than any card has.
 */
const MOST_LISTED = 20_000;

export type StoredProfile = StoredBytes;

export type ProfileRefusal = { readonly profile: 'changed' };
export type DecisionRefusal = { readonly decision: 'exists'; readonly stored: StoredDecision };

export interface TransactionStore {
  profile(cardToken: string, options?: { readonly consistent: boolean }): Promise<StoredProfile | undefined>;
  saveProfile(
    cardToken: string,
    previous: StoredProfile | undefined,
    bytes: Uint8Array,
  ): Write<ProfileRefusal>;
  decision(cardToken: string, transactionId: string): Promise<StoredDecision | undefined>;
  saveDecision(cardToken: string, decision: StoredDecision): Write<DecisionRefusal>;
  /** Of the given key parts those whose decision exists, by one batched read. */
  existing(cardToken: string, keyParts: readonly string[]): Promise<readonly string[]>;
  savePosting(event: TransactionPosted): Write<never>;
  /** Refused when this very reversal is known. */
  saveReversal(event: TransactionReversed): Write<{ readonly reversal: 'known' }>;
  /** Whether it was reversed as a whole: by as much as it was (`minor`). */
  isReversed(cardToken: string, transactionId: string, amount: { readonly minor: number }): Promise<boolean>;
  /** Transactions since `from` (ISO), latest first, with postings and reversals. */
  listSince(cardToken: string, from: string): Promise<readonly ListedTransaction[]>;
  /** Those of these key parts (at most 100), latest first: what a page of a kept list reads. */
  listOf(cardToken: string, keyParts: readonly string[]): Promise<readonly ListedTransaction[]>;
}

/** Refunds of one purchase are told apart by their time; a reversal by its amount, however often it is told. */
const reversalId = (event: TransactionReversed): string =>
  event.kind === 'reversal' ? `reversal#${event.amount.minor}` : `refund#${event.reversedAt}`;

const cardPk = (cardToken: string): string => `CARD#${cardToken}`;

export function createTransactionStore(options: { db: Database; cardsTable: string }): TransactionStore {
  const { db, cardsTable: table } = options;
  const decisionKey = (cardToken: string, keyPart: string): Key => ({
    pk: cardPk(cardToken),
    sk: `TXN#${keyPart}`,
  });

  return {
    profile: async (cardToken, options) => {
      const item = await db.get(table, profileKey(cardToken), options);
      return item && parseBytes(item);
    },
    saveProfile: (cardToken, previous, bytes) =>
      write({
        table,
        spec: { kind: 'put', item: { ...profileKey(cardToken), p: bytes, v: (previous?.lock ?? 0) + 1 } },
        when: previous === undefined ? { item: 'absent' } : { attribute: 'v', is: '=', value: previous.lock },
        refused: () => ({ profile: 'changed' }) as const,
      }),
    decision: async (cardToken, transactionId) => {
      const item = await db.get(table, decisionKey(cardToken, decisionKeyPart(transactionId)));
      return item && parseStored(decisionSchema, item);
    },
    saveDecision: (cardToken, decision) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...decisionKey(cardToken, decisionKeyPart(decision.transactionId)),
            ...decision,
            expiresAt: expiryOf('decision', decision.receivedAt),
          },
        },
        when: { item: 'absent' },
        refused: (current) => {
          if (current === undefined) throw new Error('a decision was refused by nothing');
          return { decision: 'exists', stored: parseStored(decisionSchema, current) } as const;
        },
      }),
    existing: async (cardToken, keyParts) => {
      const found = await db.getMany(
        table,
        keyParts.map((keyPart) => decisionKey(cardToken, keyPart)),
      );
      return keyParts.filter((_, index) => found[index] !== undefined);
    },
    savePosting: (event) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            pk: cardPk(event.cardToken),
            sk: `POSTED#${decisionKeyPart(event.transactionId)}`,
            transactionId: event.transactionId,
            postedAt: event.postedAt,
            amount: event.amount,
            billing: event.billing,
            expiresAt: expiryOf('posting', event.postedAt),
          },
        },
      }),
    saveReversal: (event) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            pk: cardPk(event.cardToken),
            sk: `REVERSED#${decisionKeyPart(event.transactionId)}#${reversalId(event)}`,
            transactionId: event.transactionId,
            reversedAt: event.reversedAt,
            kind: event.kind,
            amount: event.amount,
            expiresAt: expiryOf('reversal', event.reversedAt),
          },
        },
        when: { item: 'absent' },
        refused: () => ({ reversal: 'known' }) as const,
      }),
    isReversed: async (cardToken, transactionId, { minor }) => {
      const sk = `REVERSED#${decisionKeyPart(transactionId)}#reversal#${minor}`;
      return (await db.get(table, { pk: cardPk(cardToken), sk })) !== undefined;
    },
    listSince: async (cardToken, from) => {
      const of = (prefix: string) =>
        queryAll(db, { table, pk: cardPk(cardToken), sk: { beginsWith: prefix } }, MOST_LISTED);
      const [decisions, postings, reversals] = await Promise.all([
        of('TXN#'),
        of('POSTED#'),
        of('REVERSED#'),
      ]);
      return listed(from, { decisions, postings, reversals });
    },
    listOf: async (cardToken, keyParts) => {
      const pk = cardPk(cardToken);
      const read = async (kind: string): Promise<readonly Item[]> => {
        if (keyParts.length === 0) return [];
        const items = await db.getMany(
          table,
          keyParts.map((part) => ({ pk, sk: `${kind}${part}` })),
        );
        return items.filter((item) => item !== undefined);
      };
      const [decisions, postings, reversals] = await Promise.all([
        read('TXN#'),
        read('POSTED#'),
        // Refunds are few, and stand under their purchase and their time: one query finds a page's.
        queryAll(db, { table, pk, sk: { beginsWith: 'REVERSED#' } }, MOST_LISTED),
      ]);
      return listed('', { decisions, postings, reversals });
    },
  };
}

function listed(
  from: string,
  items: { decisions: readonly Item[]; postings: readonly Item[]; reversals: readonly Item[] },
): readonly ListedTransaction[] {
  const postings = new Map(
    items.postings.map((item) => parseStored(postingSchema, item)).map((one) => [one.transactionId, one]),
  );
  const reversals = Map.groupBy(
    items.reversals.map((item) => parseStored(reversalSchema, item)),
    ({ transactionId }) => transactionId,
  );
  return items.decisions
    .map((item) => parseStored(decisionSchema, item))
    .filter((decision) => decision.occurredAt >= from)
    .sort(latestFirst)
    .map((decision) => {
      const posted = postings.get(decision.transactionId);
      return {
        ...decision,
        pending: posted === undefined && !decision.declined,
        ...(posted === undefined ? {} : { posted }),
        reversals: reversals.get(decision.transactionId) ?? [],
      };
    });
}

/** Of the same moment by id, so that the pages of a list fit together. */
function latestFirst(a: StoredDecision, b: StoredDecision): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt < b.occurredAt ? 1 : -1;
  return a.transactionId < b.transactionId ? 1 : -1;
}
