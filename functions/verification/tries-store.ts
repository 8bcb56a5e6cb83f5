import * as z from 'zod/mini';
import {
  type Condition,
  type Database,
  type Item,
  type Key,
  type Write,
  write,
} from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';
import { dayOf, type Tries, type TriesOf, windowOf } from './tries.ts';
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
  /** Counts one code put out, of the incident and of the customer's day; never reset, least of all by a resend. */
  send(of: TriesOf): readonly Write<TriesRefusal>[];
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
/** Of all cards of a customer. */
const customerKey = ({ customerId }: TriesOf, under: string): Key => ({
  pk: `TRIES#${customerId}#${under}`,
  sk: 'CUSTOMER',
});

interface Count {
  readonly key: Key;
  readonly most: number;
  /** The item goes when its window is long over; that of an incident stays. */
  readonly set?: { readonly expiresAt: number };
}

const { code, customer } = verificationPolicy;

/** Where failures count: the incident and the day, which are one where there is no ticket. */
const incidentCounts = (of: TriesOf): readonly Count[] =>
  [...new Set([of.incident, dayOf(of.openedAt)])].map((under) => ({
    key: keyOf(of, under),
    most: code.mostFailures,
  }));
const failureCounts = (of: TriesOf): readonly Count[] => [
  ...incidentCounts(of),
  {
    key: customerKey(of, windowOf(of.openedAt)),
    most: customer.mostFailures,
    set: { expiresAt: expiryOf('customerTries', of.openedAt) },
  },
];
const sendCounts = (of: TriesOf): readonly Count[] => [
  { key: triesKey(of), most: code.mostSends },
  {
    key: customerKey(of, dayOf(of.openedAt)),
    most: customer.mostSendsPerDay,
    set: { expiresAt: expiryOf('customerTries', of.openedAt) },
  },
];
const isBelow = (attribute: string, most: number): Condition => ({
  any: [
    { attribute, is: 'absent' },
    { attribute, is: '<', value: most },
  ],
});
const taken = (id: string): string => `try-${id}`;

export function createTriesStore(options: { db: Database; casesTable: string }): TriesStore {
  const { db, casesTable: table } = options;
  const countsAt = async (key: Key, mine: string | undefined): Promise<Omit<Tries, 'customerFailures'>> => {
    const item = await db.get(table, key);
    const { failures = 0, sends = 0 } = item === undefined ? {} : parseStored(triesSchema, item);
    const own = mine !== undefined && item?.[taken(mine)] !== undefined ? 1 : 0;
    return { failures: failures - own, sends };
  };
  return {
    get: async (of, mine) => {
      const [ofCustomer, ...counts] = await Promise.all([
        countsAt(customerKey(of, windowOf(of.openedAt)), mine),
        ...incidentCounts(of).map(({ key }) => countsAt(key, mine)),
      ]);
      return {
        failures: Math.max(...counts.map(({ failures }) => failures)),
        sends: counts[0]?.sends ?? 0,
        customerFailures: ofCustomer.failures,
      };
    },
    take: (of, id) =>
      failureCounts(of).map(({ key, most, set }) =>
        write({
          table,
          spec: { kind: 'update', key, change: { add: { failures: 1 }, set: { ...set, [taken(id)]: true } } },
          when: {
            all: [{ attribute: taken(id), is: 'absent' }, isBelow('failures', most)],
          },
          refused: (current: Item | undefined) => ({
            tries: current?.[taken(id)] === undefined ? ('spent' as const) : ('taken' as const),
          }),
        }),
      ),
    giveBack: (of, id) =>
      failureCounts(of).map(({ key }) =>
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
        spec: { kind: 'update', key: triesKey(of), change: { set: { failures: code.mostFailures } } },
      }),
    send: (of) =>
      sendCounts(of).map(({ key, most, set }) =>
        write({
          table,
          spec: { kind: 'update', key, change: { add: { sends: 1 }, ...(set && { set }) } },
          when: isBelow('sends', most),
          refused: () => ({ tries: 'spent' }) as const,
        }),
      ),
  };
}
