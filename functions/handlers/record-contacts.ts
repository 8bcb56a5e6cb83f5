import { readEnvironment, recordContactsEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { keptOfContact, recordContacts } from './work/record-contacts.ts';

const environment = readEnvironment(recordContactsEnvironment);
const telemetry = createTelemetry('record-contacts');
const rooms = createRooms(environment);

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept: keptOfContact }),
  handle: recordContacts({ rooms, telemetry }),
});
