import * as z from 'zod/mini';
import { type Database, type Item, queryAll, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';
import { ticketPk } from './ticket-keys.ts';

const grantSchema = z.object({
  exportId: z.string(),
  ticketId: z.string(),
  customerId: z.string(),
  /** The file can be fetched until then. ISO, UTC. */
  until: z.string(),
});
export type ExportGrant = z.output<typeof grantSchema>;

/** Leave to fetch a ticket's export for a while, and what goes into it. */
export interface TicketExportStore {
  grant(grant: ExportGrant, now: Date): Write<{ readonly exportGrant: 'taken' }>;
  granted(exportId: string): Promise<ExportGrant | undefined>;
  /** The journal of a ticket and the words beside it, as they are stored. */
  read(ticketId: string): Promise<{ readonly entries: readonly Item[]; readonly bodies: readonly Item[] }>;
}

const MOST_ENTRIES = 10_000;
const keyOf = (exportId: string) => ({ pk: `EXPORT#${exportId}`, sk: 'META' });

export function createTicketExportStore(options: { db: Database; casesTable: string }): TicketExportStore {
  const { db, casesTable: table } = options;
  return {
    grant: (grant, now) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: { ...keyOf(grant.exportId), ...grant, expiresAt: expiryOf('exportGrant', now) },
        },
        when: { item: 'absent' },
        refused: () => ({ exportGrant: 'taken' }) as const,
      }),
    granted: async (exportId) => {
      const item = await db.get(table, keyOf(exportId));
      return item && parseStored(grantSchema, item);
    },
    read: async (ticketId) => {
      const all = (beginsWith: string) =>
        queryAll(db, { table, pk: ticketPk(ticketId), sk: { beginsWith }, consistent: true }, MOST_ENTRIES);
      const [entries, bodies] = await Promise.all([all('EVT#'), all('MSG#')]);
      return { entries, bodies };
    },
  };
}
