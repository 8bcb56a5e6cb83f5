import { type Rooms, roomsOn } from '../../functions/handlers/rooms.ts';
import {
  type CommitOutcome,
  type Database,
  type Item,
  type Key,
  type OpenedWrite,
  openWrite,
  type Write,
  write,
} from '../../functions/platform/database.ts';
import type { FunctionName, Tampering } from './world.ts';

type Opened = OpenedWrite<unknown>;

export const keyOf = ({ spec }: Opened): Key => (spec.kind === 'put' ? spec.item : spec.key);

/** Matches `pk sk` of a write. */
export const writes =
  (pattern: RegExp) =>
  (opened: Opened): boolean =>
    pattern.test(`${keyOf(opened).pk} ${keyOf(opened).sk}`);

/** A database whose writes are changed on their way; undefined leaves one out. */
export function onWrites(db: Database, change: (opened: Opened) => Opened | undefined): Database {
  return {
    ...db,
    commit: async <Refusal>(all: readonly Write<Refusal>[]): Promise<CommitOutcome<Refusal>> => {
      const changed = all.map(openWrite).flatMap((opened) => change(opened as Opened) ?? []);
      return db.commit(changed.map((opened) => write(opened) as Write<Refusal>));
    },
  };
}

export const dropping = (pattern: RegExp): Tampering => ({
  db: (db) => onWrites(db, (opened) => (writes(pattern)(opened) ? undefined : opened)),
});

export const unconditional = (pattern: RegExp): Tampering => ({
  db: (db) => onWrites(db, (opened) => (writes(pattern)(opened) ? { ...opened, when: undefined } : opened)),
});

/** What is put under these keys is another item. */
export const putting = (pattern: RegExp, change: (item: Item) => Item): Tampering => ({
  db: (db) =>
    onWrites(db, (opened) =>
      opened.spec.kind === 'put' && writes(pattern)(opened)
        ? { ...opened, spec: { kind: 'put', item: change(opened.spec.item) } }
        : opened,
    ),
});

/** One function's stores differ; every other function is as it should be. */
export const inFunction = (name: FunctionName, change: (rooms: Rooms) => Rooms): Tampering => ({
  rooms: (rooms, of) => (of === name ? change(rooms) : rooms),
});

/** One function's database differs. */
export const onDatabaseOf = (name: FunctionName, change: (db: Database) => Database): Tampering =>
  inFunction(name, (rooms) =>
    roomsOn({
      db: change(rooms.db),
      now: rooms.now,
      cardsTable: rooms.cardsTable,
      casesTable: rooms.casesTable,
    }),
  );

/** What is read under these keys looks different. */
export function onReads(db: Database, pattern: RegExp, change: (item: Item) => Item | undefined): Database {
  const seen = (key: Key, item: Item | undefined): Item | undefined =>
    item !== undefined && pattern.test(`${key.pk} ${key.sk}`) ? change(item) : item;
  return {
    ...db,
    get: async (table, key, options) => seen(key, await db.get(table, key, options)),
    getMany: async (table, keys, options) =>
      (await db.getMany(table, keys, options)).map((item, index) =>
        seen(keys[index] ?? { pk: '', sk: '' }, item),
      ),
  };
}

/** Two bugs that are one: where a guard is doubled, leaving out one of them changes nothing. */
export const both = (a: Tampering, b: Tampering): Tampering => ({
  db: (db) => b.db?.(a.db?.(db) ?? db) ?? a.db?.(db) ?? db,
  rooms: (rooms, name) => {
    const first = a.rooms?.(rooms, name) ?? rooms;
    return b.rooms?.(first, name) ?? first;
  },
  work: (name, handle) => {
    const first = a.work?.(name, handle) ?? handle;
    return b.work?.(name, first) ?? first;
  },
});
