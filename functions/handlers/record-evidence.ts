import { S3Client } from '@aws-sdk/client-s3';
import { createEvidenceShelf } from '../ticket/s3-evidence-shelf.ts';
import { CALL_LIMITS } from './clients.ts';
import { readEnvironment, recordEvidenceEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { keptOfEvidence, recordEvidence } from './work/record-evidence.ts';

const environment = readEnvironment(recordEvidenceEnvironment);
const telemetry = createTelemetry('record-evidence');
const rooms = createRooms(environment);
const bucket = environment.EVIDENCE_BUCKET;

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept: keptOfEvidence }),
  handle: recordEvidence({
    ...{ rooms, telemetry, bucket, scan: environment.EVIDENCE_SCAN },
    shelf: createEvidenceShelf({ client: new S3Client(CALL_LIMITS), bucket }),
  }),
});
