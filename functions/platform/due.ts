import { hash } from 'node:crypto';
import type { Database, Key } from './database.ts';

/** Due items are spread over this many index partitions, so that a burst cannot throttle one of them. */
export const DUE_SHARDS = 16;

/** Index attributes that make an item found by the sweep from `dueAt` (ISO, UTC) on. */
export function dueAttributes(pk: string, dueAt: string): { gsi1pk: string; gsi1sk: string } {
  const shard = Number.parseInt(hash('sha256', pk, 'hex').slice(0, 4), 16) % DUE_SHARDS;
  return { gsi1pk: `DUE#${shard}`, gsi1sk: dueAt };
}

/**
 * Keys of what is due at `now`, of every shard, at most `mostPerShard` each; the rest waits for the next
 * sweep. The index only finds: whoever acts reads the item again.
 */
export async function findDue(
  db: Database,
  table: string,
  options: { now: Date; mostPerShard: number },
): Promise<readonly Key[]> {
  const pages = await Promise.all(
    Array.from({ length: DUE_SHARDS }, (_, shard) =>
      db.query({
        table,
        index: 'gsi1',
        pk: `DUE#${shard}`,
        sk: { atMost: options.now.toISOString() },
        limit: options.mostPerShard,
      }),
    ),
  );
  return pages.flatMap((page) => page.items.map(({ pk, sk }) => ({ pk, sk })));
}
