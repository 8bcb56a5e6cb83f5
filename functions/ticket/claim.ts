import { leaseFrom, minutesAfter } from './lease.ts';
import { moved, type Ticket } from './ticket.ts';
import type { TicketStatus } from './ticket-states.ts';

/** Tickets one agent works on at a time; those that wait for somebody else do not count. */
export const MOST_IN_HAND = 8;
/** A ticket handed to one person is kept for them for so long, then it is for everybody. */
export const RESERVED_MINUTES = 10;

export interface Agent {
  readonly id: string;
  readonly name: string;
}

/** Until when a ticket in work stays with who has it; none where the work waits for others. */
export const leased = (ticket: Ticket, at: string): Ticket => ({
  ...ticket,
  leaseUntil: ticket.status === 'in_progress' ? leaseFrom(at) : undefined,
});

/** In the hands of `agent`, whatever its status; what the customer sees (who works on it) changed before. */
export const inHandsOf = (ticket: Ticket, agent: Agent, at: string): Ticket =>
  leased(
    { ...ticket, claimedBy: agent.id, claimedByName: agent.name, claimedAt: at, reservedFor: undefined },
    at,
  );

/** In nobody's hands. */
export const givenBack = (ticket: Ticket): Ticket => ({
  ...ticket,
  claimedBy: undefined,
  claimedByName: undefined,
  claimedAt: undefined,
  leaseUntil: undefined,
});

export type Claim =
  | { readonly outcome: 'claimed'; readonly ticket: Ticket }
  | { readonly outcome: 'already_yours' }
  | { readonly outcome: 'taken'; readonly by: string; readonly at: string }
  | { readonly outcome: 'not_claimable'; readonly status: TicketStatus };

/** An agent takes the ticket in hand; exactly one wins, the other learns who and when (H26). */
export function claim(ticket: Ticket, agent: Agent, at: string): Claim {
  if (ticket.claimedBy === agent.id && ticket.status !== 'resolved') return { outcome: 'already_yours' };
  if (ticket.claimedBy !== undefined && ticket.claimedAt !== undefined && ticket.status !== 'resolved') {
    return { outcome: 'taken', by: ticket.claimedByName ?? ticket.claimedBy, at: ticket.claimedAt };
  }
  const taken = moved(ticket, 'in_progress', at);
  if (taken === undefined) return { outcome: 'not_claimable', status: ticket.status };
  return { outcome: 'claimed', ticket: inHandsOf(taken, agent, at) };
}

/** Whether the next free agent may have it: not while it is kept for somebody else. */
export function isOfferedTo(ticket: Ticket, agentId: string, at: string): boolean {
  const { reservedFor, queuedAt = ticket.openedAt } = ticket;
  return (
    reservedFor === undefined || reservedFor === agentId || at >= minutesAfter(queuedAt, RESERVED_MINUTES)
  );
}

/** Who had it is gone: it waits again, with all that is known. Undefined: the lease still runs. */
export function leaseExpired(ticket: Ticket, at: string): Ticket | undefined {
  if (ticket.leaseUntil === undefined || ticket.leaseUntil > at) return undefined;
  const waiting = moved(ticket, 'queued', at);
  if (waiting === undefined) return { ...ticket, leaseUntil: undefined };
  return { ...givenBack(waiting), queuedAt: at, queuedReason: 'lease_expired' };
}
