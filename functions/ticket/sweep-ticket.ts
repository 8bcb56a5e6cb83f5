import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type ClockNews, clockNews } from './clock-times.ts';
import type { Ticket } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';
import type { TicketEntry, TicketStore } from './ticket-store.ts';

export interface SweptTicket {
  readonly outcome: 'clock_told' | 'nothing_due';
  readonly news: readonly ClockNews[];
}

/**
 * Tells what is due of a ticket's clocks: a warning, a breach, a P1 nobody claimed. Each is noted on the ticket in the
 * same write that asks for its event, so it is told once, whoever sweeps (DOMAIN 5).
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
      const news = ticket === undefined ? [] : clockNews(ticket.body, now.toISOString());
      if (ticket === undefined || news.length === 0) return { outcome: 'nothing_due', news: [] };
      const writes: readonly Write<unknown>[] = deps.tickets.save(ticket, ticket.body, {
        now,
        entries: news.map((one) => newsEntry(ticket.body, one)),
        effects: news.map((one) => newsEvent(ticket.body, one)),
      });
      if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
      return { outcome: 'clock_told', news };
    });
}

const entryTypes = {
  warning: 'clock_warned',
  breach: 'clock_breached',
  unclaimed: 'on_call_paged',
} as const satisfies Record<ClockNews['kind'], string>;

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
  const { number, customerId, cardToken, category, priority, status, version, cycle, claimedBy } = ticket;
  const detail = {
    ...{ ticketNumber: number, customerId, cardToken, category, priority, status, version, cycle },
    ...{ news: kind, recipient: recipientOf(ticket, kind), agentId: claimedBy },
    ...about,
  };
  return { effect: 'publish', payload: { type: 'TicketClockDue', detail } };
}
