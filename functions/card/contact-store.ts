import * as z from 'zod/mini';
import { type Database, type Item, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';
import { type Contact, contactSchema } from './contact.ts';

export type ContactRefusal = { readonly contact: 'older' };

/** Contacts of customers and the log-ins that stand for them. */
export interface ContactStore {
  get(customerId: string): Promise<Contact | undefined>;
  parse(item: Item): Contact;
  /** Refused when the stored contact has the same or a newer source version (I8). */
  save(contact: Contact): Write<ContactRefusal>;
  /** Lets a log-in (token issuer and subject) act for a customer. */
  saveIdentity(identity: { issuer: string; subject: string }, customerId: string): Write<never>;
  /** Whom a log-in stands for. */
  customerOf(identity: { issuer: string; subject: string }): Promise<string | undefined>;
}

export const contactKey = (customerId: string) => ({ pk: `CUSTOMER#${customerId}`, sk: 'CONTACT' });
const identityKey = (identity: { issuer: string; subject: string }) => ({
  pk: `SUBJECT#${identity.issuer}#${identity.subject}`,
  sk: 'SUBJECT',
});

export function createContactStore(options: { db: Database; cardsTable: string }): ContactStore {
  const { db, cardsTable: table } = options;
  const parse = (item: Item): Contact => parseStored(contactSchema, item);
  return {
    parse,
    get: async (customerId) => {
      const item = await db.get(table, contactKey(customerId));
      return item && parse(item);
    },
    save: (contact) =>
      write({
        table,
        spec: { kind: 'put', item: { ...contact, ...contactKey(contact.customerId) } },
        when: {
          any: [{ item: 'absent' }, { attribute: 'sourceVersion', is: '<', value: contact.sourceVersion }],
        },
        refused: () => ({ contact: 'older' }) as const,
      }),
    saveIdentity: (identity, customerId) =>
      write({ table, spec: { kind: 'put', item: { ...identityKey(identity), customerId } } }),
    customerOf: async (identity) => {
      const item = await db.get(table, identityKey(identity));
      return item && parseStored(z.object({ customerId: z.string() }), item).customerId;
    },
  };
}
