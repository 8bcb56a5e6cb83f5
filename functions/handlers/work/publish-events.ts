import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Bus } from '../../platform/bus.ts';
import type { Database } from '../../platform/database.ts';
import type { Outbox } from '../../platform/outbox.ts';
import { effectKeyOf } from '../effect-messages.ts';
import type { Telemetry } from '../telemetry.ts';

const payloadSchema = z.object({ type: z.string(), detail: z.record(z.string(), z.unknown()) });

/** Tells the bank's other systems what happened; at least once, each event with an id of its own. */
export function publishEvents(deps: {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly now: () => Date;
  readonly bus: Bus;
  readonly telemetry: Telemetry;
}) {
  const { bus, db, now, outbox, telemetry } = deps;
  return async (record: SQSRecord): Promise<void> => {
    const key = effectKeyOf(record);
    const effect = await outbox.get(key);
    if (effect?.pendingSince === undefined) return;
    const { type, detail } = payloadSchema.parse(effect.payload);
    await bus.put({
      type,
      detail: {
        schemaVersion: 1,
        eventId: `${key.pk}/${key.sk}`,
        occurredAt: effect.pendingSince,
        ...detail,
      },
    });
    await db.commit([outbox.done(key, now(), 'published')]);
    telemetry.log('event_published', { type });
  };
}
