import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Change,
  type Condition,
  type Database,
  type Item,
  type Key,
  queryAll,
  type WriteSpec,
  write,
} from '../../functions/platform/database.ts';

/** What the clock of a database under test says. */
export const CONFORMANCE_NOW = new Date('2026-03-10T15:40:00.000Z');
const NOW_SECONDS = CONFORMANCE_NOW.getTime() / 1000;

/** A database under test at `CONFORMANCE_NOW`, with one table that has the indexes gsi1 to gsi3. */
export interface Subject {
  readonly db: Database;
  readonly table: string;
  /** The next commit takes effect, its answer is lost, and the client sends the same request again. */
  repeatNextCommit(): void;
  empty(): Promise<void> | void;
  stop(): Promise<void> | void;
}

const key = { pk: 'A', sk: 'B' };

/** What every adapter of the port has to do alike; stores rely on each of these. */
export function describeDatabase(name: string, start: () => Promise<Subject>): void {
  describe(name, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await start();
    });
    afterAll(() => subject.stop());
    beforeEach(() => subject.empty());

    const guarded = (spec: WriteSpec, when?: Condition) =>
      write({
        table: subject.table,
        spec,
        when,
        refused: (current: Item | undefined) => ({ stoodThere: current && plain(current) }),
      });
    const put = (item: Item, when?: Condition) => guarded({ kind: 'put', item }, when);
    const update = (change: Change, when?: Condition) => guarded({ kind: 'update', key, change }, when);
    const remove = (of: Key, when?: Condition) => guarded({ kind: 'delete', key: of }, when);
    const read = async (of: Key = key) => {
      const item = await subject.db.get(subject.table, of);
      return item && plain(item);
    };
    const keep = (item: Item) => subject.db.commit([put(item)]);

    test.each(conditions)('condition %j on what is stored holds: %s', async (condition, holds) => {
      await keep(STORED);
      const committed = await subject.db.commit([put({ ...key, n: 6 }, condition)]);
      expect(committed).toEqual(
        holds ? { outcome: 'done' } : { outcome: 'refused', refusals: [{ stoodThere: plain(STORED) }] },
      );
    });

    test.each(conditionsOnNothing)('condition %j on nothing holds: %s', async (condition, holds) => {
      const committed = await subject.db.commit([update({ set: { n: 1 } }, condition)]);
      expect(committed.outcome).toBe(holds ? 'done' : 'refused');
      if (!holds) expect(committed).toEqual({ outcome: 'refused', refusals: [{ stoodThere: undefined }] });
    });

    test('an update sets, keeps what is there, counts and removes, nested and reserved names included', async () => {
      await keep({ ...key, n: 1, gone: 'x', holds: { fraud: 'a', by: { who: 'w' } }, status: 'open' });
      const change: Change = {
        set: { status: 'closed', 'holds.lost': 'b', 'holds.by.when': 2, skipped: undefined },
        setIfAbsent: { first: 1, n: 9, 'holds.fraud': 'z' },
        add: { count: 2, below: -3 },
        remove: ['gone', 'holds.by.who', 'neverThere'],
      };
      expect(await subject.db.commit([update(change)])).toEqual({ outcome: 'done' });
      expect(await read()).toEqual({
        ...key,
        ...{ n: 1, status: 'closed', first: 1, count: 2, below: -3 },
        holds: { fraud: 'a', lost: 'b', by: { when: 2 } },
      });
    });

    test('an update makes the item where there is none, and counts from 0', async () => {
      await subject.db.commit([update({ add: { times: 1 } })]);
      await subject.db.commit([update({ add: { times: 4 } })]);
      expect(await read()).toEqual({ ...key, times: 5 });
    });

    test.each([
      ['a path that leads through nothing', { set: { 'deep.inside': 1 } }],
      ['a change of the key', { set: { sk: 'C' } }],
      ['two changes of one attribute', { set: { n: 1 }, remove: ['n'] }],
      ['counting what is no number', { add: { text: 1 } }],
    ] as const)('%s is a fault and changes nothing', async (_what, change) => {
      await keep({ ...key, text: 'x' });
      await expect(subject.db.commit([update(change)])).rejects.toThrow();
      expect(await read()).toEqual({ ...key, text: 'x' });
    });

    test('values come back as they were put: texts, numbers, bytes, lists, maps, nothing', async () => {
      const item = {
        ...key,
        ...{ text: '打错了 💳', empty: '', zero: 0, less: -1.5, big: 9_007_199_254_740_991 },
        ...{ yes: true, nothing: null, bytes: Uint8Array.of(0, 255, 7), list: [1, 'two', [true]], map: {} },
        nested: { inside: { bytes: Uint8Array.of(1) }, gone: undefined },
        gone: undefined,
      };
      await keep(item);
      const { gone, nested, ...rest } = item;
      expect(gone).toBeUndefined();
      expect(await read()).toEqual({ ...rest, nested: { inside: nested.inside } });
      expect(await read()).not.toHaveProperty('gone');
    });

    test('who reads an item cannot change what is stored, nor who wrote it', async () => {
      const bytes = Uint8Array.of(1, 2);
      const list = [1];
      await keep({ ...key, bytes, list });
      bytes[0] = 9;
      list.push(2);
      const first = await read();
      if (first?.bytes instanceof Uint8Array) first.bytes[1] = 9;
      expect(await read()).toEqual({ ...key, bytes: Uint8Array.of(1, 2), list: [1] });
    });

    test('a delete needs what its condition says, and is no fault where nothing stands', async () => {
      await keep({ ...key, owner: 'a' });
      const foreign = await subject.db.commit([remove(key, { attribute: 'owner', is: '=', value: 'b' })]);
      expect(foreign).toEqual({ outcome: 'refused', refusals: [{ stoodThere: { ...key, owner: 'a' } }] });
      expect(await subject.db.commit([remove(key)])).toEqual({ outcome: 'done' });
      expect(await subject.db.commit([remove(key)])).toEqual({ outcome: 'done' });
      expect(await read()).toBeUndefined();
    });

    test('a write repeated after a lost answer is done, not refused by itself', async () => {
      subject.repeatNextCommit();
      expect(await subject.db.commit([put({ ...key, n: 1 }, { item: 'absent' })])).toEqual({
        outcome: 'done',
      });
      subject.repeatNextCommit();
      const counted = await subject.db.commit([
        update({ add: { n: 1 } }, { attribute: 'n', is: '=', value: 1 }),
      ]);
      expect(counted).toEqual({ outcome: 'done' });
      expect(await read()).toEqual({ ...key, n: 2 });
      subject.repeatNextCommit();
      const pair = [put({ pk: 'A', sk: '1' }, { item: 'absent' }), remove(key, { item: 'present' })];
      expect(await subject.db.commit(pair)).toEqual({ outcome: 'done' });
      expect(await read()).toBeUndefined();
    });

    test('several writes are all done or none, and each refusal is named, in order', async () => {
      await keep({ pk: 'A', sk: '1', n: 1 });
      await keep({ pk: 'A', sk: '3', n: 3 });
      const refused = await subject.db.commit([
        put({ pk: 'A', sk: '1', n: 9 }, { item: 'absent' }),
        put({ pk: 'A', sk: '2', n: 9 }, { item: 'absent' }),
        remove({ pk: 'A', sk: '3' }, { attribute: 'n', is: '>', value: 3 }),
      ]);
      expect(refused).toEqual({
        outcome: 'refused',
        refusals: [{ stoodThere: { pk: 'A', sk: '1', n: 1 } }, { stoodThere: { pk: 'A', sk: '3', n: 3 } }],
      });
      expect(await read({ pk: 'A', sk: '2' })).toBeUndefined();
      expect(await read({ pk: 'A', sk: '3' })).toBeDefined();
    });

    test('a hundred writes are one transaction; one more, or one item twice, is a fault', async () => {
      const many = Array.from({ length: 101 }, (_, n) =>
        put({ pk: 'many', sk: String(n) }, { item: 'absent' }),
      );
      await expect(subject.db.commit(many)).rejects.toThrow();
      expect(await subject.db.commit(many.slice(1))).toEqual({ outcome: 'done' });
      expect(await subject.db.commit([])).toEqual({ outcome: 'done' });
      await expect(subject.db.commit([put({ ...key, n: 1 }), remove(key)])).rejects.toThrow();
      expect(await read()).toBeUndefined();
    });

    test('of a hundred commits at once on one lock exactly one is done', async () => {
      await keep({ ...key, lock: 1 });
      const all = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          subject.db.commit([put({ ...key, lock: 2, n }, { attribute: 'lock', is: '=', value: 1 })]),
        ),
      );
      expect(all.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    });

    test('a partition is read in order, forwards, backwards, in parts and within bounds', async () => {
      const names = ['A#1', 'A#10', 'A#2', 'B', 'a', '打', '💳'];
      for (const sk of names.toReversed()) await keep({ pk: 'Q', sk });
      await keep({ pk: 'Q2', sk: 'A#1' });
      const { db, table } = subject;
      const of = async (request: object) =>
        (await queryAll(db, { table, pk: 'Q', consistent: true, ...request }, 100)).map(({ sk }) => sk);
      expect(await of({})).toEqual(names);
      expect(await of({ descending: true, limit: 2 })).toEqual(names.toReversed());
      expect(await of({ sk: { beginsWith: 'A#' }, limit: 1 })).toEqual(['A#1', 'A#10', 'A#2']);
      expect(await of({ sk: { atMost: 'A#2' } })).toEqual(['A#1', 'A#10', 'A#2']);
      expect(await of({ sk: { from: 'A#10', to: 'a' }, descending: true })).toEqual([
        'a',
        'B',
        'A#2',
        'A#10',
      ]);
      expect(await of({ pk: 'nobody' })).toEqual([]);
    });

    test('a page says how to go on, also behind an item that is gone meanwhile', async () => {
      for (const sk of ['1', '2', '3', '4']) await keep({ pk: 'Q', sk });
      const { db, table } = subject;
      const request = { table, pk: 'Q', consistent: true, limit: 2 };
      const first = await db.query(request);
      expect(first.items.map(({ sk }) => sk)).toEqual(['1', '2']);
      await db.commit([remove({ pk: 'Q', sk: '2' })]);
      const second = await db.query({ ...request, after: first.next });
      expect(second.items.map(({ sk }) => sk)).toEqual(['3', '4']);
      expect(await db.query({ ...request, limit: 5 })).not.toHaveProperty('next');
    });

    test('an index has the items with both its attributes, as they are now, by keys only', async () => {
      const { db, table } = subject;
      const due = (sk: string, gsi1sk: string | undefined) => ({
        pk: 'D',
        sk,
        gsi1pk: 'DUE',
        gsi1sk,
        more: 1,
      });
      await keep(due('1', '30'));
      await keep(due('2', '10'));
      await keep(due('3', undefined));
      await keep(due('4', '20'));
      const found = async (request: object = {}) =>
        (await queryAll(db, { table, index: 'gsi1', pk: 'DUE', ...request }, 100)).map(plain);
      expect(await found()).toEqual([
        { pk: 'D', sk: '2', gsi1pk: 'DUE', gsi1sk: '10' },
        { pk: 'D', sk: '4', gsi1pk: 'DUE', gsi1sk: '20' },
        { pk: 'D', sk: '1', gsi1pk: 'DUE', gsi1sk: '30' },
      ]);
      expect((await found({ sk: { atMost: '20' }, limit: 1 })).map(({ sk }) => sk)).toEqual(['2', '4']);
      expect(await queryAll(db, { table, index: 'gsi2', pk: 'DUE' }, 100)).toEqual([]);
      const later = { kind: 'update', key: { pk: 'D', sk: '2' }, change: { set: { gsi1sk: '40' } } } as const;
      const done = {
        kind: 'update',
        key: { pk: 'D', sk: '4' },
        change: { remove: ['gsi1pk', 'gsi1sk'] },
      } as const;
      await db.commit([guarded(later), guarded(done)]);
      await db.commit([remove({ pk: 'D', sk: '1' })]);
      expect((await found()).map(({ sk }) => sk)).toEqual(['2']);
    });

    test('what has expired is absent to readers and to who wants to put it anew, and present to nobody else', async () => {
      const { db, table } = subject;
      const expired = { ...key, gsi1pk: 'X', gsi1sk: '1', expiresAt: NOW_SECONDS };
      await keep(expired);
      await keep({ pk: 'A', sk: 'C', expiresAt: NOW_SECONDS + 1 });
      await keep({ pk: 'A', sk: 'D', expiresAt: '2026-01-01T00:00:00Z' });
      expect(await read()).toBeUndefined();
      const all = await db.query({ table, pk: 'A', consistent: true });
      expect(all.items.map(({ sk }) => sk)).toEqual(['C', 'D']);
      expect(await db.getMany(table, [key], { consistent: true })).toEqual([undefined]);
      const absent = { item: 'absent' } as const;
      expect((await db.commit([put({ pk: 'A', sk: 'C' }, absent)])).outcome).toBe('refused');
      expect((await db.commit([put({ pk: 'A', sk: 'D' }, absent)])).outcome).toBe('refused');
      expect((await db.commit([put({ ...key, n: 1 }, absent)])).outcome).toBe('done');
      expect(await read()).toEqual({ ...key, n: 1 });
    });

    test('many keys come back in the order asked; up to a hundred, each once', async () => {
      const { db, table } = subject;
      for (const sk of ['1', '2']) await keep({ pk: 'M', sk });
      const keys = ['2', 'none', '1'].map((sk) => ({ pk: 'M', sk }));
      const found = await db.getMany(table, keys, { consistent: true });
      expect(found.map((item) => item?.sk)).toEqual(['2', undefined, '1']);
      expect(await db.getMany(table, [])).toEqual([]);
      await expect(db.getMany(table, [key, key])).rejects.toThrow();
    });
  });
}

/** Without what an adapter keeps for itself. */
export function plain(item: Item): Item {
  const { wid, ...rest } = item;
  return rest;
}

const STORED: Item = {
  ...key,
  n: 5,
  status: 'open',
  deep: { inside: 'x', deeper: { n: 1 } },
  list: ['a'],
  yes: true,
  nothing: null,
};

const is5 = { attribute: 'n', is: '=', value: 5 } as const;

const conditions: readonly (readonly [Condition, boolean])[] = [
  [{ item: 'present' }, true],
  [{ item: 'absent' }, false],
  [is5, true],
  [{ attribute: 'n', is: '=', value: 6 }, false],
  [{ attribute: 'n', is: '=', value: '5' }, false],
  [{ attribute: 'n', is: '<', value: 5 }, false],
  [{ attribute: 'n', is: '<', value: 10 }, true],
  [{ attribute: 'n', is: '<=', value: 5 }, true],
  [{ attribute: 'n', is: '>', value: 5 }, false],
  [{ attribute: 'n', is: '>', value: 4 }, true],
  [{ attribute: 'n', is: '>=', value: 5 }, true],
  [{ attribute: 'n', is: '>=', value: 'a' }, false],
  [{ attribute: 'status', is: '<', value: 'p' }, true],
  [{ attribute: 'status', is: '>', value: 'openly' }, false],
  [{ attribute: 'yes', is: '=', value: true }, true],
  [{ attribute: 'n', is: 'in', values: [1, 5] }, true],
  [{ attribute: 'status', is: 'in', values: ['closed', 'opened'] }, false],
  [{ attribute: 'missing', is: 'in', values: ['a'] }, false],
  [{ attribute: 'missing', is: '<', value: 5 }, false],
  [{ attribute: 'deep.inside', is: 'present' }, true],
  [{ attribute: 'deep.inside', is: '=', value: 'x' }, true],
  [{ attribute: 'deep.deeper.n', is: '>', value: 0 }, true],
  [{ attribute: 'deep.missing', is: 'absent' }, true],
  [{ attribute: 'missing.inside', is: 'absent' }, true],
  [{ attribute: 'status.inside', is: 'present' }, false],
  [{ attribute: 'nothing', is: 'present' }, true],
  [{ not: is5 }, false],
  [{ not: { attribute: 'missing', is: '=', value: 5 } }, true],
  [{ all: [is5, { attribute: 'missing', is: 'present' }] }, false],
  [{ all: [is5, { attribute: 'missing', is: 'absent' }] }, true],
  [{ any: [{ item: 'absent' }, is5] }, true],
  [{ any: [{ item: 'absent' }, { not: is5 }] }, false],
  [{ all: [{ any: [is5] }] }, true],
  [{ not: { all: [is5] } }, false],
  [{ all: [{ any: [{ item: 'absent' }, is5] }, { not: { attribute: 'n', is: '>', value: 5 } }] }, true],
];

const conditionsOnNothing: readonly (readonly [Condition, boolean])[] = [
  [{ item: 'absent' }, true],
  [{ item: 'present' }, false],
  [is5, false],
  [{ attribute: 'n', is: '<', value: 5 }, false],
  [{ attribute: 'deep.inside', is: 'absent' }, true],
  [{ not: is5 }, true],
  [{ any: [{ item: 'absent' }, is5] }, true],
];
