import * as z from 'zod/mini';
import { type Database, queryAll } from '../platform/database.ts';
import { parseEntry } from '../platform/journal.ts';
import type { KpiEvents } from './read-kpis.ts';
import { ticketPk } from './ticket-keys.ts';
import type { TicketEvent } from './ticket-measures.ts';

const MOST_ITEMS = 2_000;

/** An event that went out of the ticket; the other effects have no type. */
const publishedSchema = z.object({
  putOutAt: z.string(),
  payload: z.object({ type: z.string(), detail: z.record(z.string(), z.unknown()) }),
});

/** What happened on a ticket, from its journal and from the events that went out of it (kept 35 days). */
export function createKpiEventStore(options: { db: Database; casesTable: string }): KpiEvents {
  const { db, casesTable: table } = options;
  return {
    eventsOf: async (ticketId) => {
      const pk = ticketPk(ticketId);
      const read = (beginsWith: string) => queryAll(db, { table, pk, sk: { beginsWith } }, MOST_ITEMS);
      const [entries, effects] = await Promise.all([read('EVT#'), read('OUT#')]);
      const journal = entries
        .map(parseEntry)
        .map(({ type, at, by, data }): TicketEvent => ({ type, at, by, data }));
      const published = effects.flatMap((item): readonly TicketEvent[] => {
        const { data } = publishedSchema.safeParse(item);
        return data === undefined
          ? []
          : [{ type: data.payload.type, at: data.putOutAt, data: data.payload.detail }];
      });
      // Stable: of one moment the journal comes first.
      return [...journal, ...published].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    },
  };
}
