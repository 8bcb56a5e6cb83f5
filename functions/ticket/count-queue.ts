import { queuePlace } from './clock-times.ts';
import { byPlace, type Places, type WaitingPlace } from './desk-places.ts';
import type { Ticket } from './ticket.ts';
import type { TicketReadings } from './ticket-reading-store.ts';

/** So long one reading of the queue serves everybody who asks this function. */
const KEPT_MS = 3_000;

interface Kept extends Places<WaitingPlace> {
  readonly readAt: number;
  /** Of each ticket, how many wait before it. */
  readonly before: ReadonlyMap<string, number>;
}

/**
 * How long the queue is and where a ticket stands in it (D4). Pages ask every second and a half: the places are read once
 * for all of them and kept for three seconds, and at once anew for a ticket that was not in the queue by then.
 */
export function createCountQueue(deps: {
  readonly tickets: Pick<TicketReadings, 'waitingPlaces'>;
  readonly now: () => Date;
}) {
  let kept: Promise<Kept> | undefined;

  async function read(): Promise<Kept> {
    const readAt = deps.now().getTime();
    const { places, more } = await deps.tickets.waitingPlaces();
    return { places, more, readAt, before: new Map(places.map(({ ticketId }, index) => [ticketId, index])) };
  }

  function readAnew(): Promise<Kept> {
    const reading = read();
    kept = reading;
    // A reading that failed serves nobody else.
    reading.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading;
  }

  async function queue(): Promise<Kept> {
    const known = await kept;
    return known !== undefined && deps.now().getTime() - known.readAt < KEPT_MS ? known : readAnew();
  }

  return {
    total: async (): Promise<{ readonly total: number; readonly more: boolean }> => {
      const { places, more } = await queue();
      return { total: places.length, more };
    },
    /** The place among those who wait, from 1. */
    positionOf: async (ticket: Ticket): Promise<number> => {
      const known = await queue();
      const { before, places } = known.before.has(ticket.ticketId) ? known : await readAnew();
      const own = { place: queuePlace(ticket), ticketId: ticket.ticketId };
      // The index is a moment behind the ticket: then by the place it is about to have.
      return 1 + (before.get(ticket.ticketId) ?? places.filter((one) => byPlace(one, own) < 0).length);
    },
  };
}
export type CountQueue = ReturnType<typeof createCountQueue>;
