import * as z from 'zod/mini';
import { type Database, type Item, type Key, type Write, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { appendEntry, CHAIN_START } from '../platform/journal.ts';
import { parseStored } from '../platform/stored.ts';
import { type Entry, type EntryKind, entrySchema } from './entries.ts';
import { boardSchema, type RuleBoard } from './rule-board.ts';

const BOARD = 'RULESET#board';
const boardKey: Key = { pk: BOARD, sk: 'STATE' };
const bodyKey = (version: string): Key => ({ pk: `RULESET#v#${version}`, sk: 'BODY' });
const entriesKey = (kind: EntryKind): Key => ({ pk: 'RULESET#entries', sk: `PAGE#${kind}` });

const bodySchema = z.object({ json: z.string(), digest: z.string() });
const pageSchema = z.object({ lock: z.int(), entries: z.array(entrySchema) });
export type EntryPage = z.output<typeof pageSchema>;

/** One line of the journal of rules: who did what, when and why. */
export interface BoardEntry {
  readonly type: string;
  /** `agent:…`, `command:…`, `breaker`. */
  readonly by: string;
  readonly at: string;
  readonly data: Readonly<Record<string, string | number | undefined>>;
}

export type BoardRefusal = Changed<RuleBoard> | { readonly journal: 'taken' };
export type PageRefusal = { readonly entries: 'changed' };

/** Which sets are in force, their contents, and the block and allow entries; in the Cards table, beside the profiles. */
export interface RuleStore {
  /** Undefined while nothing was ever changed: then the rules that came with the code are live. */
  board(options?: { readonly consistent?: boolean }): Promise<Versioned<RuleBoard> | undefined>;
  /** Replaces the board and writes the journal entry that says why; refused when the board changed meanwhile. */
  saveBoard(
    previous: Versioned<RuleBoard> | undefined,
    board: RuleBoard,
    entry: BoardEntry,
  ): readonly Write<BoardRefusal>[];
  /** A stored set as it was written; whoever uses it checks it again. */
  body(version: string): Promise<unknown>;
  /** Contents never change: the same version cannot be written twice. */
  saveBody(version: string, json: string, digest: string): Write<{ readonly body: 'exists' }>;
  entries(kind: EntryKind): Promise<EntryPage>;
  /** All kinds asked for in one round trip. */
  manyEntries(kinds: readonly EntryKind[]): Promise<readonly EntryPage[]>;
  saveEntries(kind: EntryKind, previous: EntryPage, entries: readonly Entry[]): Write<PageRefusal>;
}

export function createRuleStore(options: { db: Database; cardsTable: string }): RuleStore {
  const { db, cardsTable: table } = options;
  const boards = createDocuments({
    db,
    table,
    schema: boardSchema,
    name: 'rule-board',
    key: () => boardKey,
    idOf: () => '',
  });
  const pageOf = (item: Item | undefined): EntryPage =>
    item === undefined ? { lock: 0, entries: [] } : parseStored(pageSchema, item);

  return {
    board: async (reading) => {
      const item = await db.get(table, boardKey, reading);
      return item && boards.parse(item);
    },
    saveBoard: (previous, board, { data, ...entry }) => {
      const head = previous === undefined ? { seq: 0, chain: CHAIN_START } : previous.body;
      const journal = appendEntry(table, BOARD, head, { ...entry, data });
      return [
        boards.save(previous, {
          ...board,
          changedAt: entry.at,
          seq: journal.head.seq,
          chain: journal.head.chain,
        }),
        journal.write,
      ];
    },
    body: async (version) => {
      const item = await db.get(table, bodyKey(version), { consistent: false });
      return item && JSON.parse(parseStored(bodySchema, item).json);
    },
    saveBody: (version, json, digest) =>
      write({
        table,
        spec: { kind: 'put', item: { ...bodyKey(version), json, digest } },
        when: { item: 'absent' },
        refused: () => ({ body: 'exists' }) as const,
      }),
    entries: async (kind) => pageOf(await db.get(table, entriesKey(kind))),
    manyEntries: async (kinds) => (await db.getMany(table, kinds.map(entriesKey))).map(pageOf),
    saveEntries: (kind, previous, entries) =>
      write({
        table,
        spec: { kind: 'put', item: { ...entriesKey(kind), lock: previous.lock + 1, entries } },
        when: previous.lock === 0 ? { item: 'absent' } : { attribute: 'lock', is: '=', value: previous.lock },
        refused: () => ({ entries: 'changed' }) as const,
      }),
  };
}
