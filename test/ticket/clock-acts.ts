import { type ClockEntry, withClocks } from '../../functions/ticket/clock-steps.ts';
import { moved, newTicket, queued, type Ticket } from '../../functions/ticket/ticket.ts';
import type { TicketStatus } from '../../functions/ticket/ticket-states.ts';

export const OPENED = Date.parse('2026-03-10T15:40:00.000Z');
/** So many minutes after the ticket was opened. */
export const minute = (minutes: number): string => new Date(OPENED + minutes * 60_000).toISOString();

const entry = (type: string, by: string, data: Record<string, unknown> = {}): ClockEntry => ({
  type,
  by,
  data,
});

/** A ticket and what may happen to it, as the use cases would change it. */
export interface Act {
  readonly change: (ticket: Ticket, at: string) => Ticket | undefined;
  readonly entry: ClockEntry;
}

const stays = (ticket: Ticket): Ticket => ticket;
const to =
  (status: TicketStatus) =>
  (ticket: Ticket, at: string): Ticket | undefined => {
    const after = moved(ticket, status, at);
    return after && status === 'resolved' ? { ...after, resolvedAt: at } : after;
  };

export const acts = {
  accepted: { change: stays, entry: entry('text_accepted', 'system') },
  not_mine: {
    change: (ticket, at) => queued(ticket, { priority: 'P1', reason: 'not_mine', at }) ?? ticket,
    entry: entry('customer_answered', 'customer:C', { channel: 'sms' }),
  },
  no_answer: {
    change: (ticket, at) => queued(ticket, { priority: 'P2', reason: 'no_answer', at }) ?? ticket,
    entry: entry('alert_expired', 'system'),
  },
  person_asked: {
    change: (ticket, at) => ({
      ...(queued(ticket, { priority: ticket.priority, reason: 'person_asked', at }) ?? ticket),
      phoneConsent: true,
    }),
    entry: entry('person_asked', 'customer:C', { channel: 'app' }),
  },
  customer_wrote: {
    change: (ticket, at) =>
      ticket.status === 'resolved'
        ? queued(ticket, { priority: ticket.priority, reason: 'customer_message', at })
        : ticket,
    entry: entry('customer_message', 'customer:C', { channel: 'app' }),
  },
  claimed: { change: to('in_progress'), entry: entry('ticket_claimed', 'agent:li') },
  agent_wrote: { change: stays, entry: entry('agent_message', 'agent:li') },
  connected: { change: stays, entry: entry('call_connected', 'agent:li') },
  called: {
    change: stays,
    entry: entry('call_ended', 'agent:li', { outcome: 'connected', seconds: 300 }),
  },
  busy: { change: stays, entry: entry('call_ended', 'agent:li', { outcome: 'busy', seconds: 0 }) },
  waits_customer: { change: to('awaiting_customer'), entry: entry('customer_needed', 'agent:li') },
  waits_others: { change: to('awaiting_third_party'), entry: entry('third_party_awaited', 'agent:li') },
  goes_on: { change: to('in_progress'), entry: entry('work_resumed', 'agent:li') },
  handed_back: {
    change: (ticket, at) => (ticket.status === 'resolved' ? undefined : to('queued')(ticket, at)),
    entry: entry('ticket_handed_back', 'agent:li'),
  },
  concluded: { change: to('concluded'), entry: entry('ticket_concluded', 'agent:li') },
  resolved: { change: to('resolved'), entry: entry('ticket_resolved', 'agent:li') },
  merged: { change: to('merged'), entry: entry('ticket_merged', 'agent:li') },
  lowered: {
    change: (ticket) => ({ ...ticket, priority: 'P4' }),
    entry: entry('ticket_triaged', 'agent:li'),
  },
} as const satisfies Record<string, Act>;
export type ActName = keyof typeof acts;

export const opened = (over: Partial<Ticket> = {}): Ticket => {
  const ticket = newTicket({
    ticketId: 'T',
    number: 'FR-1',
    category: 'suspected_fraud',
    priority: 'P2',
    customerId: 'C',
    cardToken: 'card',
    at: minute(0),
  });
  const entries = [entry('alert_opened', 'system')];
  return withClocks(undefined, { ...ticket, ...over }, { entries, at: minute(0) });
};

/** The ticket after one act; as it was where the act does not fit its status. */
export function withAct(ticket: Ticket, name: ActName, minutes: number): Ticket {
  const act: Act = acts[name];
  const at = minute(minutes);
  const changed = act.change(ticket, at);
  return changed === undefined ? ticket : withClocks(ticket, changed, { entries: [act.entry], at });
}

/** The ticket after acts at their minutes. */
export const played = (...steps: readonly (readonly [number, ActName])[]): Ticket =>
  steps.reduce((ticket, [minutes, name]) => withAct(ticket, name, minutes), opened());
