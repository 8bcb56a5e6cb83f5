import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { createPhoneCipher } from '../notification/phone-cipher.ts';
import { createBus } from '../platform/bus.ts';
import { systemClock } from '../platform/clock.ts';
import { createOutbox } from '../platform/outbox.ts';
import { CALL_LIMITS, createDatabase } from './clients.ts';
import { publishEventsEnvironment, readEnvironment } from './environments.ts';
import { queueHandler } from './queue-handler.ts';
import { createTelemetry } from './telemetry.ts';
import { publishEvents } from './work/publish-events.ts';

const environment = readEnvironment(publishEventsEnvironment);
const telemetry = createTelemetry('publish-events');
const db = createDatabase();

export const handler = queueHandler({
  telemetry,
  handle: publishEvents({
    db,
    outbox: createOutbox(db, environment.CASES_TABLE),
    now: systemClock(),
    bus: createBus({ client: new EventBridgeClient(CALL_LIMITS), busName: environment.BUS_NAME }),
    phoneOf: createPhoneCipher({ client: new KMSClient(CALL_LIMITS), keyArn: environment.DATA_KEY_ARN })
      .decrypt,
    telemetry,
  }),
});
