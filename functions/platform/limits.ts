import * as z from 'zod/mini';
import { type Database, write } from './database.ts';
import { parseStored } from './stored.ts';

export type Taken =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly retryAfterSeconds: number };

const counterSchema = z.object({ until: z.int() });

/**
 * Counts in windows: at most `most` in each stretch of `seconds`, counted from the first. One conditional add each,
 * so that any number at once never pass the limit together; items expire by themselves.
 */
export function createLimits(db: Database, table: string, now: () => Date) {
  return async (counted: { key: string; most: number; seconds: number }): Promise<Taken> => {
    const { key, most, seconds } = counted;
    const nowSeconds = Math.floor(now().getTime() / 1000);
    const window = Math.floor(nowSeconds / seconds);
    const until = (window + 1) * seconds;
    const committed = await db.commit([
      write({
        table,
        spec: {
          kind: 'update',
          key: { pk: `LIMIT#${key}`, sk: `WINDOW#${window}` },
          // An hour longer than it counts: TTL may delete late, never early, and clocks differ a little.
          change: { add: { taken: 1 }, setIfAbsent: { until, expiresAt: until + 3_600 } },
        },
        when: { any: [{ item: 'absent' }, { attribute: 'taken', is: '<', value: most }] },
        refused: (current) => current && parseStored(counterSchema, current).until,
      }),
    ]);
    if (committed.outcome === 'done') return { outcome: 'taken' };
    const [endsAt = until] = committed.refusals;
    return { outcome: 'refused', retryAfterSeconds: Math.max(1, endsAt - nowSeconds) };
  };
}
export type Limits = ReturnType<typeof createLimits>;
