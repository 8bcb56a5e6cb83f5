import * as z from 'zod/mini';
import { type Database, queryAll, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';

/** One freeze, as it was decided. */
export interface SeenFreeze {
  readonly ruleSetVersion: string;
  readonly alertId: string;
  /** ISO, UTC. */
  readonly at: string;
}

/**
 * Freezes by rule-set version, each an item of its own: counted once however often it is told, and no counter that all
 * would write to. Beside them how many there were in each hour.
 */
export interface FreezeCountStore {
  /** Refused when it is counted. */
  note(freeze: SeenFreeze): readonly Write<{ readonly freeze: 'counted' }>[];
  /** Freezes of a version since then, `most` at most. */
  since(ruleSetVersion: string, from: string, most: number): Promise<number>;
  /** Freezes of all versions in the full hours between. */
  between(from: string, to: string): Promise<number>;
}

const HOURS = { pk: 'FREEZES#hours' };
const hourOf = (at: string): string => `HOUR#${at.slice(0, 13)}`;
const countSchema = z.object({ count: z.int() });
/** More hours than a week has. */
const MOST_HOURS = 200;

export function createFreezeCountStore(options: { db: Database; casesTable: string }): FreezeCountStore {
  const { db, casesTable: table } = options;
  return {
    note: ({ ruleSetVersion, alertId, at }) => [
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...{ pk: `FREEZES#v#${ruleSetVersion}`, sk: `AT#${at}#${alertId}` },
            expiresAt: expiryOf('freezeSeen', at),
          },
        },
        when: { item: 'absent' },
        refused: () => ({ freeze: 'counted' }) as const,
      }),
      write({
        table,
        spec: {
          kind: 'update',
          key: { ...HOURS, sk: hourOf(at) },
          change: { add: { count: 1 }, set: { expiresAt: expiryOf('freezeHour', at) } },
        },
        refused: () => ({ freeze: 'counted' }) as const,
      }),
    ],
    since: async (ruleSetVersion, from, most) => {
      const of = { table, pk: `FREEZES#v#${ruleSetVersion}`, consistent: true };
      return (await queryAll(db, { ...of, sk: { from: `AT#${from}`, to: 'AT#9' } }, most)).length;
    },
    between: async (from, to) => {
      const items = await queryAll(
        db,
        { table, ...HOURS, sk: { from: hourOf(from), to: hourOf(to) } },
        MOST_HOURS,
      );
      return items.reduce((sum, item) => sum + parseStored(countSchema, item).count, 0);
    },
  };
}
