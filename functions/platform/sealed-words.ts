import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { type Item, type Key, type Write, write } from './database.ts';
import { appendEntry, type JournalEntry, type JournalHead, verifyChain } from './journal.ts';
import { sequenceText } from './outbox.ts';
import { parseStored } from './stored.ts';

/**
 * What people wrote, kept beside the journal instead of in it: the entry carries only a salted hash, the words
 * and their salt are an item `MSG#<seq>` of their own. So the words can be erased for good while the chain still
 * verifies (D11). Without the random salt, short words ("YES") could be guessed from their hash.
 */
export interface Sealed {
  /** What the journal entry keeps, as `data.wordsSeal`. */
  readonly seal: string;
  readonly write: Write<{ readonly journal: 'taken' }>;
}

/** The entry type that proves an erasure: missing words are explained by it alone. */
export const WORDS_ERASED = 'words_erased' as const;

export const wordsKey = (pk: string, seq: number): Key => ({ pk, sk: `MSG#${sequenceText(seq)}` });

/** SHA-256 over salt and words. */
export const wordsSeal = (salt: string, words: string): string => hash('sha256', `${salt}\n${words}`, 'hex');

/** Seals the (already masked) words of the journal entry `seq`; `salt` is 128 random bits or more. */
export function sealWords(
  table: string,
  sealed: { pk: string; seq: number; words: string; salt: string; expiresAt?: number },
): Sealed {
  const { pk, seq, words, salt, expiresAt } = sealed;
  return {
    seal: wordsSeal(salt, words),
    write: write({
      table,
      spec: { kind: 'put', item: { ...wordsKey(pk, seq), seq, words, salt, expiresAt } },
      when: { item: 'absent' },
      refused: () => ({ journal: 'taken' }) as const,
    }),
  };
}

/** Appends an entry to a journal, its words (already masked) beside it. */
export function appendSealed(
  table: string,
  pk: string,
  head: JournalHead,
  { words, ...entry }: JournalEntry & { readonly words?: string },
  options: { readonly newSalt: () => string; readonly expiresAt?: number },
): { writes: readonly Write<{ readonly journal: 'taken' }>[]; head: JournalHead } {
  const { newSalt, expiresAt } = options;
  if (words === undefined) {
    const plain = appendEntry(table, pk, head, entry, expiresAt);
    return { writes: [plain.write], head: plain.head };
  }
  const sealed = sealWords(table, { pk, seq: head.seq + 1, words, salt: newSalt(), expiresAt });
  const data = { ...entry.data, wordsSeal: sealed.seal };
  const appended = appendEntry(table, pk, head, { ...entry, data }, expiresAt);
  return { writes: [appended.write, sealed.write], head: appended.head };
}

const bodySchema = z.object({ seq: z.int(), words: z.string(), salt: z.string() });
const sealedEntrySchema = z.object({
  seq: z.int(),
  type: z.string(),
  data: z.object({ wordsSeal: z.optional(z.string()), upTo: z.optional(z.int()) }),
});

export interface Timeline {
  /** The chain is whole, and every sealed entry's words are there unchanged, or erased with a proof. */
  readonly intact: boolean;
  /** Where it is not, the first entry that does not fit. */
  readonly brokenAt?: number;
  readonly head?: JournalHead;
  /** Words by sequence number of their entry. */
  readonly words: ReadonlyMap<number, string>;
  /** Entries whose words were erased. */
  readonly erased: ReadonlySet<number>;
}

/** Reads the entries (`EVT#`, in order) and word items (`MSG#`) of one aggregate together. */
export function readTimeline(entries: readonly Item[], bodies: readonly Item[]): Timeline {
  const chain = verifyChain(entries);
  const words = new Map<number, string>();
  const erased = new Set<number>();
  if (!chain.intact) return { intact: false, brokenAt: chain.brokenAt, words, erased };
  const parsed = entries.map((item) => parseStored(sealedEntrySchema, item));
  const erasedUpTo = Math.max(
    0,
    ...parsed.flatMap(({ type, data }) => (type === WORDS_ERASED ? [data.upTo ?? 0] : [])),
  );
  const kept = new Map(
    bodies.map((item) => parseStored(bodySchema, item)).map((body) => [body.seq, body] as const),
  );
  let brokenAt: number | undefined;
  for (const { seq, data } of parsed) {
    if (data.wordsSeal === undefined) continue;
    const body = kept.get(seq);
    if (body === undefined && seq <= erasedUpTo) erased.add(seq);
    else if (body === undefined || wordsSeal(body.salt, body.words) !== data.wordsSeal) brokenAt ??= seq;
    else words.set(seq, body.words);
  }
  return brokenAt === undefined
    ? { intact: true, head: chain.head, words, erased }
    : { intact: false, brokenAt, words, erased };
}
