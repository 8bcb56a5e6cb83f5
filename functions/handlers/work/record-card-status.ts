import { createAskCustomer } from '../../alert/ask-customer.ts';
import { createRaiseCase } from '../../alert/raise-case.ts';
import { cardStatusReaders } from '../../card/card-readers.ts';
import { createRecordCardStatus } from '../../card/record-card-status.ts';
import { bankEventHandler, keptOfCard } from '../bank-events.ts';
import type { PlainWork } from './work.ts';

/** Records one message of the card-status queue. */
export function recordCardStatus({ rooms, telemetry }: PlainWork) {
  const record = createRecordCardStatus({
    ...rooms,
    askCustomer: createAskCustomer(rooms),
    raiseCase: createRaiseCase(rooms),
  });
  return bankEventHandler({
    telemetry,
    quarantine: rooms.quarantine,
    kept: keptOfCard,
    now: rooms.now,
    readers: cardStatusReaders,
    handle: async ({ detail }) => {
      const { cardToken, holdsVersion } = detail;
      const recorded = await record(detail);
      telemetry.log('card_status_recorded', { cardToken, holdsVersion, outcome: recorded.outcome });
      if (recorded.outcome === 'freeze_failed' || recorded.outcome === 'frozen_again')
        telemetry.count('FreezeFailed');
      return recorded.outcome === 'unknown_card'
        ? { reason: 'unknown_card', detail: 'status of a card we were never told of' }
        : undefined;
    },
  });
}
