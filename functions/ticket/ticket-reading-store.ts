import * as z from 'zod/mini';
import { type Database, type Item, type Key, queryAll } from '../platform/database.ts';
import { withOwnDeadline } from '../platform/documents.ts';
import { readTimeline, type Timeline } from '../platform/sealed-words.ts';
import { parseStored } from '../platform/stored.ts';
import { queuePlace } from './clock-times.ts';
import { isOver, type Ticket, ticketSchema } from './ticket.ts';
import { lastFourPartition, overPartitions, QUEUE_SHARDS, ticketKey, ticketPk } from './ticket-keys.ts';

/** Most tickets one customer's list, and one page of the queue, shows. */
const MOST_TICKETS = 50;
const MOST_ENTRIES = 10_000;
/** Of each partition; a desk of hundreds has fewer in hand. */
const MOST_IN_HANDS = 500;

/** Of each partition. */
const MOST_OVER = 500;

const guardSchema = z.object({ ticketId: z.string() });
const handPartitions = Array.from({ length: QUEUE_SHARDS }, (_, shard) => `HAND#${shard}`);

/** What people look at; apart from the store, because screening writes tickets and shows none. */
export interface TicketReadings {
  /** The ticket of this very id, also where it was merged. */
  itself(ticketId: string): Promise<Ticket | undefined>;
  ofCustomer(customerId: string): Promise<readonly Ticket[]>;
  /** Tickets that wait for a person, most urgent first, then by the clock that is due next. */
  queue(): Promise<readonly Ticket[]>;
  /** Those in this agent's hands, the longest there first. */
  inHandsOf(agentId: string): Promise<readonly Ticket[]>;
  /** Those in anybody's hands. */
  inHands(): Promise<readonly Ticket[]>;
  /** Those over since a moment (ISO); of the last 30 days, later their items carry a day of expiry instead. */
  overSince(at: string): Promise<readonly Ticket[]>;
  /** Tickets of cards with these last digits, opened between two moments (ISO), the latest first. */
  ofLastFour(lastFour: string, between: { from: string; to: string }): Promise<readonly Ticket[]>;
  /** The journal in order, with the words that belong to it and whether all of it is untouched. */
  timeline(ticketId: string): Promise<Timeline & { readonly entries: readonly Item[] }>;
}

export function createTicketReadingStore(options: { db: Database; casesTable: string }): TicketReadings {
  const { db, casesTable: table } = options;

  async function hands(sk?: { beginsWith: string }): Promise<readonly Ticket[]> {
    const shards = await Promise.all(
      handPartitions.map((pk) => queryAll(db, { table, index: 'gsi2', pk, sk }, MOST_IN_HANDS)),
    );
    return readAgain(shards.flat());
  }

  async function readAgain(items: readonly Key[]): Promise<readonly Ticket[]> {
    const read = await Promise.all(items.map(({ pk, sk }) => db.get(table, { pk, sk })));
    return read.flatMap((item) =>
      item === undefined ? [] : [parseStored(ticketSchema, withOwnDeadline(item))],
    );
  }

  return {
    itself: async (ticketId) => (await readAgain([ticketKey(ticketId)]))[0],
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
    inHandsOf: async (agentId) =>
      (await hands({ beginsWith: `${agentId}#` }))
        .filter((ticket) => ticket.claimedBy === agentId && ticket.status !== 'queued')
        .sort((a, b) => ((a.claimedAt ?? '') < (b.claimedAt ?? '') ? -1 : 1)),
    inHands: async () => (await hands()).filter((ticket) => ticket.status !== 'queued' && !isOver(ticket)),
    overSince: async (from) => {
      const shards = await Promise.all(
        overPartitions.map((pk) =>
          queryAll(db, { table, index: 'gsi2', pk, sk: { from, to: '9' } }, MOST_OVER),
        ),
      );
      return readAgain(shards.flat());
    },
    ofLastFour: async (lastFour, sk) => {
      const pk = lastFourPartition(lastFour);
      const numbers = await queryAll(db, { table, index: 'gsi3', pk, sk, descending: true }, MOST_TICKETS);
      const guards = await Promise.all(numbers.map((number) => db.get(table, number)));
      const ids = guards.flatMap((guard) =>
        guard === undefined ? [] : [parseStored(guardSchema, guard).ticketId],
      );
      return readAgain(ids.map(ticketKey));
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
