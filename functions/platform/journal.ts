import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { type Item, type Value, type Write, write } from './database.ts';
import { sequenceText } from './outbox.ts';
import { parseStored } from './stored.ts';

/**
 * The audit entries of one aggregate, each carrying the hash of the one before (D11): a changed, missing or
 * inserted entry breaks the chain from there on. The aggregate's own item holds the head.
 */
export interface JournalHead {
  readonly seq: number;
  readonly chain: string;
}

export interface JournalEntry {
  readonly type: string;
  /** ISO, UTC. */
  readonly at: string;
  /** Who or what did it: `system`, `customer:…`, `agent:…`. */
  readonly by: string;
  readonly data: Readonly<Record<string, Value | undefined>>;
}

export const CHAIN_START = '0'.repeat(64);

const entrySchema = z.object({
  seq: z.int(),
  type: z.string(),
  at: z.string(),
  by: z.string(),
  data: z.record(z.string(), z.unknown()),
  previous: z.string(),
  hash: z.string(),
});
export type StoredEntry = z.output<typeof entrySchema>;

/** An entry as it is stored. */
export const parseEntry = (item: Item): StoredEntry => parseStored(entrySchema, item);

/** The entry that follows `head`, as a write, and the new head. */
export function appendEntry(
  table: string,
  pk: string,
  head: JournalHead,
  entry: JournalEntry,
  /** Seconds; only of an aggregate that is over and has its day. */
  expiresAt?: number,
): { write: Write<{ readonly journal: 'taken' }>; head: JournalHead } {
  const seq = head.seq + 1;
  const chain = entryHash(head.chain, seq, entry);
  return {
    write: write({
      table,
      spec: {
        kind: 'put',
        item: {
          pk,
          sk: `EVT#${sequenceText(seq)}`,
          seq,
          ...entry,
          previous: head.chain,
          hash: chain,
          expiresAt,
        },
      },
      when: { item: 'absent' },
      refused: () => ({ journal: 'taken' }) as const,
    }),
    head: { seq, chain },
  };
}

/** SHA-256 over the previous hash and the entry in canonical form. */
export function entryHash(previous: string, seq: number, entry: JournalEntry): string {
  return hash(
    'sha256',
    `${previous}\n${seq}\n${entry.type}\n${entry.at}\n${entry.by}\n${canonical(entry.data)}`,
    'hex',
  );
}

export type ChainCheck =
  | { readonly intact: true; readonly head: JournalHead }
  | { readonly intact: false; readonly brokenAt: number };

/** Walks the entries in order; tells the first sequence number that does not fit. */
export function verifyChain(items: readonly Item[]): ChainCheck {
  let head: JournalHead = { seq: 0, chain: CHAIN_START };
  for (const item of items) {
    const parsed = entrySchema.safeParse(item);
    const brokenAt = head.seq + 1;
    if (!parsed.success) return { intact: false, brokenAt };
    const { seq, previous, hash: claimed, type, at, by } = parsed.data;
    // Hashed as it is stored: a parsed copy might leave something out.
    const computed = entryHash(head.chain, seq, { type, at, by, data: item.data as JournalEntry['data'] });
    if (seq !== brokenAt || previous !== head.chain || computed !== claimed)
      return { intact: false, brokenAt };
    head = { seq, chain: claimed };
  }
  return { intact: true, head };
}

export function canonical(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
