import { expect, test } from 'vitest';
import type { Database, QueryRequest } from '../../functions/platform/database.ts';
import { dueAttributes, duePartitions, effectDueAttributes, findDue } from '../../functions/platform/due.ts';

const now = new Date('2026-03-10T15:40:00.000Z');

/** A database whose index holds so many due items per partition. */
function indexOf(counts: Readonly<Record<string, number>>) {
  const queries: QueryRequest[] = [];
  const db: Pick<Database, 'query'> = {
    query: async (request) => {
      queries.push(request);
      const from = Number(request.after ?? 0);
      const to = Math.min(counts[request.pk] ?? 0, from + (request.limit ?? 0));
      const items = Array.from({ length: to - from }, (_, i) => ({
        pk: `${request.pk}/${from + i}`,
        sk: 'META',
      }));
      return { items, ...(to < (counts[request.pk] ?? 0) ? { next: String(to) } : {}) };
    },
  };
  return { queries, db: db as Database };
}

async function found(db: Database, kind: 'documents' | 'effects', most = Number.POSITIVE_INFINITY) {
  const keys: string[] = [];
  for await (const { pk } of findDue(db, 'Cases', { now, kind, pageSize: 50 })) {
    keys.push(pk);
    if (keys.length === most) break;
  }
  return keys;
}

test('documents and effects are due in partitions of their own', () => {
  const ids = Array.from({ length: 500 }, (_, i) => `ALERT#${i}`);
  const documents = new Set(ids.map((id) => dueAttributes(id, 'x').gsi1pk));
  const effects = new Set(ids.map((id) => effectDueAttributes(id, 'x').gsi1pk));
  expect(documents.size + effects.size).toBe(32);
  expect([...documents].filter((partition) => effects.has(partition))).toEqual([]);
  expect([...documents, ...effects].filter((partition) => !duePartitions.includes(partition))).toEqual([]);
});

test('nothing due: one query per partition', async () => {
  const { db, queries } = indexOf({});
  expect(await found(db, 'documents')).toEqual([]);
  expect(await found(db, 'effects')).toEqual([]);
  expect(queries.map(({ pk }) => pk)).toEqual(duePartitions);
});

test('a full partition is read on, page behind page, without reading the others again', async () => {
  const { db, queries } = indexOf({ 'DUE#3': 120, 'DUE#5': 2 });
  const keys = await found(db, 'documents');
  expect(new Set(keys).size).toBe(122);
  expect(queries).toHaveLength(16 + 2);
});

test('who stops early costs no further query', async () => {
  const { db, queries } = indexOf({ 'DUE#20': 10_000 });
  expect(await found(db, 'effects', 60)).toHaveLength(60);
  expect(queries).toHaveLength(16 + 1);
});
