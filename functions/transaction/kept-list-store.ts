import * as z from 'zod/mini';
import { type Database, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';

/** Somebody leafs through a list for minutes, not longer. */
const KEPT_MINUTES = 30;
/** Characters of one key part: 20,000 of them are 320 KB, within the 400 of one item. */
const PART = 16;

/**
 * The order of a long list while its pages are read. Decisions lie under digests, so that only the whole list says
 * which are the latest; the order found once is kept, and each later page reads its own hundred by key.
 */
export interface KeptListStore {
  keep(cardToken: string, listId: string, keyParts: readonly string[], now: Date): Write<never>;
  /** The key parts in order; undefined once the list is gone. */
  read(cardToken: string, listId: string): Promise<readonly string[] | undefined>;
}

export function createKeptListStore(options: { db: Database; cardsTable: string }): KeptListStore {
  const { db, cardsTable: table } = options;
  const keyOf = (cardToken: string, listId: string) => ({ pk: `CARD#${cardToken}`, sk: `LIST#${listId}` });
  return {
    keep: (cardToken, listId, keyParts, now) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...keyOf(cardToken, listId),
            parts: keyParts.join(''),
            expiresAt: Math.floor(now.getTime() / 1000) + KEPT_MINUTES * 60,
          },
        },
      }),
    read: async (cardToken, listId) => {
      const item = await db.get(table, keyOf(cardToken, listId));
      if (item === undefined) return undefined;
      const { parts } = parseStored(z.object({ parts: z.string() }), item);
      return Array.from({ length: parts.length / PART }, (_, index) =>
        parts.slice(index * PART, (index + 1) * PART),
      );
    },
  };
}
