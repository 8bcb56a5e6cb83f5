import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod/mini';
import { createBus } from '../platform/bus.ts';
import { systemClock } from '../platform/clock.ts';
import { createOutbox } from '../platform/outbox.ts';
import { CALL_LIMITS, createDatabase } from './clients.ts';
import { effectKeyOf } from './effect-messages.ts';
import { publishEventsEnvironment, readEnvironment } from './environments.ts';
import { queueHandler } from './queue-handler.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(publishEventsEnvironment);
const telemetry = createTelemetry('publish-events');
const now = systemClock();
const db = createDatabase();
const outbox = createOutbox(db, environment.CASES_TABLE);
const bus = createBus({ client: new EventBridgeClient(CALL_LIMITS), busName: environment.BUS_NAME });
const payloadSchema = z.object({ type: z.string(), detail: z.record(z.string(), z.unknown()) });

/** Tells the bank's other systems what happened; at least once, each event with an id of its own. */
export const handler = queueHandler({
  telemetry,
  handle: async (record) => {
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
  },
});
