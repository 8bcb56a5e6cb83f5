import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CALL_LIMITS } from '../../functions/handlers/clients.ts';
import {
  type Condition,
  type Database,
  type Item,
  queryAll,
  type WriteSpec,
  write,
} from '../../functions/platform/database.ts';
import { createDynamoDatabase } from '../../functions/platform/dynamo.ts';
import { newId } from '../../functions/platform/ids.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';

let stack: LocalStack;
let db: Database;
let table: string;
let client: DynamoDBClient;
beforeAll(async () => {
  stack = await startLocalStack({ quiet: true, functions: [] });
  table = stack.model.tables.find(({ streamArn }) => streamArn !== undefined)?.name ?? '';
  client = new DynamoDBClient({
    ...CALL_LIMITS,
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.accessKeyFor('admin'),
  });
  db = createDynamoDatabase({ client, newId, random: () => 0 });
});
afterAll(() => stack.stop());
beforeEach(() => stack.reset());

const key = { pk: 'A', sk: 'B' };
const guarded = (spec: WriteSpec, when?: Condition) =>
  write({ table, spec, when, refused: (current: Item | undefined) => ({ stoodThere: current?.n }) });
const put = (item: Item, when?: Condition) => guarded({ kind: 'put', item }, when);

describe('one write', () => {
  test('a refused condition gives back what stands there', async () => {
    await db.commit([put({ ...key, n: 1 })]);
    expect(await db.commit([put({ ...key, n: 2 }, { item: 'absent' })])).toEqual({
      outcome: 'refused',
      refusals: [{ stoodThere: 1 }],
    });
    expect(await db.get(table, key)).toMatchObject({ n: 1 });
  });

  test.each([
    [{ attribute: 'n', is: '=', value: 5 }, true],
    [{ attribute: 'n', is: '<', value: 5 }, false],
    [{ attribute: 'n', is: '<=', value: 5 }, true],
    [{ attribute: 'n', is: '>', value: 4 }, true],
    [{ attribute: 'n', is: 'in', values: [1, 5] }, true],
    [{ attribute: 'deep.inside', is: 'present' }, true],
    [{ attribute: 'deep.missing', is: 'absent' }, true],
    [{ attribute: 'status', is: '=', value: 'open' }, true],
    [{ not: { attribute: 'n', is: '=', value: 5 } }, false],
    [
      {
        all: [
          { attribute: 'n', is: '>=', value: 5 },
          { attribute: 'missing', is: 'present' },
        ],
      },
      false,
    ],
    [{ any: [{ item: 'absent' }, { attribute: 'n', is: '=', value: 5 }] }, true],
  ] as const satisfies readonly (readonly [Condition, boolean])[])(
    'condition %j holds: %s',
    async (condition, holds) => {
      await db.commit([put({ ...key, n: 5, status: 'open', deep: { inside: 'x' } })]);
      const { outcome } = await db.commit([put({ ...key, n: 6 }, condition)]);
      expect(outcome).toBe(holds ? 'done' : 'refused');
    },
  );

  test('an update sets, sets if absent, adds and removes, nested paths and reserved words included', async () => {
    await db.commit([put({ ...key, n: 1, gone: 'x', holds: { fraud: 'a' }, status: 'open' })]);
    await db.commit([
      guarded({
        kind: 'update',
        key,
        change: {
          set: { status: 'closed', 'holds.lost': 'b', skipped: undefined },
          setIfAbsent: { first: 1, n: 9 },
          add: { count: 2 },
          remove: ['gone', 'holds.fraud'],
        },
      }),
    ]);
    const item = await db.get(table, key);
    expect(item).toMatchObject({ status: 'closed', holds: { lost: 'b' }, first: 1, n: 1, count: 2 });
    expect(item).not.toHaveProperty('gone');
    expect(item).not.toHaveProperty('skipped');
  });

  test('a write repeated by the SDK after a lost answer is done, not refused', async () => {
    const fault = stack.front.faults.add({
      match: ({ action }) => action === 'PutItem',
      kind: 'lose-answer',
      times: 1,
    });
    expect(await db.commit([put({ ...key, n: 1 }, { item: 'absent' })])).toEqual({ outcome: 'done' });
    expect(fault.hits).toBe(1);
  });
});

describe('an expired item', () => {
  const now = new Date('2026-03-10T12:00:00.000Z');
  const past = now.getTime() / 1000;
  const aware = () => createDynamoDatabase({ client, newId, random: () => 0, now: () => now });

  test('is not read, and absent to a write that wants it absent, though DynamoDB has it still', async () => {
    await db.commit([
      put({ ...key, n: 1, expiresAt: past }),
      put({ pk: 'A', sk: 'C', n: 2, expiresAt: past + 1 }),
    ]);
    const found = aware();
    expect(await found.get(table, key)).toBeUndefined();
    expect(await found.getMany(table, [key, { pk: 'A', sk: 'C' }])).toMatchObject([undefined, { n: 2 }]);
    expect((await found.query({ table, pk: 'A', consistent: true })).items).toMatchObject([{ n: 2 }]);
    expect(await found.commit([put({ ...key, n: 3 }, { item: 'absent' })])).toEqual({ outcome: 'done' });
    expect(await found.commit([put({ ...key, n: 4 }, { item: 'absent' })])).toMatchObject({
      outcome: 'refused',
    });
  });

  test('is absent inside a longer condition too', async () => {
    await db.commit([put({ ...key, n: 1, expiresAt: past })]);
    const when = { any: [{ item: 'absent' }, { attribute: 'n', is: '=', value: 7 }] } as const;
    expect(await aware().commit([put({ ...key, n: 2, expiresAt: past }, when)])).toEqual({ outcome: 'done' });
    const never = { not: { item: 'absent' } } as const;
    expect(await aware().commit([put({ ...key, n: 3 }, never)])).toMatchObject({ outcome: 'refused' });
  });

  test('a deadline in ISO text under the same name is none', async () => {
    await db.commit([put({ ...key, n: 1, expiresAt: '2020-01-01T00:00:00.000Z' })]);
    expect(await aware().get(table, key)).toMatchObject({ n: 1 });
    expect(await aware().commit([put({ ...key }, { item: 'absent' })])).toMatchObject({ outcome: 'refused' });
  });
});

describe('several writes', () => {
  test('all or none; each refusal is named', async () => {
    await db.commit([put({ pk: 'A', sk: '1', n: 1 })]);
    const refused = await db.commit([
      put({ pk: 'A', sk: '1', n: 2 }, { item: 'absent' }),
      put({ pk: 'A', sk: '2', n: 2 }, { item: 'absent' }),
    ]);
    expect(refused).toEqual({ outcome: 'refused', refusals: [{ stoodThere: 1 }] });
    expect(await db.get(table, { pk: 'A', sk: '2' })).toBeUndefined();
  });

  test('a transaction in conflict is tried again, a lost answer is not taken for a refusal', async () => {
    const conflict = stack.front.faults.add({
      match: ({ action }) => action === 'TransactWriteItems',
      kind: 'conflict',
      times: 2,
    });
    const pair = [
      put({ pk: 'A', sk: '1' }, { item: 'absent' }),
      put({ pk: 'A', sk: '2' }, { item: 'absent' }),
    ];
    expect(await db.commit(pair)).toEqual({ outcome: 'done' });
    expect(conflict.hits).toBe(2);
    stack.front.faults.add({
      match: ({ action }) => action === 'TransactWriteItems',
      kind: 'lose-answer',
      times: 1,
    });
    const other = [
      put({ pk: 'A', sk: '3' }, { item: 'absent' }),
      put({ pk: 'A', sk: '4' }, { item: 'absent' }),
    ];
    expect(await db.commit(other)).toEqual({ outcome: 'done' });
  });

  test('I10 the fault of a cancelled transaction names codes and no item', async () => {
    stack.front.faults.add({
      match: ({ action }) => action === 'TransactWriteItems',
      kind: 'conflict',
      times: 99,
    });
    const failing = db.commit([
      put({ pk: 'A', sk: '1', phone: '+8613812345678' }),
      put({ pk: 'A', sk: '2' }),
    ]);
    await expect(failing).rejects.toThrow(/^transaction cancelled: .*TransactionConflict/);
    await expect(failing).rejects.not.toThrow(/138/);
  });
});

test('a query pages, orders and bounds; many keys come back in the order asked', async () => {
  for (let n = 0; n < 25; n += 1)
    await db.commit([put({ pk: 'Q', sk: `S#${String(n).padStart(2, '0')}`, n })]);
  const all = await queryAll(db, { table, pk: 'Q', limit: 10 }, 1_000);
  expect(all.map(({ n }) => n)).toEqual(Array.from({ length: 25 }, (_, n) => n));
  const latest = await db.query({ table, pk: 'Q', descending: true, limit: 2 });
  expect(latest.items.map(({ n }) => n)).toEqual([24, 23]);
  const some = await db.query({ table, pk: 'Q', sk: { from: 'S#03', to: 'S#05' } });
  expect(some.items.map(({ n }) => n)).toEqual([3, 4, 5]);
  const many = await db.getMany(
    table,
    [
      { pk: 'Q', sk: 'S#07' },
      { pk: 'Q', sk: 'none' },
      { pk: 'Q', sk: 'S#01' },
    ],
    { consistent: true },
  );
  expect(many.map((item) => item?.n)).toEqual([7, undefined, 1]);
});
