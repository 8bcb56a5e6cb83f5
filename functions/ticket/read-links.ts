import { isOver, type Ticket } from './ticket.ts';
import type { TicketReadings } from './ticket-reading-store.ts';
import type { TicketStore } from './ticket-store.ts';
import { customerView, type TicketLinks } from './ticket-view.ts';

export type ReadLinks = (ticket: Ticket) => Promise<TicketLinks | undefined>;

/**
 * What a ticket goes on from, and in: whoever asks for an old number hears how its incident stands now (D2). That a later
 * one follows is known by the later one only, so it is looked for among the customer's tickets once this one is over.
 */
export function createReadLinks(deps: {
  tickets: Pick<TicketStore, 'get'> & Pick<TicketReadings, 'itself' | 'ofCustomer'>;
}): ReadLinks {
  const { tickets } = deps;
  return async (ticket) => {
    const { ticketId, mergedInto, joined, follows } = ticket;
    const [into, before, others] = await Promise.all([
      mergedInto === undefined ? undefined : tickets.get(ticketId),
      follows === undefined ? undefined : tickets.itself(follows),
      isOver(ticket) && mergedInto === undefined ? tickets.ofCustomer(ticket.customerId) : [],
    ]);
    const links = {
      ...(into === undefined ? {} : { mergedInto: customerView(into.body) }),
      ...(joined === undefined ? {} : { mergedFrom: joined.map(({ number }) => number) }),
      ...(before === undefined ? {} : { follows: before.number }),
      ...ofFollower(others.find((other) => other.follows === ticketId)),
    };
    return Object.keys(links).length === 0 ? undefined : links;
  };
}

const ofFollower = (ticket: Ticket | undefined) =>
  ticket === undefined ? {} : { followedBy: ticket.number };
