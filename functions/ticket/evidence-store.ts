import type { Database, Write } from '../platform/database.ts';
import { queryAll } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { dueAttributes } from '../platform/due.ts';
import { type Evidence, evidenceSchema, MOST_EVIDENCE } from './evidence.ts';
import type { EvidenceKey } from './evidence-keys.ts';
import { ticketPk } from './ticket-keys.ts';

/** What is known of the papers and screenshots of tickets; the files themselves lie on the shelf. */
export interface EvidenceStore {
  get(key: EvidenceKey): Promise<Versioned<Evidence> | undefined>;
  /** All of these tickets, in the order they were asked for. */
  ofTickets(ticketIds: readonly string[]): Promise<readonly Evidence[]>;
  save(previous: Versioned<Evidence> | undefined, evidence: Evidence): Write<Changed<Evidence>>;
}

const itemKey = (ticketId: string, evidenceId: string) => ({
  pk: ticketPk(ticketId),
  sk: `DOC#${evidenceId}`,
});
const SEPARATOR = '/';

export function createEvidenceStore(options: { db: Database; casesTable: string }): EvidenceStore {
  const { db, casesTable: table } = options;
  const documents = createDocuments({
    db,
    table,
    schema: evidenceSchema,
    name: 'evidence',
    key: (id) => {
      const [ticketId = '', evidenceId = ''] = id.split(SEPARATOR);
      return itemKey(ticketId, evidenceId);
    },
    idOf: ({ ticketId, evidenceId }) => `${ticketId}${SEPARATOR}${evidenceId}`,
    attributes: ({ ticketId, dueAt }) =>
      dueAt === undefined ? {} : dueAttributes(ticketPk(ticketId), dueAt),
  });
  return {
    get: ({ ticketId, evidenceId }) => documents.get(`${ticketId}${SEPARATOR}${evidenceId}`),
    ofTickets: async (ticketIds) => {
      const sk = { beginsWith: 'DOC#' };
      const each = await Promise.all(
        ticketIds.map((ticketId) =>
          queryAll(db, { table, pk: ticketPk(ticketId), sk, consistent: true }, MOST_EVIDENCE),
        ),
      );
      return each
        .flat()
        .map((item) => documents.parse(item).body)
        .sort((a, b) => (a.requestedAt < b.requestedAt ? -1 : 1));
    },
    save: documents.save,
  };
}
