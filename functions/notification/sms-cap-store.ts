import * as z from 'zod/mini';
import { type Database, queryAll, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';
import { type Counter, roomIn } from './sms-caps.ts';

export interface CapReached {
  readonly capReached: Counter;
}

/** Counts of texts by window. They only ever grow, and go by themselves when their window is long over. */
export interface SmsCapStore {
  /** One more text on this shard; refused when its share is used up. */
  take(counter: Counter, shard: number): Write<CapReached>;
  /** A shard that has room now; undefined when none has. */
  room(counter: Counter): Promise<number | undefined>;
}

const shardSchema = z.object({ count: z.int() });

export function createSmsCapStore(options: { db: Database; casesTable: string }): SmsCapStore {
  const { db, casesTable: table } = options;
  return {
    take: (counter, shard) => {
      const most = counter.mosts[shard] ?? 0;
      const below = { attribute: 'count', is: '<', value: most } as const;
      const first = { attribute: 'count', is: 'absent' } as const;
      return write({
        table,
        spec: {
          kind: 'update',
          key: { pk: counter.pk, sk: `${counter.window}${shard}` },
          change: { add: { count: 1 }, setIfAbsent: { expiresAt: counter.expiresAt } },
        },
        // A cap of nothing refuses the first one too.
        when: most > 0 ? { any: [first, below] } : below,
        refused: () => ({ capReached: counter }),
      });
    },
    room: async (counter) => {
      const request = { table, pk: counter.pk, sk: { beginsWith: counter.window }, consistent: true };
      const items = await queryAll(db, request, counter.mosts.length);
      const counts = items.map(
        (item) =>
          [Number(item.sk.slice(counter.window.length)), parseStored(shardSchema, item).count] as const,
      );
      return roomIn(counter, new Map(counts));
    },
  };
}
