import {
  type CommitOutcome,
  type Database,
  type Item,
  type Key,
  type OpenedWrite,
  openWrite,
  type QueryRequest,
  type Write,
} from '../../functions/platform/database.ts';
import { isExpired } from '../../functions/platform/expiry.ts';
import { createMemoryTable, type MemoryTable, nextOf, placeIn } from './memory-table.ts';
import { changed, handedOut, holds, invalidRequest, stored } from './memory-values.ts';

const MOST_WRITES = 100;
const MOST_KEYS = 100;

/** A call on the database, as whoever decides what becomes of it sees it. */
export interface DatabaseCall {
  readonly kind: 'get' | 'getMany' | 'query' | 'commit';
  readonly table: string;
  /** Partition keys concerned, for a trace. */
  readonly keys: readonly string[];
}

/** One changed item of a table with a stream. */
export interface StreamRecord {
  readonly table: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export interface MemoryDatabaseOptions {
  /** Tables by name, with their sparse indexes. */
  readonly tables: Readonly<
    Record<string, { readonly indexes: readonly string[]; readonly stream: boolean }>
  >;
  /** Gives write ids. */
  readonly newId: () => string;
  /** Told of every changed item of a table with a stream, in order. */
  readonly onChange?: (record: StreamRecord) => void;
  /**
   * Stands at every await point: before a call, and after a commit took effect. May wait (others go first), throw (a
   * fault; after a commit: its answer is lost) or never come back (the caller died).
   */
  readonly gate?: (call: DatabaseCall, moment: 'before' | 'after') => Promise<void> | undefined;
  /** Whether a read that is not consistent sees an item as it was before its last write. */
  readonly readsOld?: (call: DatabaseCall, key: Key) => boolean;
  /** With a clock, an expired item is absent to reads and to the condition `absent`. */
  readonly now?: () => Date;
  /** Most items of one page, whatever the limit; small, so that who forgets the next page is found out. */
  readonly pageItems?: number;
}

export interface MemoryDatabase extends Database {
  /** Everything a table holds, in no order. */
  items(table: string): readonly Item[];
  /** The next commit takes effect, its answer is lost, and the client sends the very same request again. */
  repeatNextCommit(): void;
  /** The earliest sort key of an index partition, e.g. the next due time. */
  first(table: string, index: string, pk: string): string | undefined;
}

/** The database port on plain memory, as strict as the DynamoDB adapter: `test/platform/database-conformance.ts`. */
export function createMemoryDatabase(options: MemoryDatabaseOptions): MemoryDatabase {
  const tables = new Map(
    Object.entries(options.tables).map(([name, { indexes }]) => [name, createMemoryTable(indexes)]),
  );
  const older = new Map<string, Item | undefined>();
  let repeats = false;

  function tableOf(name: string): MemoryTable {
    const found = tables.get(name);
    if (found === undefined) throw invalidRequest(`there is no table ${name}`);
    return found;
  }

  const isThere = (item: Item): boolean => options.now === undefined || !isExpired(item, options.now());

  function read(call: DatabaseCall, key: Key, consistent: boolean): Item | undefined {
    const place = `${call.table}\n${key.pk}\n${key.sk}`;
    const old = !consistent && older.has(place) && options.readsOld?.(call, key) === true;
    const item = old ? older.get(place) : tableOf(call.table).get(key);
    return item && isThere(item) ? handedOut(item) : undefined;
  }

  function apply(opened: readonly OpenedWrite<unknown>[], writeId: string): void {
    const records = opened.map((write) => {
      const table = tableOf(write.table);
      const key = keyOf(write);
      const before = table.get(key);
      return { write, table, key, before, after: afterWrite(write, before, writeId) };
    });
    // Nothing is written before all of it is known to be possible.
    for (const { write, after } of records)
      for (const index of options.tables[write.table]?.indexes ?? []) placeIn(index, after);
    for (const { write, table, key, before, after } of records) {
      table.set(key, after);
      older.set(`${write.table}\n${key.pk}\n${key.sk}`, before);
      if (options.tables[write.table]?.stream) options.onChange?.({ table: write.table, before, after });
    }
  }

  function tryCommit<Refusal>(
    opened: readonly OpenedWrite<Refusal>[],
    writeId: string,
  ): CommitOutcome<Refusal> {
    const failed = opened.flatMap((write) => {
      const current = tableOf(write.table).get(keyOf(write));
      return write.when === undefined || holds(write.when, current, options.now?.())
        ? []
        : [{ write, current }];
    });
    if (failed.length === 0) {
      apply(opened, writeId);
      return { outcome: 'done' };
    }
    if (failed.some(({ current }) => current?.wid === writeId)) return { outcome: 'done' };
    return {
      outcome: 'refused',
      refusals: failed.map(({ write, current }) => write.refused(current && handedOut(current))),
    };
  }

  async function commit<Refusal>(writes: readonly Write<Refusal>[]): Promise<CommitOutcome<Refusal>> {
    const opened = writes.map(openWrite);
    if (opened.length === 0) return { outcome: 'done' };
    const call: DatabaseCall = {
      kind: 'commit',
      table: opened[0]?.table ?? '',
      keys: opened.map((write) => nameOf(keyOf(write))),
    };
    const waiting = options.gate?.(call, 'before');
    if (waiting !== undefined) await waiting;
    refuseSenseless(opened);
    const writeId = options.newId();
    const repeated = repeats;
    repeats = false;
    let outcome = tryCommit(opened, writeId);
    // A transaction carries a client token: repeated, it is answered as before. A single write has its id only.
    if (repeated && outcome.outcome === 'done' && opened.length === 1) outcome = tryCommit(opened, writeId);
    const answering = options.gate?.(call, 'after');
    if (answering !== undefined) await answering;
    return outcome;
  }

  return {
    get: async (table, key, { consistent = true } = {}) => {
      const call: DatabaseCall = { kind: 'get', table, keys: [nameOf(key)] };
      const waiting = options.gate?.(call, 'before');
      if (waiting !== undefined) await waiting;
      return read(call, key, consistent);
    },
    getMany: async (table, keys, { consistent = false } = {}) => {
      const call: DatabaseCall = { kind: 'getMany', table, keys: keys.map(nameOf) };
      const waiting = options.gate?.(call, 'before');
      if (waiting !== undefined) await waiting;
      if (keys.length > MOST_KEYS || new Set(call.keys).size < keys.length)
        throw invalidRequest('up to 100 keys, each once');
      return keys.map((key) => read(call, key, consistent));
    },
    query: async (request: QueryRequest) => {
      const { table, index, pk } = request;
      const waiting = options.gate?.(
        { kind: 'query', table, keys: [index ? `${index} ${pk}` : pk] },
        'before',
      );
      if (waiting !== undefined) await waiting;
      const limit = Math.min(
        request.limit ?? Number.POSITIVE_INFINITY,
        options.pageItems ?? Number.POSITIVE_INFINITY,
      );
      if (limit < 1) throw invalidRequest('a limit is at least 1');
      const page = tableOf(table).page(request, limit);
      const next = page.ended ? nextOf(page.items.at(-1), index) : undefined;
      return { items: page.items.filter(isThere).map(handedOut), ...(next === undefined ? {} : { next }) };
    },
    commit,
    items: (table) => [...tableOf(table).all()],
    repeatNextCommit: () => {
      repeats = true;
    },
    first: (table, index, pk) => tableOf(table).first(index, pk),
  };
}

const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

const keyOf = ({ spec }: OpenedWrite<unknown>): Key => (spec.kind === 'put' ? spec.item : spec.key);

function afterWrite(write: OpenedWrite<unknown>, before: Item | undefined, wid: string): Item | undefined {
  const { spec } = write;
  switch (spec.kind) {
    case 'put':
      return stored({ ...spec.item, wid }) as Item;
    case 'delete':
      return undefined;
    case 'update': {
      const { pk, sk } = spec.key;
      const change = { ...spec.change, set: { ...spec.change.set, wid } };
      return stored(changed(before ?? { pk, sk }, change)) as Item;
    }
  }
}

function refuseSenseless(opened: readonly OpenedWrite<unknown>[]): void {
  if (opened.length > MOST_WRITES) throw invalidRequest(`at most ${MOST_WRITES} writes at once`);
  const keys = new Set(opened.map((write) => `${write.table}\n${nameOf(keyOf(write))}`));
  if (keys.size < opened.length) throw invalidRequest('each item may be written once');
  for (const { pk, sk } of opened.map(keyOf))
    if (pk === '' || sk === '') throw invalidRequest('a key must not be empty');
}
