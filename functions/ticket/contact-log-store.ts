import { type Database, type Value, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';
import { type Contact, contactSchema } from './contact-log.ts';
import type { Ticket } from './ticket.ts';

/** What the ticket's journal is told of a contact, each once. */
export type Told = 'connected' | 'ended' | 'completed';
export type ToldAlready = { readonly contact: 'told' };

/** Contacts by phone. Events come unordered and more than once: each only adds what it knows. */
export interface ContactLogStore {
  get(contactId: string): Promise<Contact | undefined>;
  /** Whose call it is, which ticket it is about, and which announced call it is. */
  about(
    contactId: string,
    customer: { readonly customerId: string; readonly callId?: string },
    ticket?: Pick<Ticket, 'ticketId' | 'number'>,
  ): Write<never>;
  /** Adds what is known; undefined fields stay as they are. */
  add(contact: Contact, now: Date): Write<never>;
  /** The same, together with what the journal is told of it: refused when it was told already. */
  addAndTell(contact: Contact, now: Date, told: Told): Write<ToldAlready>;
  wasTold(contactId: string, told: Told): Promise<boolean>;
}

const keyOf = (contactId: string) => ({ pk: `CONTACT#${contactId}`, sk: 'META' });
const toldName = (told: Told): string => `told_${told}`;

export function createContactLogStore(options: {
  db: Database;
  casesTable: string;
  now: () => Date;
}): ContactLogStore {
  const { db, casesTable: table } = options;

  const change = (fields: Readonly<Record<string, Value | undefined>>, now: Date) => ({
    set: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    setIfAbsent: { expiresAt: expiryOf('call', now) },
  });

  return {
    get: async (contactId) => {
      const item = await db.get(table, keyOf(contactId));
      return item && parseStored(contactSchema, item);
    },
    about: (contactId, { customerId, callId }, ticket) => {
      const { ticketId, number: ticketNumber } = ticket ?? {};
      const fields = { contactId, customerId, ticketId, ticketNumber, callId };
      return write({
        table,
        spec: { kind: 'update', key: keyOf(contactId), change: change(fields, options.now()) },
      });
    },
    add: (contact, now) =>
      write({ table, spec: { kind: 'update', key: keyOf(contact.contactId), change: change(contact, now) } }),
    addAndTell: (contact, now, told) =>
      write({
        table,
        spec: {
          kind: 'update',
          key: keyOf(contact.contactId),
          change: change({ ...contact, [toldName(told)]: now.toISOString() }, now),
        },
        when: { attribute: toldName(told), is: 'absent' },
        refused: () => ({ contact: 'told' }) as const,
      }),
    wasTold: async (contactId, told) =>
      (await db.get(table, keyOf(contactId)))?.[toldName(told)] !== undefined,
  };
}
