import { join } from 'node:path';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { createShadowTally } from '../screening/shadow-tally.ts';
import { cardGroup, keptOfCard } from './bank-events.ts';
import { readEnvironment, screenTransactionsEnvironment } from './environments.ts';
import { createModelShelf } from './model-shelf.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createScreeningRooms } from './screening-rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { screenTransactions } from './work/screen-transactions.ts';

const telemetry = createTelemetry('screen-transactions');
const rooms = createScreeningRooms(readEnvironment(screenTransactionsEnvironment));
const shadows = createShadowTally({
  db: rooms.db,
  sink: rooms.shadows,
  now: rooms.now,
  onLost: (error, version) => telemetry.warn('shadow_results_lost', error, { version }),
});

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry, kept: keptOfCard }),
  groupOf: cardGroup,
  afterBatch: shadows.flush,
  handle: screenTransactions({
    rooms,
    telemetry,
    shadows,
    models: createModelShelf(join(__dirname, 'models')),
    newId,
    newTicketNumber: () => `FR-${newSpokenCode(8)}`,
  }),
});
