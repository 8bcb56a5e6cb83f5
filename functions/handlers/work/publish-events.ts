import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { PhoneCipher } from '../../notification/phone-cipher.ts';
import type { Bus } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { effectKeyOf } from '../effect-messages.ts';
import type { Telemetry } from '../telemetry.ts';

const payloadSchema = z.object({
  type: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** A number that lies encrypted until it is told. */
  sealed: z.optional(z.object({ phoneCipher: z.string(), owner: z.string() })),
});

const cannotOpen = (): never => {
  throw new Error('a sealed number, and nothing to open it with');
};

/** Tells the bank's other systems what happened; at least once, each event with an id of its own. */
export function publishEvents(deps: {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly now: () => Date;
  readonly bus: Bus;
  /** Opens a sealed number; only a wish for another contact has one. */
  readonly phoneOf?: PhoneCipher['decrypt'];
  readonly telemetry: Telemetry;
}) {
  const { bus, db, now, outbox, telemetry, phoneOf = cannotOpen } = deps;
  return async (record: SQSRecord): Promise<void> => {
    const key = effectKeyOf(record);
    const effect = await outbox.get(key);
    if (effect?.pendingSince === undefined) return;
    const { type, detail, sealed } = payloadSchema.parse(effect.payload);
    const phone = sealed && (await phoneOf({ ciphertext: sealed.phoneCipher, owner: sealed.owner }));
    await bus.put({
      type,
      detail: {
        schemaVersion: 1,
        eventId: `${key.pk}/${key.sk}`,
        occurredAt: effect.pendingSince,
        ...detail,
        ...(phone === undefined ? {} : { phone }),
      },
    });
    await db.commit([outbox.done(key, now(), 'published')]);
    telemetry.log('event_published', { type });
  };
}
