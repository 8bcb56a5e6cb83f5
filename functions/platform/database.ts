/**
 * The port every store speaks: reads by key, queries, and units of work. Conditions and changes are data, so
 * that the DynamoDB adapter compiles them into expressions and the in-memory one evaluates the very same
 * object; no store holds an expression string.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | Uint8Array
  | readonly Value[]
  | { readonly [attribute: string]: Value | undefined };

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

export type Item = Key & { readonly [attribute: string]: Value | undefined };

/** A test on one stored item. `attribute` is a path with dots, e.g. `holds.fraud`. */
export type Condition =
  | { readonly item: 'absent' | 'present' }
  | { readonly attribute: string; readonly is: 'absent' }
  | { readonly attribute: string; readonly is: 'present' }
  | {
      readonly attribute: string;
      readonly is: '=' | '<' | '<=' | '>' | '>=';
      readonly value: string | number | boolean;
    }
  | { readonly attribute: string; readonly is: 'in'; readonly values: readonly (string | number)[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** What an update does to an item; paths with dots. `add` counts from 0 where nothing stands. */
export interface Change {
  readonly set?: Readonly<Record<string, Value | undefined>>;
  readonly setIfAbsent?: Readonly<Record<string, Value>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

export type WriteSpec =
  | { readonly kind: 'put'; readonly item: Item }
  | { readonly kind: 'update'; readonly key: Key; readonly change: Change }
  | { readonly kind: 'delete'; readonly key: Key };

declare const opaque: unique symbol;

/** One write of a unit of work; made by stores, handed on by use cases, opened only by a database. */
export interface Write<out Refusal> {
  readonly [opaque]: Refusal;
}

export interface OpenedWrite<Refusal> {
  readonly table: string;
  readonly spec: WriteSpec;
  readonly when?: Condition;
  /** Names the domain outcome of a failed condition; `current` is the item that stood in the way. */
  readonly refused: (current: Item | undefined) => Refusal;
}

/** Makes a write. `refused` may be left out only where no condition can fail. */
export function write<Refusal = never>(opened: {
  table: string;
  spec: WriteSpec;
  when?: Condition;
  refused?: (current: Item | undefined) => Refusal;
}): Write<Refusal> {
  const refused = opened.refused ?? unexpectedRefusal;
  return { ...opened, refused } as unknown as Write<Refusal>;
}

/** For databases only: what is inside a write. */
export function openWrite<Refusal>(sealed: Write<Refusal>): OpenedWrite<Refusal> {
  return sealed as unknown as OpenedWrite<Refusal>;
}

function unexpectedRefusal(): never {
  throw new Error('a write without a condition was refused');
}

export type CommitOutcome<Refusal> =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] };

export interface QueryRequest {
  readonly table: string;
  readonly index?: string;
  readonly pk: string;
  readonly sk?:
    | { readonly beginsWith: string }
    | { readonly atMost: string }
    | { readonly from: string; readonly to: string };
  readonly limit?: number;
  readonly descending?: boolean;
  readonly consistent?: boolean;
  /** `next` of an earlier page. */
  readonly after?: string;
}

export interface Page {
  readonly items: readonly Item[];
  /** Present when more may follow; pass it as `after`. */
  readonly next?: string;
}

export interface Database {
  /** One item; consistent unless told otherwise. */
  get(table: string, key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined>;
  /** Up to 100 distinct keys in one round trip, in the order asked; eventually consistent unless told. */
  getMany(
    table: string,
    keys: readonly Key[],
    options?: { readonly consistent?: boolean },
  ): Promise<readonly (Item | undefined)[]>;
  query(request: QueryRequest): Promise<Page>;
  /**
   * All writes or none. One write is a plain conditional write, several are one transaction (at most 100,
   * each item once). A refusal of our own, already done write (an answer lost on the way) is `done`.
   * Throws on faults; a transaction in conflict is tried again a few times first.
   */
  commit<Refusal>(writes: readonly Write<Refusal>[]): Promise<CommitOutcome<Refusal>>;
}

/** Every item of a query, page by page; `mostItems` is the limit on what one call may hold. */
export async function queryAll(
  db: Database,
  request: QueryRequest,
  mostItems: number,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let after: string | undefined = request.after;
  do {
    const page: Page = await db.query({ ...request, after });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined && items.length < mostItems);
  return items.slice(0, mostItems);
}
