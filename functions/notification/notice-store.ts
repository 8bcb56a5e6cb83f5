import * as z from 'zod/mini';
import { type Database, queryAll } from '../platform/database.ts';
import { createOutbox } from '../platform/outbox.ts';

/** Most notices of one ticket a list reads. */
const MOST_NOTICES = 200;

/** One thing we sent or meant to send: its kind and how it ended, never words or number. */
export interface SentNotice {
  readonly channel: string;
  readonly kind: string;
  readonly putOutAt?: string;
  /** `pending` until it is known; else the sender's own word. */
  readonly outcome: string;
  readonly outcomeAt?: string;
}

export interface NoticeStore {
  /** What was sent on behalf of one aggregate, e.g. `TICKET#…`. */
  of(pk: string): Promise<readonly SentNotice[]>;
}

const payloadSchema = z.object({
  text: z.optional(z.object({ kind: z.string() })),
  mail: z.optional(
    z.object({ kind: z.string(), facts: z.optional(z.object({ event: z.optional(z.string()) })) }),
  ),
});
const timesSchema = z.object({ putOutAt: z.optional(z.string()) });
/** Effects that reach the customer, by the channel they take. */
const channels: Readonly<Record<string, string>> = { sms: 'sms', email: 'email', app: 'app' };

export function createNoticeStore(options: { db: Database; casesTable: string }): NoticeStore {
  const { db, casesTable: table } = options;
  const outbox = createOutbox(db, table);
  return {
    of: async (pk) => {
      const items = await queryAll(
        db,
        { table, pk, sk: { beginsWith: 'OUT#' }, descending: true },
        MOST_NOTICES,
      );
      return items.flatMap((item) => {
        const effect = outbox.parse(item);
        const channel = channels[effect.effect];
        if (channel === undefined) return [];
        const { text, mail } = payloadSchema.safeParse(effect.payload).data ?? {};
        const kind = text?.kind ?? mail?.facts?.event ?? mail?.kind ?? 'notice';
        const { putOutAt } = timesSchema.parse(item);
        const { outcome = 'pending', doneAt } = effect;
        return [{ channel, kind, putOutAt: putOutAt ?? effect.pendingSince, outcome, outcomeAt: doneAt }];
      });
    },
  };
}
