import * as z from 'zod/mini';
import type { Database } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';
import { ticketPk } from './ticket-keys.ts';
import { type TicketStatus, ticketStatuses } from './ticket-states.ts';

/** What customers saw of a ticket from a moment on. */
export interface ShownVersion {
  readonly version: number;
  readonly status: TicketStatus;
  readonly at: string;
}

export interface ShownVersionsStore {
  /** The versions after `since`, oldest first; of more than `most` the latest. */
  after(ticketId: string, since: number, most: number): Promise<readonly ShownVersion[]>;
}

const entrySchema = z.object({
  at: z.string(),
  data: z.object({
    shown: z.optional(z.object({ version: z.int(), status: z.enum(ticketStatuses) })),
  }),
});

/** Journal entries one query reads. */
const AT_ONCE = 50;

/** Reads the journal from its end back to the version a client has: what it costs is what it missed. */
export function createShownVersionsStore(options: { db: Database; casesTable: string }): ShownVersionsStore {
  const { db, casesTable: table } = options;
  return {
    after: async (ticketId, since, most) => {
      const found: ShownVersion[] = [];
      let next: string | undefined;
      do {
        const page = await db.query({
          table,
          pk: ticketPk(ticketId),
          sk: { beginsWith: 'EVT#' },
          descending: true,
          limit: AT_ONCE,
          after: next,
          consistent: true,
        });
        for (const item of page.items) {
          const { at, data } = parseStored(entrySchema, item);
          if (data.shown === undefined) continue;
          if (data.shown.version <= since || found.length === most) return found.reverse();
          found.push({ ...data.shown, at });
        }
        next = page.next;
      } while (next !== undefined);
      return found.reverse();
    },
  };
}
