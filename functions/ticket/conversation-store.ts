import * as z from 'zod/mini';
import { type Database, type Item, queryAll } from '../platform/database.ts';
import { sequenceText } from '../platform/outbox.ts';
import { wordsKey, wordsSeal } from '../platform/sealed-words.ts';
import { parseStored } from '../platform/stored.ts';
import { conversationEntries } from './conversation.ts';
import { ticketPk } from './ticket-keys.ts';

export interface Message {
  readonly seq: number;
  readonly from: 'customer' | 'agent';
  readonly at: string;
  /** Absent once they were erased, or where they do not fit their seal. */
  readonly words?: string;
}

export interface ConversationStore {
  /** The messages after one, oldest first; `more`: others follow. Reads the keys behind it, not the whole journal. */
  page(
    ticketId: string,
    of: { readonly after: number; readonly limit: number },
  ): Promise<{ readonly messages: readonly Message[]; readonly more: boolean }>;
}

const entrySchema = z.object({
  seq: z.int(),
  type: z.string(),
  at: z.string(),
  data: z.object({ wordsSeal: z.optional(z.string()) }),
});
const bodySchema = z.object({ seq: z.int(), words: z.string(), salt: z.string() });

/** Journal entries one query reads; between two messages lie some others. */
const ENTRIES_AT_ONCE = 100;

export function createConversationStore(options: { db: Database; casesTable: string }): ConversationStore {
  const { db, casesTable: table } = options;

  async function said(pk: string, after: number, most: number) {
    const found: z.output<typeof entrySchema>[] = [];
    const sk = { from: `EVT#${sequenceText(after + 1)}`, to: 'EVT#~' };
    let next: string | undefined;
    do {
      const page = await db.query({
        table,
        pk,
        sk,
        limit: ENTRIES_AT_ONCE,
        after: next,
        consistent: true,
      });
      const entries = page.items.map((item: Item) => parseStored(entrySchema, item));
      found.push(...entries.filter(({ type }) => conversationEntries[type] !== undefined));
      next = page.next;
    } while (next !== undefined && found.length < most);
    return found.slice(0, most);
  }

  return {
    page: async (ticketId, { after, limit }) => {
      const pk = ticketPk(ticketId);
      const found = await said(pk, after, limit + 1);
      const page = found.slice(0, limit);
      const [first, last] = [page[0], page.at(-1)];
      if (first === undefined || last === undefined) return { messages: [], more: false };
      const sk = { from: wordsKey(pk, first.seq).sk, to: wordsKey(pk, last.seq).sk };
      const bodies = await queryAll(
        db,
        { table, pk, sk, consistent: true },
        // Words of other entries lie between; one sequence number has one item.
        last.seq - first.seq + 1,
      );
      const bySeq = new Map(
        bodies.map((item) => parseStored(bodySchema, item)).map((body) => [body.seq, body]),
      );
      const messages = page.flatMap(({ seq, type, at, data }): Message[] => {
        const from = conversationEntries[type];
        if (from === undefined) return [];
        const body = bySeq.get(seq);
        const fits = body !== undefined && wordsSeal(body.salt, body.words) === data.wordsSeal;
        return [{ seq, from, at, words: fits ? body.words : undefined }];
      });
      return { messages, more: found.length > limit };
    },
  };
}
