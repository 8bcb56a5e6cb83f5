import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { createBusIssuer } from '../card/bus-issuer.ts';
import { createBus } from '../platform/bus.ts';
import { CALL_LIMITS } from './clients.ts';
import { freezeCardsEnvironment, readEnvironment } from './environments.ts';
import { createRooms } from './rooms.ts';
import { handleStream } from './stream-records.ts';
import { createTelemetry } from './telemetry.ts';
import { freezeCards } from './work/freeze-cards.ts';

const environment = readEnvironment(freezeCardsEnvironment);
const telemetry = createTelemetry('freeze-cards');
const bus = createBus({ client: new EventBridgeClient(CALL_LIMITS), busName: environment.BUS_NAME });
const freezeCard = freezeCards({ rooms: createRooms(environment), telemetry, issuer: createBusIssuer(bus) });

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler((event) => handleStream(event.Records, telemetry, freezeCard));
