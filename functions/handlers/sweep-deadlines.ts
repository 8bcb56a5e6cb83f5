import middy from '@middy/core';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { readEnvironment, sweepDeadlinesEnvironment } from './environments.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { sweepDeadlines } from './work/sweep-deadlines.ts';

const telemetry = createTelemetry('sweep-deadlines');
const environment = readEnvironment(sweepDeadlinesEnvironment);
const sweep = sweepDeadlines({
  rooms: createRooms(environment),
  telemetry,
  zone: environment.ISSUER_ZONE,
  newId,
  newTicketNumber: () => `FR-${newSpokenCode(8)}`,
});

export const handler = middy<unknown, { swept: number; failed: number }>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler((_event, context) => sweep(() => context.getRemainingTimeInMillis()));
