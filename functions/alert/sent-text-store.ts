import * as z from 'zod/mini';
import { type Database, type Key, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';

const sentTextSchema = z.object({
  messageId: z.string(),
  kind: z.string(),
  acceptedAt: z.string(),
  ticketId: z.optional(z.string()),
  /** Of a text that asks: the alert, and which question of it. */
  alertId: z.optional(z.string()),
  question: z.optional(z.int()),
  phoneDigest: z.optional(z.string()),
  failedAt: z.optional(z.string()),
  failure: z.optional(z.string()),
});
/** A text the provider took, under the id it gave it: what a delivery status names. */
export type SentText = z.output<typeof sentTextSchema>;

export interface FailureKnown {
  readonly failure: 'known';
}

/** Texts by the provider's message id, for as long as a delivery status may come: 72 hours, and a margin. */
export interface SentTextStore {
  get(messageId: string): Promise<SentText | undefined>;
  /** Goes with the record of its acceptance. */
  remember(text: SentText): Write<never>;
  /** It never arrived; said once. */
  fail(text: SentText, now: Date, reason: string): Write<FailureKnown>;
}

const keyOf = (messageId: string): Key => ({ pk: `SMSID#${messageId}`, sk: 'TEXT' });

export function createSentTextStore(options: { db: Database; casesTable: string }): SentTextStore {
  const { db, casesTable: table } = options;
  return {
    get: async (messageId) => {
      const item = await db.get(table, keyOf(messageId));
      return item && parseStored(sentTextSchema, item);
    },
    remember: (text) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: { ...text, ...keyOf(text.messageId), expiresAt: expiryOf('sentText', text.acceptedAt) },
        },
      }),
    fail: (text, now, reason) =>
      write({
        table,
        spec: {
          kind: 'update',
          key: keyOf(text.messageId),
          change: { set: { failedAt: now.toISOString(), failure: reason } },
        },
        when: { all: [{ item: 'present' }, { attribute: 'failedAt', is: 'absent' }] },
        refused: () => ({ failure: 'known' }) as const,
      }),
  };
}
