import { cardStatusReaders, customerReaders } from '../../functions/card/card-readers.ts';
import type { BankEvent, EventReaders } from '../../functions/transaction/envelope.ts';
import { transactionReaders } from '../../functions/transaction/transaction-readers.ts';

/** Every event of the bank, whichever queue brings it. */
export const bankReaders: EventReaders<BankEvent> = {
  ...transactionReaders,
  ...cardStatusReaders,
  ...customerReaders,
};
