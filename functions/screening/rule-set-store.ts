import { type Database, queryAll, type Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { parseEntry, type StoredEntry, verifyChain } from '../platform/journal.ts';
import { sequenceText } from '../platform/outbox.ts';
import { MOST_RULE_SETS, type RuleSetRecord, ruleSetRecordSchema } from './rule-set.ts';

/** Journal entries read to verify the chain. */
const MOST_VERIFIED = 5_000;

const SETS = 'RULESET#sets';
const BOARD = 'RULESET#board';

/** What is known of every version, for those who work on rules; screening needs none of it. */
export interface RuleSetStore {
  get(version: string): Promise<Versioned<RuleSetRecord> | undefined>;
  /** Every version, in the order of their names. */
  list(): Promise<readonly RuleSetRecord[]>;
  save(previous: Versioned<RuleSetRecord> | undefined, record: RuleSetRecord): Write<Changed<RuleSetRecord>>;
  /** Changes of rules, the latest first, `limit` of them before the entry `before`. */
  journal(page: { readonly limit: number; readonly before?: number }): Promise<readonly StoredEntry[]>;
  /** Whether no entry of the journal was changed, taken out or put in. */
  isJournalIntact(): Promise<boolean>;
}

export function createRuleSetStore(options: { db: Database; cardsTable: string }): RuleSetStore {
  const { db, cardsTable: table } = options;
  const documents = createDocuments({
    db,
    table,
    schema: ruleSetRecordSchema,
    name: 'rule-set',
    key: (version) => ({ pk: SETS, sk: `SET#${version}` }),
    idOf: ({ version }) => version,
  });
  return {
    get: documents.get,
    save: documents.save,
    list: async () => {
      const items = await queryAll(
        db,
        { table, pk: SETS, sk: { beginsWith: 'SET#' }, consistent: true },
        MOST_RULE_SETS,
      );
      return items.map((item) => documents.parse(item).body);
    },
    journal: async ({ limit, before }) => {
      const last = before === undefined ? 'EVT#~' : `EVT#${sequenceText(Math.max(0, before - 1))}`;
      const page = await db.query({
        table,
        pk: BOARD,
        sk: { from: 'EVT#', to: last },
        limit,
        descending: true,
        consistent: true,
      });
      return page.items.map(parseEntry);
    },
    isJournalIntact: async () => {
      const items = await queryAll(
        db,
        { table, pk: BOARD, sk: { beginsWith: 'EVT#' }, consistent: true },
        MOST_VERIFIED,
      );
      return verifyChain(items).intact;
    },
  };
}
