import * as z from 'zod/mini';
import { type Database, type Value, type Write, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { expiryOf } from '../platform/expiry.ts';
import { createOutbox, type EffectRefusal } from '../platform/outbox.ts';
import { parseStored } from '../platform/stored.ts';
import { type Phone, phoneSchema } from './phone.ts';

export type PhoneRefusal = Changed<Phone> | EffectRefusal | { readonly inbound: 'known' };

/** Phones by digest, and the guard that lets each inbound message act once (H5). */
export interface PhoneStore {
  /** The phone of this digest, found under another one where it moved when a key was rotated. */
  get(digest: string): Promise<Versioned<Phone> | undefined>;
  save(previous: Versioned<Phone> | undefined, phone: Phone): Write<Changed<Phone>>;
  /** Whether this inbound message has acted already. */
  hasSeen(messageId: string): Promise<boolean>;
  see(messageId: string, now: Date): Write<PhoneRefusal>;
  /** A text to the number itself, when no ticket is concerned. */
  answer(phone: Phone, now: Date, payload: Readonly<Record<string, Value>>): Write<PhoneRefusal>;
}

/** Rotations of the key that a digest is followed through. */
const MOST_MOVES = 10;

const phonePk = (digest: string): string => `PHONE#${digest}`;
const inboundKey = (messageId: string) => ({ pk: `IN#sms#${messageId}`, sk: 'GUARD' });

export function createPhoneStore(options: { db: Database; casesTable: string }): PhoneStore {
  const { db, casesTable: table } = options;
  const outbox = createOutbox(db, table);
  const documents = createDocuments({
    db,
    table,
    schema: phoneSchema,
    name: 'phone',
    key: (digest) => ({ pk: phonePk(digest), sk: 'PHONE' }),
    idOf: (phone) => phone.digest,
  });
  return {
    get: async (digest) => {
      let phone = await documents.get(digest);
      // Each rotation may have moved it once more; a circle cannot come about, as keys only grow.
      for (let hops = 0; phone?.body.movedTo !== undefined && hops < MOST_MOVES; hops += 1) {
        phone = await documents.get(phone.body.movedTo);
      }
      return phone;
    },
    save: documents.save,
    hasSeen: async (messageId) => {
      const guard = await db.get(table, inboundKey(messageId));
      return guard !== undefined && parseStored(z.object({ at: z.string() }), guard).at !== '';
    },
    see: (messageId, now) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...inboundKey(messageId),
            at: now.toISOString(),
            expiresAt: expiryOf('inbound', now),
          },
        },
        when: { item: 'absent' },
        refused: () => ({ inbound: 'known' }) as const,
      }),
    answer: (phone, now, payload) =>
      outbox.put({
        pk: phonePk(phone.digest),
        seq: phone.seq,
        effect: 'sms',
        now,
        dueAfterSeconds: 60,
        payload,
      }),
  };
}
