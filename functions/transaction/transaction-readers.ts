import { type EventOf, type EventReaders, eventReader } from './envelope.ts';
import { transactionAuthorizedSchema, transactionPostedSchema, transactionReversedSchema } from './events.ts';

/** Events of the queue of transactions. */
export const transactionReaders: EventReaders<
  EventOf<'TransactionAuthorized' | 'TransactionPosted' | 'TransactionReversed'>
> = {
  'TransactionAuthorized/1': eventReader(
    transactionAuthorizedSchema,
    (detail) => ({ type: 'TransactionAuthorized', detail }),
    (detail) => detail.occurredAt,
  ),
  'TransactionPosted/1': eventReader(
    transactionPostedSchema,
    (detail) => ({ type: 'TransactionPosted', detail }),
    (detail) => detail.postedAt,
  ),
  'TransactionReversed/1': eventReader(
    transactionReversedSchema,
    (detail) => ({ type: 'TransactionReversed', detail }),
    (detail) => detail.reversedAt,
  ),
};
