import * as z from 'zod/mini';
import { type Database, type Key, queryAll, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';
import { type ShadowCell, shadowCells } from './shadow-comparison.ts';
import type { ShadowExamples, ShadowSink } from './shadow-tally.ts';
import { smallDigest } from './small-digest.ts';

/** Examples kept of each cell; a later one may take an earlier one's place. */
const EXAMPLES_PER_CELL = 50;

const judgedSchema = z.object({
  outcome: z.string(),
  score: z.number(),
  reasons: z.array(z.object({ code: z.string(), values: z.record(z.string(), z.unknown()) })),
});
const exampleSchema = z.object({
  transactionId: z.string(),
  cardToken: z.string(),
  occurredAt: z.string(),
  live: judgedSchema,
  other: judgedSchema,
});
export type ShadowExample = z.output<typeof exampleSchema>;

const countsSchema = z.looseObject({ since: z.string(), lastAt: z.string() });

/** What a set did in shadow so far. */
export interface ShadowCounts {
  readonly since: string;
  readonly lastAt: string;
  readonly cells: Readonly<Record<ShadowCell, number>>;
  /** Reasons of its new alerts → how many of them. */
  readonly newAlerts: Readonly<Record<string, number>>;
}

/** Results of sets in shadow: one item of counts per version, and at most fifty examples of each way to differ. */
export interface ShadowStore extends ShadowSink {
  counts(version: string): Promise<ShadowCounts | undefined>;
  examples(version: string, cell: ShadowCell): Promise<readonly ShadowExample[]>;
}

const BY_CODE = 'by_';

export function createShadowStore(options: { db: Database; cardsTable: string }): ShadowStore {
  const { db, cardsTable: table } = options;
  const pk = (version: string) => `RULESET#v#${version}`;
  const countsKey = (version: string): Key => ({ pk: pk(version), sk: 'SHADOW' });
  return {
    addCounts: (version, { cells, newAlerts, at }): Write<never> =>
      write({
        table,
        spec: {
          kind: 'update',
          key: countsKey(version),
          change: {
            add: {
              ...cells,
              ...Object.fromEntries(Object.entries(newAlerts).map(([code, n]) => [`${BY_CODE}${code}`, n])),
            },
            set: { lastAt: at },
            setIfAbsent: { since: at },
          },
        },
      }),
    putExample: (version, cell, example: ShadowExamples): Write<never> =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            pk: pk(version),
            sk: `DIFF#${cell}#${smallDigest(example.transactionId) % EXAMPLES_PER_CELL}`,
            ...example,
            expiresAt: expiryOf('shadowExample', example.occurredAt),
          },
        },
      }),
    counts: async (version) => {
      const item = await db.get(table, countsKey(version));
      if (item === undefined) return undefined;
      const { since, lastAt } = parseStored(countsSchema, item);
      const numbers = Object.entries(item).filter(
        (pair): pair is [string, number] => typeof pair[1] === 'number',
      );
      return {
        since,
        lastAt,
        cells: Object.fromEntries(
          shadowCells.map((cell) => [cell, numbers.find(([name]) => name === cell)?.[1] ?? 0]),
        ) as Record<ShadowCell, number>,
        newAlerts: Object.fromEntries(
          numbers
            .filter(([name]) => name.startsWith(BY_CODE))
            .map(([name, count]) => [name.slice(BY_CODE.length), count]),
        ),
      };
    },
    examples: async (version, cell) => {
      const items = await queryAll(
        db,
        { table, pk: pk(version), sk: { beginsWith: `DIFF#${cell}#` } },
        EXAMPLES_PER_CELL,
      );
      return items
        .map((item) => parseStored(exampleSchema, item))
        .sort((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1));
    },
  };
}
