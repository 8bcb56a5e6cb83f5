import type { EventOf } from '../transaction/envelope.ts';
import type { BankWord } from './dispute.ts';

type LabelEvent = EventOf<
  'FraudConfirmed' | 'FraudCleared' | 'TransactionReversed' | 'AlertSettled' | 'TransactionsReported'
>;

/** What an event of the bank says to whoever disputes a transaction; our own words say nothing new to them. */
export function bankWordOf(
  event: LabelEvent,
): { readonly cardToken: string; readonly word: BankWord } | undefined {
  switch (event.type) {
    case 'TransactionReversed': {
      const { cardToken, transactionId, kind, reversedAt, amount } = event.detail;
      const back = { minor: amount.minor, currency: amount.currency };
      return { cardToken, word: { transactionId, told: kind, at: reversedAt, amount: back } };
    }
    case 'FraudConfirmed':
    case 'FraudCleared': {
      const { cardToken, transactionId, at, source } = event.detail;
      const told = event.type === 'FraudConfirmed' ? 'fraud_confirmed' : 'fraud_cleared';
      return source === 'agent' ? undefined : { cardToken, word: { transactionId, told, at } };
    }
    default:
      return undefined;
  }
}
