import * as z from 'zod/mini';
import { type Condition, type Database, type Item, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';
import { type Contact, contactSchema, type Identity } from './contact.ts';

export type ContactRefusal = { readonly contact: 'changed' };

/** A SIM change of a customer whose contact has not come yet (H32). */
const keptSimChangeSchema = z.object({ at: z.string(), kind: z.enum(['sim_swap', 'number_ported']) });
export type KeptSimChange = z.output<typeof keptSimChangeSchema>;
/** The log-in stands for another customer, by a later word of the bank. */
export type IdentityRefusal = { readonly elsewhere: Identity };

/** Contacts of customers and the log-ins that stand for them. */
export interface ContactStore {
  get(customerId: string): Promise<Contact | undefined>;
  parse(item: Item): Contact;
  /** Replaces `previous`; refused when somebody else did so first. */
  save(previous: Contact | undefined, contact: Contact): Write<ContactRefusal>;
  /** What is kept for a contact that has yet to come. */
  keptSimChange(customerId: string): Promise<KeptSimChange | undefined>;
  /** Keeps it; refused when a later one is kept already. */
  keepSimChange(customerId: string, change: KeptSimChange): Write<ContactRefusal>;
  /** Takes it away with the contact that it goes into; refused when another is kept than was read. */
  takeSimChange(customerId: string, read: KeptSimChange | undefined): Write<ContactRefusal>;
  /**
   * Lets a log-in act for a customer, as of `since` (ISO, milliseconds). Source versions are counted per customer, so
   * between two customers the time of the events decides: the later one has the log-in.
   */
  saveIdentity(identity: Identity, owner: { customerId: string; since: string }): Write<IdentityRefusal>;
  /** Ends that a log-in acts for this customer. */
  removeIdentity(identity: Identity, customerId: string): Write<IdentityRefusal>;
  /** Whom a log-in stands for. */
  customerOf(identity: Identity): Promise<string | undefined>;
}

export const contactKey = (customerId: string) => ({ pk: `CUSTOMER#${customerId}`, sk: 'CONTACT' });
const keptKey = (customerId: string) => ({ pk: `CUSTOMER#${customerId}`, sk: 'SIM' });
const identityKey = (identity: Identity) => ({
  pk: `SUBJECT#${identity.issuer}#${identity.subject}`,
  sk: 'SUBJECT',
});

export function createContactStore(options: { db: Database; cardsTable: string }): ContactStore {
  const { db, cardsTable: table } = options;
  const parse = (item: Item): Contact => parseStored(contactSchema, item);
  const changed = (): ContactRefusal => ({ contact: 'changed' });
  const asRead = ({ sourceVersion, revision }: Contact): Condition => ({
    all: [
      { attribute: 'sourceVersion', is: '=', value: sourceVersion },
      revision === undefined
        ? { attribute: 'revision', is: 'absent' }
        : { attribute: 'revision', is: '=', value: revision },
    ],
  });
  return {
    parse,
    get: async (customerId) => {
      const item = await db.get(table, contactKey(customerId));
      return item && parse(item);
    },
    save: (previous, contact) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...contact,
            ...contactKey(contact.customerId),
            revision: (previous?.revision ?? 0) + 1,
          },
        },
        when: previous === undefined ? { item: 'absent' } : asRead(previous),
        refused: changed,
      }),
    keptSimChange: async (customerId) => {
      const item = await db.get(table, keptKey(customerId));
      return item && parseStored(keptSimChangeSchema, item);
    },
    keepSimChange: (customerId, change) =>
      write({
        table,
        spec: { kind: 'put', item: { ...keptKey(customerId), ...change } },
        when: { any: [{ item: 'absent' }, { attribute: 'at', is: '<', value: change.at }] },
        refused: changed,
      }),
    takeSimChange: (customerId, read) =>
      write({
        table,
        spec: { kind: 'delete', key: keptKey(customerId) },
        when: read === undefined ? { item: 'absent' } : { attribute: 'at', is: '=', value: read.at },
        refused: changed,
      }),
    saveIdentity: (identity, { customerId, since }) =>
      write({
        table,
        spec: { kind: 'put', item: { ...identityKey(identity), customerId, since } },
        when: {
          any: [
            { item: 'absent' },
            { attribute: 'customerId', is: '=', value: customerId },
            // Stored before times were kept.
            { attribute: 'since', is: 'absent' },
            { attribute: 'since', is: '<', value: since },
          ],
        },
        refused: () => ({ elsewhere: identity }),
      }),
    removeIdentity: (identity, customerId) =>
      write({
        table,
        spec: { kind: 'delete', key: identityKey(identity) },
        when: { any: [{ item: 'absent' }, { attribute: 'customerId', is: '=', value: customerId }] },
        refused: () => ({ elsewhere: identity }),
      }),
    customerOf: async (identity) => {
      const item = await db.get(table, identityKey(identity));
      return item && parseStored(z.object({ customerId: z.string() }), item).customerId;
    },
  };
}
