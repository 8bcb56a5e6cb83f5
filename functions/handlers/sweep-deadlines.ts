import { S3Client } from '@aws-sdk/client-s3';
import middy from '@middy/core';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { createEvidenceShelf } from '../ticket/s3-evidence-shelf.ts';
import { CALL_LIMITS } from './clients.ts';
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
  shelf: createEvidenceShelf({ client: new S3Client(CALL_LIMITS), bucket: environment.EVIDENCE_BUCKET }),
  newId,
  newTicketNumber: () => `FR-${newSpokenCode(8)}`,
});

export const handler = middy<unknown, { swept: number; failed: number }>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler((_event, context) => sweep(() => context.getRemainingTimeInMillis()));
