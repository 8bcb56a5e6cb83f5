import { cardGroup, keptOfCard } from './bank-events.ts';
import { readEnvironment, recordCardStatusEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { recordCardStatus } from './work/record-card-status.ts';

const telemetry = createTelemetry('record-card-status');
const rooms = createRooms(readEnvironment(recordCardStatusEnvironment));

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept: keptOfCard }),
  groupOf: cardGroup,
  handle: recordCardStatus({ rooms, telemetry }),
});
