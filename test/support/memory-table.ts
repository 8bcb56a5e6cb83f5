import type { Item, Key, QueryRequest } from '../../functions/platform/database.ts';
import { compareText, invalidRequest } from './memory-values.ts';

/** One entry of the table or of an index, in the order of queries. */
interface Entry {
  readonly sort: string;
  readonly key: Key;
}

/** Keys by partition; the sorted list is made when it is first asked for, and kept in order from then on. */
interface Partitions {
  readonly of: Map<string, Map<string, Entry>>;
  readonly sorted: Map<string, Entry[]>;
}

/** Where an entry stands, or would stand. */
function placeOf(sorted: readonly Entry[], entry: Entry): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there !== undefined && byPlace(there, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Items by key, with sparse indexes `<index>pk`, `<index>sk` beside them. */
export interface MemoryTable {
  get(key: Key): Item | undefined;
  set(key: Key, item: Item | undefined): void;
  /** Items of a page, and whether the limit ended it. */
  page(request: QueryRequest, limit: number): { items: readonly Item[]; ended: boolean };
  /** The first sort key of an index partition. */
  first(index: string, pk: string): string | undefined;
  all(): IterableIterator<Item>;
}

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

const byPlace = (a: Entry, b: Entry): number =>
  compareText(a.sort, b.sort) || compareText(nameOf(a.key), nameOf(b.key));

export function createMemoryTable(indexes: readonly string[]): MemoryTable {
  const items = new Map<string, Item>();
  const own: Partitions = { of: new Map(), sorted: new Map() };
  const byIndex = new Map(
    indexes.map((name): [string, Partitions] => [name, { of: new Map(), sorted: new Map() }]),
  );

  function enter(partitions: Partitions, partition: string, entry: Entry): void {
    const name = nameOf(entry.key);
    const entries = partitions.of.get(partition) ?? new Map<string, Entry>();
    partitions.of.set(partition, entries);
    const before = entries.get(name);
    if (before?.sort === entry.sort) return;
    entries.set(name, entry);
    const sorted = partitions.sorted.get(partition);
    if (sorted === undefined) return;
    if (before !== undefined) sorted.splice(placeOf(sorted, before), 1);
    sorted.splice(placeOf(sorted, entry), 0, entry);
  }

  function leave(partitions: Partitions, partition: string, key: Key): void {
    const entries = partitions.of.get(partition);
    const before = entries?.get(nameOf(key));
    if (entries === undefined || before === undefined) return;
    entries.delete(nameOf(key));
    const sorted = partitions.sorted.get(partition);
    if (sorted !== undefined) sorted.splice(placeOf(sorted, before), 1);
  }

  function reindex(key: Key, before: Item | undefined, after: Item | undefined): void {
    for (const [index, partitions] of byIndex) {
      const old = placeIn(index, before);
      const next = placeIn(index, after);
      if (old !== undefined && old.pk !== next?.pk) leave(partitions, old.pk, key);
      if (next !== undefined) enter(partitions, next.pk, { sort: next.sk, key });
    }
  }

  function sortedPartition(partitions: Partitions, partition: string): readonly Entry[] {
    const known = partitions.sorted.get(partition);
    if (known !== undefined) return known;
    const sorted = [...(partitions.of.get(partition)?.values() ?? [])].sort(byPlace);
    partitions.sorted.set(partition, sorted);
    return sorted;
  }

  function partitionsOf(index: string | undefined): Partitions {
    if (index === undefined) return own;
    const found = byIndex.get(index);
    if (found === undefined) throw invalidRequest(`the table has no index ${index}`);
    return found;
  }

  return {
    get: (key) => items.get(nameOf(key)),
    set: (key, item) => {
      const name = nameOf(key);
      const before = items.get(name);
      if (item === undefined) {
        items.delete(name);
        leave(own, key.pk, key);
      } else {
        items.set(name, item);
        if (before === undefined) enter(own, key.pk, { sort: key.sk, key });
      }
      reindex(key, before, item);
    },
    page: (request, limit) => {
      const sorted = sortedPartition(partitionsOf(request.index), request.pk);
      const matching = sorted.filter((entry) => isInRange(entry.sort, request.sk));
      const ordered = request.descending ? matching.reverse() : matching;
      const start = request.after === undefined ? undefined : entryOf(request.after, request.index);
      const open =
        start === undefined
          ? ordered
          : ordered.filter((entry) =>
              request.descending ? byPlace(entry, start) < 0 : byPlace(entry, start) > 0,
            );
      const taken = open.slice(0, limit);
      const found = taken.flatMap(({ key }) => items.get(nameOf(key)) ?? []);
      return {
        items: request.index === undefined ? found : found.map((item) => keysOnly(request.index ?? '', item)),
        ended: taken.length === limit,
      };
    },
    first: (index, pk) => sortedPartition(partitionsOf(index), pk)[0]?.sort,
    all: () => items.values(),
  };
}

/** Where an item stands in an index; nowhere without both attributes. */
export function placeIn(index: string, item: Item | undefined): Key | undefined {
  const pk = item?.[`${index}pk`];
  const sk = item?.[`${index}sk`];
  if (pk === undefined || sk === undefined) return undefined;
  if (typeof pk !== 'string' || typeof sk !== 'string' || pk === '' || sk === '')
    throw invalidRequest(`the keys of index ${index} must be texts that are not empty`);
  return { pk, sk };
}

function keysOnly(index: string, item: Item): Item {
  const [pk, sk] = [`${index}pk`, `${index}sk`];
  return { pk: item.pk, sk: item.sk, [pk]: item[pk], [sk]: item[sk] };
}

function isInRange(sort: string, range: QueryRequest['sk']): boolean {
  if (range === undefined) return true;
  if ('beginsWith' in range) return sort.startsWith(range.beginsWith);
  if ('atMost' in range) return compareText(sort, range.atMost) <= 0;
  return compareText(sort, range.from) >= 0 && compareText(sort, range.to) <= 0;
}

/** `next` of a page: the keys of its last item, as the DynamoDB adapter writes them. */
export function nextOf(last: Item | undefined, index: string | undefined): string | undefined {
  if (last === undefined) return undefined;
  const keys = index === undefined ? { pk: last.pk, sk: last.sk } : keysOnly(index, last);
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

function entryOf(after: string, index: string | undefined): Entry {
  const parsed: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
  const keys = parsed as Readonly<Record<string, string>>;
  const { pk = '', sk = '' } = keys;
  return { key: { pk, sk }, sort: index === undefined ? sk : (keys[`${index}sk`] ?? '') };
}
