import { alertSettledSchema, transactionsReportedSchema } from '../alert/events.ts';
import { type EventOf, type EventReaders, eventReader } from './envelope.ts';
import { transactionReversedSchema } from './events.ts';
import { fraudClearedSchema, fraudConfirmedSchema } from './label-events.ts';

/** Events of the queue of labels: conclusions of the bank and of our desk, and what customers said. */
export const labelReaders: EventReaders<
  EventOf<'FraudConfirmed' | 'FraudCleared' | 'TransactionReversed' | 'AlertSettled' | 'TransactionsReported'>
> = {
  'FraudConfirmed/1': eventReader(
    fraudConfirmedSchema,
    (detail) => ({ type: 'FraudConfirmed', detail }),
    (detail) => detail.at,
  ),
  'FraudCleared/1': eventReader(
    fraudClearedSchema,
    (detail) => ({ type: 'FraudCleared', detail }),
    (detail) => detail.at,
  ),
  // It labels nothing; whoever disputes the purchase hears of it.
  'TransactionReversed/1': eventReader(
    transactionReversedSchema,
    (detail) => ({ type: 'TransactionReversed', detail }),
    (detail) => detail.reversedAt,
  ),
  'AlertSettled/1': eventReader(
    alertSettledSchema,
    (detail) => ({ type: 'AlertSettled', detail }),
    (detail) => detail.occurredAt,
  ),
  'TransactionsReported/1': eventReader(
    transactionsReportedSchema,
    (detail) => ({ type: 'TransactionsReported', detail }),
    (detail) => detail.occurredAt,
  ),
};
