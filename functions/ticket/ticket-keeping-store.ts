import { type Database, type Item, type Key, queryAll, type Write, write } from '../platform/database.ts';
import { createDocuments, type Versioned } from '../platform/documents.ts';
import { cardsOf, type Ticket, ticketSchema } from './ticket.ts';
import { incidentKey, numberKey, overPartitions, ticketKey, ticketPk } from './ticket-keys.ts';

/** Most tickets one run takes from each of the four partitions; a bank closes fewer in a day. */
const MOST_TICKETS = 2_000;
const MOST_ITEMS = 20_000;

export type Stamped = { readonly gone: Key };

/** What the daily run needs to say on every item of a ticket until when it is kept. */
export interface TicketKeepingStore {
  /** The ticket of this very id, also where it was merged. */
  ticket(ticketId: string): Promise<Versioned<Ticket> | undefined>;
  /** Tickets over since before `at` (ISO) without a day, and tickets whose items may say the wrong one. */
  listed(at: string): Promise<readonly string[]>;
  /** Journal, words and evidence of the ticket, and what channels showed of it. */
  items(ticketId: string): Promise<readonly Item[]>;
  /** Sets the day an item is deleted on, or takes it off; a guard only while it is this ticket's. */
  stamp(key: Key, expiresAt: number | undefined, ticketId?: string): Write<Stamped>;
  /** Those of its number and of every card whose incident it is. */
  guards(ticket: Ticket): readonly Key[];
  /** Takes the ticket off the list: its items agree. */
  unmark(ticketId: string): Write<never>;
}

export function createTicketKeepingStore(options: { db: Database; casesTable: string }): TicketKeepingStore {
  const { db, casesTable: table } = options;
  const { get } = createDocuments({
    ...{ db, table, schema: ticketSchema, name: 'ticket', key: ticketKey },
    idOf: ({ ticketId }) => ticketId,
  });
  return {
    ticket: get,
    listed: async (at) => {
      const pages = await Promise.all(
        overPartitions.map((pk) =>
          queryAll(db, { table, index: 'gsi2', pk, sk: { atMost: at } }, MOST_TICKETS),
        ),
      );
      return [...new Set(pages.flat().map(({ pk }) => pk.slice('TICKET#'.length)))];
    },
    items: async (ticketId) => {
      const all = await queryAll(db, { table, pk: ticketPk(ticketId), consistent: true }, MOST_ITEMS);
      return all.filter(({ sk }) => ['EVT#', 'MSG#', 'PROJ#', 'DOC#'].some((kind) => sk.startsWith(kind)));
    },
    stamp: (key, expiresAt, ticketId) =>
      write({
        table,
        spec: {
          kind: 'update',
          key,
          change: expiresAt === undefined ? { remove: ['expiresAt'] } : { set: { expiresAt } },
        },
        when:
          ticketId === undefined ? { item: 'present' } : { attribute: 'ticketId', is: '=', value: ticketId },
        refused: () => ({ gone: key }),
      }),
    guards: (ticket) => [
      ...cardsOf(ticket).map((cardToken) => incidentKey(ticket.customerId, cardToken)),
      numberKey(ticket.number),
    ],
    unmark: (ticketId) =>
      write({ table, spec: { kind: 'delete', key: { pk: ticketPk(ticketId), sk: 'KEPT' } } }),
  };
}
