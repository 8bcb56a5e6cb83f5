import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { createBusIssuer } from '../card/bus-issuer.ts';
import { createRequestFreeze } from '../card/request-freeze.ts';
import { createBus } from '../platform/bus.ts';
import { CALL_LIMITS } from './clients.ts';
import { freezeCardsEnvironment, readEnvironment } from './environments.ts';
import { createRooms } from './rooms.ts';
import { handleStream } from './stream-records.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(freezeCardsEnvironment);
const telemetry = createTelemetry('freeze-cards');
const rooms = createRooms(environment);
const requestFreeze = createRequestFreeze({
  ...rooms,
  issuer: createBusIssuer(
    createBus({ client: new EventBridgeClient(CALL_LIMITS), busName: environment.BUS_NAME }),
  ),
});
const payloadSchema = z.object({ cardToken: z.string(), holdsVersion: z.int() });

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler((event) =>
    handleStream(event.Records, telemetry, async (item) => {
      const effect = rooms.outbox.parse(item);
      const { cardToken, holdsVersion } = payloadSchema.parse(effect.payload);
      const requested = await requestFreeze({
        key: { pk: effect.pk, sk: effect.sk },
        cardToken,
        holdsVersion,
      });
      telemetry.log('issuer_requested', { cardToken, holdsVersion, outcome: requested.outcome });
    }),
  );
