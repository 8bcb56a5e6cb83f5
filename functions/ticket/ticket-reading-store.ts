import { type Database, type Item, queryAll } from '../platform/database.ts';
import { withOwnDeadline } from '../platform/documents.ts';
import { readTimeline, type Timeline } from '../platform/sealed-words.ts';
import { parseStored } from '../platform/stored.ts';
import { queuePlace } from './clock-times.ts';
import { type Ticket, ticketSchema } from './ticket.ts';
import { QUEUE_SHARDS, ticketPk } from './ticket-keys.ts';

/** Most tickets one customer's list, and one page of the queue, shows. */
const MOST_TICKETS = 50;
const MOST_ENTRIES = 10_000;

/** What people look at; apart from the store, because screening writes tickets and shows none. */
export interface TicketReadings {
  ofCustomer(customerId: string): Promise<readonly Ticket[]>;
  /** Tickets that wait for a person, most urgent first, then by the clock that is due next. */
  queue(): Promise<readonly Ticket[]>;
  /** The journal in order, with the words that belong to it and whether all of it is untouched. */
  timeline(ticketId: string): Promise<Timeline & { readonly entries: readonly Item[] }>;
}

export function createTicketReadingStore(options: { db: Database; casesTable: string }): TicketReadings {
  const { db, casesTable: table } = options;

  async function readAgain(items: readonly Item[]): Promise<readonly Ticket[]> {
    const read = await Promise.all(items.map(({ pk, sk }) => db.get(table, { pk, sk })));
    return read.flatMap((item) =>
      item === undefined ? [] : [parseStored(ticketSchema, withOwnDeadline(item))],
    );
  }

  return {
    ofCustomer: async (customerId) =>
      readAgain(
        await queryAll(
          db,
          { table, index: 'gsi3', pk: `CUSTOMER#${customerId}`, descending: true },
          MOST_TICKETS,
        ),
      ),
    queue: async () => {
      const shards = await Promise.all(
        Array.from({ length: QUEUE_SHARDS }, (_, shard) =>
          queryAll(db, { table, index: 'gsi2', pk: `QUEUE#${shard}` }, MOST_TICKETS),
        ),
      );
      const tickets = await readAgain(shards.flat());
      return tickets
        .filter((ticket) => ticket.status === 'queued')
        .sort((a, b) => (queuePlace(a) < queuePlace(b) ? -1 : 1))
        .slice(0, MOST_TICKETS);
    },
    timeline: async (ticketId) => {
      const pk = ticketPk(ticketId);
      const read = (beginsWith: string) =>
        queryAll(db, { table, pk, sk: { beginsWith }, consistent: true }, MOST_ENTRIES);
      const [entries, bodies] = await Promise.all([read('EVT#'), read('MSG#')]);
      return { entries, ...readTimeline(entries, bodies) };
    },
  };
}
