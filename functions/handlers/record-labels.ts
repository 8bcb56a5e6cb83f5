import { cardGroup, keptOfCard } from './bank-events.ts';
import { readEnvironment, recordLabelsEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { recordLabels } from './work/record-labels.ts';

const telemetry = createTelemetry('record-labels');
const rooms = createRooms(readEnvironment(recordLabelsEnvironment));

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept: keptOfCard }),
  groupOf: cardGroup,
  handle: recordLabels({ rooms, telemetry }),
});
