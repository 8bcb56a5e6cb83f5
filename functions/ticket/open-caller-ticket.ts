import type { Write } from '../platform/database.ts';
import { takesWords, withPersonAsked } from './conversation.ts';
import type { EntryType } from './entry-types.ts';
import { aboutFraud, continuesIncident, newTicket, queued, type Ticket } from './ticket.ts';
import type { TicketEffect } from './ticket-effect.ts';
import type { TicketStore } from './ticket-store.ts';

/** What a caller wants a person for. */
export type CallerWish = 'report' | 'person';

export interface CallerTicketOrder {
  readonly wish: CallerWish;
  readonly contactId: string;
  readonly customerId: string;
  readonly cardToken: string;
  readonly lastFour?: string;
}

export type OpenCallerTicket = (
  order: CallerTicketOrder,
) => Promise<{ readonly ticket: Ticket; readonly writes: readonly Write<unknown>[] }>;

/**
 * The writes that put a caller before a person: the incident's ticket goes on where there is one, from whatever
 * channel (D2, H27), else one is opened: for a charge that is not theirs at P1, for a person at P4 (D14, D8).
 */
export function createOpenCallerTicket(deps: {
  tickets: TicketStore;
  now: () => Date;
  newId: () => string;
  newTicketNumber: () => string;
}): OpenCallerTicket {
  return async (order) => {
    const { wish, contactId, customerId, cardToken, lastFour } = order;
    const now = deps.now();
    const at = now.toISOString();
    const latest = await deps.tickets.ofIncident(customerId, cardToken);
    const goesOn = latest !== undefined && continuesIncident(latest.body, at) && takesWords(latest.body);
    const base = goesOn
      ? latest.body
      : newTicket({
          ...{ ticketId: deps.newId(), number: deps.newTicketNumber() },
          ...opened[wish],
          ...{ customerId, cardToken, lastFour, at },
          follows: latest?.body.ticketId,
        });
    // A person is asked for once; every "not mine" is news that whoever works on the ticket reads (I12).
    const ticket = wish === 'report' ? reported(base, at) : (personAsked(base, at) ?? base);
    if (goesOn && ticket === base && wish === 'person') return { ticket, writes: [] };
    const { type, phoneConsent, effects } = told[wish];
    const writes = deps.tickets.save(goesOn ? latest : undefined, ticket, {
      now,
      entries: [{ type, by: `customer:${customerId}`, data: { channel: 'phone', contactId, phoneConsent } }],
      effects: effects(ticket),
    });
    return { ticket, writes };
  };
}

const opened = {
  report: { category: 'suspected_fraud', priority: 'P1' },
  person: { category: 'question', priority: 'P4' },
} as const;

const told: Readonly<
  Record<CallerWish, { type: EntryType; phoneConsent?: true; effects: (ticket: Ticket) => TicketEffect[] }>
> = {
  report: { type: 'fraud_reported', effects: () => [] },
  person: { type: 'person_asked', phoneConsent: true, effects: (ticket) => [personEvent(ticket)] },
};

const reported = (ticket: Ticket, at: string): Ticket =>
  aboutFraud(queued(ticket, { priority: 'P1', reason: 'reported_by_phone', at }) ?? ticket);

/** Who calls may be called; undefined: asked already, in the same way. */
const personAsked = (ticket: Ticket, at: string): Ticket | undefined =>
  withPersonAsked(ticket, { phoneConsent: true, at });

function personEvent({ number, customerId, priority }: Ticket): TicketEffect {
  const detail = { ticketNumber: number, customerId, phoneConsent: true, priority };
  return { effect: 'publish', payload: { type: 'PersonAsked', detail } };
}
