import * as z from 'zod/mini';
import { type Database, type Item, type Key, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';
import type { Tries, TriesOf } from './tries.ts';
import { verificationPolicy } from './verification-policy.ts';

export type TriesRefusal = { readonly tries: 'spent' | 'taken' | 'not_taken' };

/**
 * The counts of one incident. A try is taken by a conditional add before anything is compared, so that any number of
 * guesses at once compares three (H14); it is given back only together with the pass it led to. `id` names the guess,
 * so that the same one, delivered again or repeated by the SDK, is counted once.
 */
export interface TriesStore {
  /** The counts; without the try named `mine`, where that is taken. */
  get(of: TriesOf, mine?: string): Promise<Tries>;
  take(of: TriesOf, id: string): readonly Write<TriesRefusal>[];
  giveBack(of: TriesOf, id: string): readonly Write<TriesRefusal>[];
  /** No try is left of this incident: it begins with those of another one used up. */
  spend(of: TriesOf): Write<never>;
  /** Counts one code put out; never reset, least of all by a resend. */
  send(of: TriesOf): Write<TriesRefusal>;
}

const triesSchema = z.object({
  failures: z.optional(z.int()),
  sends: z.optional(z.int()),
});

const keyOf = ({ customerId, cardToken }: TriesOf, under: string): Key => ({
  pk: `TRIES#${customerId}#${cardToken}#${under}`,
  sk: 'COUNT',
});
const triesKey = (of: TriesOf): Key => keyOf(of, of.incident);
/** Where failures count: the incident and the day, which are one where there is no ticket. */
const failureKeys = (of: TriesOf): readonly Key[] =>
  [...new Set([of.incident, of.day])].map((under) => keyOf(of, under));
const taken = (id: string): string => `try-${id}`;

export function createTriesStore(options: { db: Database; casesTable: string }): TriesStore {
  const { db, casesTable: table } = options;
  const { mostFailures, mostSends } = verificationPolicy.code;
  const countsAt = async (key: Key, mine: string | undefined): Promise<Tries> => {
    const item = await db.get(table, key);
    const { failures = 0, sends = 0 } = item === undefined ? {} : parseStored(triesSchema, item);
    const own = mine !== undefined && item?.[taken(mine)] !== undefined ? 1 : 0;
    return { failures: failures - own, sends };
  };
  return {
    get: async (of, mine) => {
      const counts = await Promise.all(failureKeys(of).map((key) => countsAt(key, mine)));
      return { failures: Math.max(...counts.map(({ failures }) => failures)), sends: counts[0]?.sends ?? 0 };
    },
    take: (of, id) =>
      failureKeys(of).map((key) =>
        write({
          table,
          spec: { kind: 'update', key, change: { add: { failures: 1 }, set: { [taken(id)]: true } } },
          when: {
            all: [
              { attribute: taken(id), is: 'absent' },
              {
                any: [
                  { attribute: 'failures', is: 'absent' },
                  { attribute: 'failures', is: '<', value: mostFailures },
                ],
              },
            ],
          },
          refused: (current: Item | undefined) => ({
            tries: current?.[taken(id)] === undefined ? ('spent' as const) : ('taken' as const),
          }),
        }),
      ),
    giveBack: (of, id) =>
      failureKeys(of).map((key) =>
        write({
          table,
          spec: { kind: 'update', key, change: { add: { failures: -1 }, remove: [taken(id)] } },
          when: { attribute: taken(id), is: 'present' },
          refused: () => ({ tries: 'not_taken' }) as const,
        }),
      ),
    spend: (of) =>
      write({
        table,
        spec: { kind: 'update', key: triesKey(of), change: { set: { failures: mostFailures } } },
      }),
    send: (of) =>
      write({
        table,
        spec: { kind: 'update', key: triesKey(of), change: { add: { sends: 1 } } },
        when: {
          any: [
            { attribute: 'sends', is: 'absent' },
            { attribute: 'sends', is: '<', value: mostSends },
          ],
        },
        refused: () => ({ tries: 'spent' }) as const,
      }),
  };
}
