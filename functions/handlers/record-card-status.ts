import { createAskCustomer } from '../alert/ask-customer.ts';
import { createRaiseCase } from '../alert/raise-case.ts';
import { cardStatusReaders } from '../card/card-readers.ts';
import { createRecordCardStatus } from '../card/record-card-status.ts';
import { bankEventHandler, cardGroup } from './bank-events.ts';
import { readEnvironment, recordCardStatusEnvironment } from './environments.ts';
import { createPatience } from './patience.ts';
import { queueHandler } from './queue-handler.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';

const telemetry = createTelemetry('record-card-status');
const rooms = createRooms(readEnvironment(recordCardStatusEnvironment));
const recordCardStatus = createRecordCardStatus({
  ...rooms,
  askCustomer: createAskCustomer(rooms),
  raiseCase: createRaiseCase(rooms),
});

export const handler = queueHandler({
  telemetry,
  patience: createPatience({ ...rooms, telemetry }),
  groupOf: cardGroup,
  handle: bankEventHandler({
    telemetry,
    quarantine: rooms.quarantine,
    now: rooms.now,
    readers: cardStatusReaders,
    handle: async ({ detail }) => {
      const { cardToken, holdsVersion } = detail;
      const recorded = await recordCardStatus(detail);
      telemetry.log('card_status_recorded', { cardToken, holdsVersion, outcome: recorded.outcome });
      if (recorded.outcome === 'freeze_failed' || recorded.outcome === 'frozen_again')
        telemetry.count('FreezeFailed');
      return recorded.outcome === 'unknown_card'
        ? { reason: 'unknown_card', detail: 'status of a card we were never told of' }
        : undefined;
    },
  }),
});
