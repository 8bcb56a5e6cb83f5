import * as z from 'zod/mini';
import { type Database, type Item, type Key, type QueryRequest, queryAll } from '../platform/database.ts';
import { withOwnDeadline } from '../platform/documents.ts';
import { readTimeline, type Timeline } from '../platform/sealed-words.ts';
import { parseStored } from '../platform/stored.ts';
import { queuePlace } from './clock-times.ts';
import {
  byPlace,
  type HeldPlace,
  heldPlace,
  overPlace,
  type Places,
  type WaitingPlace,
  waitingPlace,
} from './desk-places.ts';
import { type Ticket, ticketSchema } from './ticket.ts';
import { lastFourPartition, overPartitions, QUEUE_SHARDS, ticketKey, ticketPk } from './ticket-keys.ts';

/** Most tickets one customer's list, and one page of the queue, shows. */
export const MOST_LISTED = 50;
const MOST_ENTRIES = 10_000;
/** Of each partition of one agent's tickets. */
const MOST_IN_HANDS = 500;
/** Places read of each of the four partitions: keys alone, some 200 bytes each. */
const MOST_PLACES = 25_000;
/** Tickets read side by side. */
const AT_ONCE = 100;

const guardSchema = z.object({ ticketId: z.string() });
const queuePartitions = Array.from({ length: QUEUE_SHARDS }, (_, shard) => `QUEUE#${shard}`);
const handPartitions = Array.from({ length: QUEUE_SHARDS }, (_, shard) => `HAND#${shard}`);

/** What people look at; apart from the store, because screening writes tickets and shows none. */
export interface TicketReadings {
  /** The ticket of this very id, also where it was merged. */
  itself(ticketId: string): Promise<Ticket | undefined>;
  ofCustomer(customerId: string): Promise<readonly Ticket[]>;
  /** The first of those that wait for a person, most urgent first, then by the clock that is due next. */
  queue(): Promise<readonly Ticket[]>;
  /** The places of all that wait, in order: who only counts reads no ticket. */
  waitingPlaces(): Promise<Places<WaitingPlace>>;
  /** The places of all that are in anybody's hands, in no order. */
  heldPlaces(): Promise<Places<HeldPlace>>;
  /** Those in this agent's hands, the longest there first. */
  inHandsOf(agentId: string): Promise<readonly Ticket[]>;
  /** The ids of those over since a moment (ISO), the latest first; of the last 30 days, later they carry a day of expiry. */
  overSince(at: string): Promise<Places<string>>;
  /** These very tickets as they stand now, in the order asked. */
  these(ticketIds: readonly string[]): Promise<readonly Ticket[]>;
  /** Tickets of cards with these last digits, opened between two moments (ISO), the latest first. */
  ofLastFour(lastFour: string, between: { from: string; to: string }): Promise<readonly Ticket[]>;
  /** The journal in order, with the words that belong to it and whether all of it is untouched. */
  timeline(ticketId: string): Promise<Timeline & { readonly entries: readonly Item[] }>;
}

export function createTicketReadingStore(options: { db: Database; casesTable: string }): TicketReadings {
  const { db, casesTable: table } = options;

  async function shards(
    pks: readonly string[],
    { most, ...range }: { most: number } & Pick<QueryRequest, 'sk' | 'descending'>,
  ): Promise<{ readonly items: readonly Item[]; readonly more: boolean }> {
    // One more than wanted tells whether there are more.
    const read = await Promise.all(
      pks.map((pk) => queryAll(db, { table, index: 'gsi2', pk, ...range }, most + 1)),
    );
    return {
      items: read.flatMap((items) => items.slice(0, most)),
      more: read.some(({ length }) => length > most),
    };
  }

  async function readAgain(items: readonly Key[]): Promise<readonly Ticket[]> {
    const tickets: Ticket[] = [];
    for (let begin = 0; begin < items.length; begin += AT_ONCE) {
      const some = items.slice(begin, begin + AT_ONCE);
      const read = await Promise.all(some.map(({ pk, sk }) => db.get(table, { pk, sk })));
      for (const item of read)
        if (item !== undefined) tickets.push(parseStored(ticketSchema, withOwnDeadline(item)));
    }
    return tickets;
  }

  return {
    itself: async (ticketId) => (await readAgain([ticketKey(ticketId)]))[0],
    ofCustomer: async (customerId) =>
      readAgain(
        await queryAll(
          db,
          { table, index: 'gsi3', pk: `CUSTOMER#${customerId}`, descending: true },
          MOST_LISTED,
        ),
      ),
    queue: async () => {
      // A shard's own first ones are enough to know the first of all: no page of keys is longer than the list.
      const first = await Promise.all(
        queuePartitions.map((pk) =>
          queryAll(db, { table, index: 'gsi2', pk, limit: MOST_LISTED }, MOST_LISTED),
        ),
      );
      const tickets = await readAgain(first.flat());
      return tickets
        .filter((ticket) => ticket.status === 'queued')
        .map((ticket) => ({ place: queuePlace(ticket), ticketId: ticket.ticketId, ticket }))
        .sort(byPlace)
        .slice(0, MOST_LISTED)
        .map(({ ticket }) => ticket);
    },
    waitingPlaces: async () => {
      const { items, more } = await shards(queuePartitions, { most: MOST_PLACES });
      return { places: items.map(waitingPlace).sort(byPlace), more };
    },
    heldPlaces: async () => {
      const { items, more } = await shards(handPartitions, { most: MOST_PLACES });
      return { places: items.map(heldPlace), more };
    },
    inHandsOf: async (agentId) => {
      const sk = { beginsWith: `${agentId}#` };
      const { items } = await shards(handPartitions, { most: MOST_IN_HANDS, sk });
      return (await readAgain(items))
        .filter((ticket) => ticket.claimedBy === agentId && ticket.status !== 'queued')
        .sort((a, b) => ((a.claimedAt ?? '') < (b.claimedAt ?? '') ? -1 : 1));
    },
    overSince: async (from) => {
      const sk = { from, to: '9' };
      const { items, more } = await shards(overPartitions, { most: MOST_PLACES, sk, descending: true });
      const latestFirst = items.map(overPlace).sort((a, b) => (a.at > b.at ? -1 : 1));
      return { places: latestFirst.map(({ ticketId }) => ticketId), more };
    },
    these: (ticketIds) => readAgain(ticketIds.map(ticketKey)),
    ofLastFour: async (lastFour, sk) => {
      const pk = lastFourPartition(lastFour);
      const numbers = await queryAll(db, { table, index: 'gsi3', pk, sk, descending: true }, MOST_LISTED);
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
