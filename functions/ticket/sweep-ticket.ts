import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { leaseExpired } from './claim.ts';
import { type ClockNews, clockNews } from './clock-times.ts';
import type { EntryType } from './entry-types.ts';
import { closesAt, moved, type Ticket } from './ticket.ts';
import type { Changing, TicketEffect } from './ticket-effect.ts';
import { ticketEvent } from './ticket-events.ts';
import type { TicketEntry, TicketStore } from './ticket-store.ts';

export interface SweptTicket {
  readonly outcome: 'clock_told' | 'lease_expired' | 'closed' | 'nothing_due';
  readonly news: readonly ClockNews[];
}

/**
 * Tells what is due of a ticket's clocks: a warning, a breach, a P1 nobody claimed. Each is noted on the ticket in the
 * same write that asks for its event, so it is told once, whoever sweeps (DOMAIN 5). Who has it in hand and shows no
 * more that they are there loses it: it waits for everybody again. Resolved and not reopened for seven days, it closes.
 */
export function createSweepTicket(deps: {
  db: Database;
  tickets: Pick<TicketStore, 'get' | 'save'>;
  now: () => Date;
}): (ticketId: string) => Promise<SweptTicket> {
  return (ticketId) =>
    retryWhenChanged(5, async () => {
      const ticket = await deps.tickets.get(ticketId);
      const now = deps.now();
      const swept = ticket && sweptAt(ticket.body, now.toISOString());
      if (ticket === undefined || swept === undefined) return { outcome: 'nothing_due', news: [] };
      const { outcome, news, ...change } = swept;
      const writes: readonly Write<unknown>[] = deps.tickets.save(ticket, swept.ticket, { ...change, now });
      if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
      return { outcome, news };
    });
}

/** What time alone does to a ticket by a moment; undefined: nothing. */
function sweptAt(ticket: Ticket, at: string): (SweptTicket & Changing) | undefined {
  const closed = closedInTime(ticket, at);
  if (closed !== undefined) {
    const { resolvedAt } = ticket;
    const entries = [{ type: 'ticket_closed' as const, by: 'system', data: { resolvedAt } }];
    const effects = [ticketEvent('TicketClosed', closed)];
    return { outcome: 'closed', news: [], ticket: closed, entries, effects };
  }
  const news = clockNews(ticket, at);
  const left = leaseExpired(ticket, at);
  if (left === undefined && news.length === 0) return undefined;
  const { claimedBy, claimedByName: name } = ticket;
  const gone = { type: 'lease_expired' as const, by: 'system', data: { agentId: claimedBy, name } };
  return {
    outcome: left === undefined ? 'clock_told' : 'lease_expired',
    news,
    ticket: left ?? ticket,
    entries: [...news.map((one) => newsEntry(ticket, one)), ...(left === undefined ? [] : [gone])],
    effects: news.map((one) => newsEvent(ticket, one)),
  };
}

/** Nobody reopened it in the time there was for it. */
function closedInTime(ticket: Ticket, at: string): Ticket | undefined {
  const until = closesAt(ticket);
  return until === undefined || until > at ? undefined : moved(ticket, 'closed', at);
}

const entryTypes = {
  warning: 'clock_warned',
  breach: 'clock_breached',
  unclaimed: 'on_call_paged',
} as const satisfies Record<ClockNews['kind'], EntryType>;

function newsEntry(ticket: Ticket, { kind, ...about }: ClockNews): TicketEntry {
  const { cycle, priority } = ticket;
  const data = { ...about, cycle, priority, recipient: recipientOf(ticket, kind) };
  return { type: entryTypes[kind], by: 'system', data };
}

/** Who has to act: who has it in hand or else the desk, those above them, whoever is on call. */
function recipientOf(ticket: Ticket, kind: ClockNews['kind']): 'agent' | 'desk' | 'supervisor' | 'on_call' {
  if (kind === 'unclaimed') return 'on_call';
  if (kind === 'breach') return 'supervisor';
  return ticket.claimedBy === undefined ? 'desk' : 'agent';
}

function newsEvent(ticket: Ticket, { kind, ...about }: ClockNews): TicketEffect {
  const { claimedBy: agentId } = ticket;
  return ticketEvent('TicketClockDue', ticket, {
    ...{ news: kind, recipient: recipientOf(ticket, kind), agentId },
    ...about,
  });
}
