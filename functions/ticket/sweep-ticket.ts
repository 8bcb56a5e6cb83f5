import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { leaseExpired } from './claim.ts';
import { type ClockNews, clockNews } from './clock-times.ts';
import type { Ticket } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';
import type { TicketEntry, TicketStore } from './ticket-store.ts';

export interface SweptTicket {
  readonly outcome: 'clock_told' | 'lease_expired' | 'nothing_due';
  readonly news: readonly ClockNews[];
}

/**
 * Tells what is due of a ticket's clocks: a warning, a breach, a P1 nobody claimed. Each is noted on the ticket in the
 * same write that asks for its event, so it is told once, whoever sweeps (DOMAIN 5). Who has it in hand and shows no
 * more that they are there loses it: it waits for everybody again.
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
      if (ticket === undefined) return { outcome: 'nothing_due', news: [] };
      const at = now.toISOString();
      const news = clockNews(ticket.body, at);
      const left = leaseExpired(ticket.body, at);
      if (left === undefined && news.length === 0) return { outcome: 'nothing_due', news: [] };
      const { claimedBy, claimedByName: name } = ticket.body;
      const gone = { type: 'lease_expired', by: 'system', data: { agentId: claimedBy, name } };
      const writes: readonly Write<unknown>[] = deps.tickets.save(ticket, left ?? ticket.body, {
        now,
        entries: [...news.map((one) => newsEntry(ticket.body, one)), ...(left === undefined ? [] : [gone])],
        effects: news.map((one) => newsEvent(ticket.body, one)),
      });
      if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
      return { outcome: left === undefined ? 'clock_told' : 'lease_expired', news };
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
