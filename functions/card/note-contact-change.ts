import type { AlertStore } from '../alert/alert-store.ts';
import {
  type ContactChange,
  contactEmails,
  contactTexts,
  type FormerAddress,
  type FormerNumber,
} from '../notification/contact-notice.ts';
import type { Write } from '../platform/database.ts';
import { queued, type Ticket } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { CardStore } from './card-store.ts';
import type { CustomerEntry, CustomerJournalStore } from './customer-journal-store.ts';

export interface NoteContactChangeDeps {
  readonly cards: Pick<CardStore, 'ofCardholder'>;
  readonly alerts: Pick<AlertStore, 'openFor'>;
  readonly tickets: Pick<TicketStore, 'ofIncident' | 'save'>;
  readonly customerJournal: CustomerJournalStore;
}

export interface NotedChange {
  readonly customerId: string;
  readonly what: ContactChange;
  /** Who changed it: `bank`, `customer:…`. */
  readonly by: string;
  readonly occurredAt: string;
  /** More for the journal; no address, number or key. */
  readonly data?: Readonly<Record<string, string>>;
  readonly reachable: boolean;
  readonly former?: FormerNumber;
  readonly formerAddress?: FormerAddress;
  /** The number itself is in doubt: a person decides about what is open (P2). */
  readonly doubtful: boolean;
}

/** The same with its stores put in: the port of other rooms' use cases. */
export type NoteContactChange = (change: NotedChange, now: Date) => Promise<readonly Write<unknown>[]>;

/** A transaction has room for 100 writes; a ticket takes two. Those with an open alert come first. */
const MOST_TICKETS = 20;

/**
 * The writes that go with a change of contact, device or SIM, in one transaction with the change itself: the journal,
 * the texts and e-mails to old and new number and address, and, where the number is in doubt, a note on each open ticket, which rises to a
 * person while its alert is open.
 */
export async function noteContactChange(
  deps: NoteContactChangeDeps,
  change: NotedChange,
  now: Date,
): Promise<readonly Write<unknown>[]> {
  const head = await deps.customerJournal.head(change.customerId);
  const { what, occurredAt, by } = change;
  const noted: CustomerEntry = { type: 'contact_changed', by, data: { what, occurredAt, ...change.data } };
  const texts = contactTexts(change).map((payload): CustomerEntry => {
    const data = { what, to: payload.to === undefined ? 'number' : 'former_number' };
    return { type: 'contact_change_told', by: 'system', data, effect: { effect: 'sms', payload } };
  });
  const emails = contactEmails(change).map((payload): CustomerEntry => {
    const data = { what, to: payload.to === undefined ? 'address' : 'former_address' };
    return { type: 'contact_change_told', by: 'system', data, effect: { effect: 'email', payload } };
  });
  return [
    ...deps.customerJournal.append(head, change.customerId, { now, entries: [noted, ...texts, ...emails] }),
    ...(change.doubtful ? await ticketNotes(deps, change, now) : []),
  ];
}

async function ticketNotes(deps: NoteContactChangeDeps, change: NotedChange, now: Date) {
  const cards = await deps.cards.ofCardholder(change.customerId);
  const found = await Promise.all(
    cards.map(async ({ body: { cardToken } }) => {
      const [ticket, alert] = await Promise.all([
        deps.tickets.ofIncident(change.customerId, cardToken),
        deps.alerts.openFor(cardToken),
      ]);
      return ticket === undefined || isOver(ticket.body) ? [] : [{ ticket, asked: alert !== undefined }];
    }),
  );
  const at = now.toISOString();
  const { what, occurredAt, by } = change;
  const entries = [{ type: 'contact_changed' as const, by, data: { what, occurredAt } }];
  return found
    .flat()
    .sort((a, b) => Number(b.asked) - Number(a.asked))
    .slice(0, MOST_TICKETS)
    .flatMap(({ ticket, asked }): readonly Write<unknown>[] => {
      const order = { priority: 'P2', reason: 'contact_changed', at } as const;
      const after = (asked ? queued(ticket.body, order) : undefined) ?? ticket.body;
      return deps.tickets.save(ticket, after, { now, entries });
    });
}

const isOver = (ticket: Ticket): boolean => ['resolved', 'closed', 'merged'].includes(ticket.status);
