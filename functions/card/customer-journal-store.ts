import * as z from 'zod/mini';
import type { Database, Value, Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { appendEntry, CHAIN_START, type JournalEntry } from '../platform/journal.ts';
import { createOutbox, type EffectRefusal } from '../platform/outbox.ts';

const headSchema = z.object({ customerId: z.string(), seq: z.int(), chain: z.string() });
export type CustomerHead = z.output<typeof headSchema>;

/** An entry of a customer's journal, with the effect it asks for, if any. */
export interface CustomerEntry extends Omit<JournalEntry, 'at'> {
  readonly effect?: {
    readonly effect: 'sms' | 'email' | 'publish';
    readonly payload: Readonly<Record<string, Value | undefined>>;
  };
}

export type CustomerJournalRefusal = Changed<CustomerHead> | EffectRefusal | { readonly journal: 'taken' };

export const customerPk = (customerId: string): string => `CUSTOMER#${customerId}`;

/** An effect not done after this long is emitted again by the sweep. */
const EFFECT_DUE_SECONDS = 60;

/**
 * What happened to a customer rather than to a card or a ticket (contact, devices), hash-chained, with the texts it
 * asks for. One chain per customer: two changes at once are put in order, the second decides anew.
 */
export interface CustomerJournalStore {
  head(customerId: string): Promise<Versioned<CustomerHead> | undefined>;
  append(
    previous: Versioned<CustomerHead> | undefined,
    customerId: string,
    change: { readonly now: Date; readonly entries: readonly CustomerEntry[] },
  ): readonly Write<CustomerJournalRefusal>[];
}

export function createCustomerJournalStore(options: {
  db: Database;
  casesTable: string;
}): CustomerJournalStore {
  const { db, casesTable: table } = options;
  const outbox = createOutbox(db, table);
  const documents = createDocuments({
    db,
    table,
    schema: headSchema,
    name: 'customer',
    key: (customerId) => ({ pk: customerPk(customerId), sk: 'META' }),
    idOf: (head) => head.customerId,
  });
  return {
    head: documents.get,
    append: (previous, customerId, { now, entries }) => {
      const pk = customerPk(customerId);
      let head = previous?.body ?? { seq: 0, chain: CHAIN_START };
      const writes = entries.flatMap(({ effect, ...entry }): Write<CustomerJournalRefusal>[] => {
        const appended = appendEntry(table, pk, head, { ...entry, at: now.toISOString() });
        head = appended.head;
        const { seq } = head;
        const asked = effect && outbox.put({ pk, seq, now, dueAfterSeconds: EFFECT_DUE_SECONDS, ...effect });
        return asked === undefined ? [appended.write] : [appended.write, asked];
      });
      return [documents.save(previous, { customerId, seq: head.seq, chain: head.chain }), ...writes];
    },
  };
}
