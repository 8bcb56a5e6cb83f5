import middy from '@middy/core';
import { readEnvironment, recordDeliveriesEnvironment } from './environments.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { recordDeliveries } from './work/record-deliveries.ts';

const telemetry = createTelemetry('record-deliveries');
const environment = readEnvironment(recordDeliveriesEnvironment);
// No card is read or written: the Cards table is not even named.
const record = recordDeliveries({ rooms: createRooms({ ...environment, CARDS_TABLE: '' }), telemetry });

export const handler = middy<unknown, void>()
  .after(telemetry.flush)
  .onError((request) => {
    telemetry.warn('message_failed', request.error);
    telemetry.flush();
  })
  .handler(record);
