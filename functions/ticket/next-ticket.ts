import type { Write } from '../platform/database.ts';
import { type Agent, isOfferedTo } from './claim.ts';
import { type ClaimTicket, isFull } from './claim-ticket.ts';
import type { Ticket } from './ticket.ts';
import type { TicketReadings } from './ticket-reading-store.ts';

export type NextTicket =
  | { readonly outcome: 'claimed'; readonly ticket: Ticket }
  | { readonly outcome: 'nothing_waits' | 'at_capacity' | 'repeated' };

/**
 * Gives the agent the ticket that waits first: by priority, then what a colleague handed to them, then by the clock
 * that is due next; what was handed to somebody else only after ten minutes. Where somebody was faster, any other of the
 * same rank: agents who come together would else lose every race behind each other.
 */
export function createNextTicket(deps: {
  tickets: Pick<TicketReadings, 'queue' | 'inHandsOf'>;
  claimTicket: ClaimTicket;
  now: () => Date;
  /** At least 0, below 1. */
  random: () => number;
}) {
  return async (
    agent: Agent,
    together: (ticket: Ticket) => readonly Write<unknown>[],
  ): Promise<NextTicket> => {
    if (isFull(await deps.tickets.inHandsOf(agent.id))) return { outcome: 'at_capacity' };
    const at = deps.now().toISOString();
    const place = ({ priority, reservedFor }: Ticket) => `${priority}${reservedFor === agent.id ? 0 : 1}`;
    const offered = (await deps.tickets.queue())
      .filter((ticket) => isOfferedTo(ticket, agent.id, at))
      // Stable: what stands alike keeps the order of the queue.
      .sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
    for (let tries = 0; offered.length > 0; tries += 1) {
      const [first] = offered;
      const alike = offered.filter((ticket) => first !== undefined && place(ticket) === place(first));
      const drawn = tries === 0 ? first : alike[Math.floor(deps.random() * alike.length)];
      if (drawn === undefined) break;
      offered.splice(offered.indexOf(drawn), 1);
      const claimed = await deps.claimTicket(drawn.number, agent, together);
      if (claimed.outcome === 'claimed') return { outcome: 'claimed', ticket: claimed.ticket };
      if (claimed.outcome === 'repeated' || claimed.outcome === 'at_capacity')
        return { outcome: claimed.outcome };
    }
    return { outcome: 'nothing_waits' };
  };
}
