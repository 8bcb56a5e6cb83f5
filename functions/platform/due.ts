import { hash } from 'node:crypto';
import { type Database, type Key, type Write, write } from './database.ts';

/** Due items of a kind are spread over this many index partitions, so that a burst cannot throttle one of them. */
const SHARDS = 16;
/**
 * Partitions 0–15 are of documents with a deadline, 16–31 of effects still to do: ten thousand effects that fall due
 * together, after an outage, must not stand before the deadlines of the people who wait.
 */
const FIRST_SHARD = { documents: 0, effects: SHARDS } as const;
export type DueKind = keyof typeof FIRST_SHARD;

/** Every partition of what is due, of both kinds. */
export const duePartitions: readonly string[] = [...partitionsOf('documents'), ...partitionsOf('effects')];

/** Index attributes that make a document found by the sweep from `dueAt` (ISO, UTC) on. */
export const dueAttributes = (pk: string, dueAt: string) => attributes('documents', pk, dueAt);
/** The same of an effect. */
export const effectDueAttributes = (pk: string, dueAt: string) => attributes('effects', pk, dueAt);

function attributes(kind: DueKind, pk: string, dueAt: string): { gsi1pk: string; gsi1sk: string } {
  const shard = Number.parseInt(hash('sha256', pk, 'hex').slice(0, 4), 16) % SHARDS;
  return { gsi1pk: `DUE#${FIRST_SHARD[kind] + shard}`, gsi1sk: dueAt };
}

function partitionsOf(kind: DueKind): readonly string[] {
  return Array.from({ length: SHARDS }, (_, shard) => `DUE#${FIRST_SHARD[kind] + shard}`);
}

/**
 * Keys of what is due at `now`, page by page of every partition side by side, the longest due first: one query per
 * partition when nothing is. A page goes on behind the one before, so what failed there is in nobody's way. The index
 * only finds: whoever acts reads the item again.
 */
export async function* findDue(
  db: Database,
  table: string,
  { now, kind, pageSize }: { now: Date; kind: DueKind; pageSize: number },
): AsyncGenerator<Key> {
  let open: readonly { pk: string; after?: string }[] = partitionsOf(kind).map((pk) => ({ pk }));
  while (open.length > 0) {
    const pages = await Promise.all(
      open.map(async ({ pk, after }) => {
        const sk = { atMost: now.toISOString() };
        return { pk, ...(await db.query({ table, index: 'gsi1', pk, sk, limit: pageSize, after })) };
      }),
    );
    for (const { items } of pages) for (const { pk, sk } of items) yield { pk, sk };
    open = pages.flatMap(({ pk, next }) => (next === undefined ? [] : [{ pk, after: next }]));
  }
}

/** Has the sweep look at an item later than its own time says; nothing of the item itself changes. */
export function postpone(table: string, key: Key, times: { now: Date; until: Date }): Write<'not due'> {
  return write({
    table,
    spec: { kind: 'update', key, change: { set: { gsi1sk: times.until.toISOString() } } },
    when: { attribute: 'gsi1sk', is: '<=', value: times.now.toISOString() },
    refused: () => 'not due' as const,
  });
}
