import { newId, newSpokenCode } from '../platform/ids.ts';
import { cardGroup } from './bank-events.ts';
import { readEnvironment, screenTransactionsEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { screenTransactions } from './work/screen-transactions.ts';

const telemetry = createTelemetry('screen-transactions');
const rooms = createRooms(readEnvironment(screenTransactionsEnvironment));

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry }),
  groupOf: cardGroup,
  handle: screenTransactions({ rooms, telemetry, newId, newTicketNumber: () => `FR-${newSpokenCode(8)}` }),
});
