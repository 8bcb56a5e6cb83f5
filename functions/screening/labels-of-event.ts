import type { EventOf } from '../transaction/envelope.ts';
import type { LabelWord } from '../transaction/transaction-label.ts';

/** One word about one transaction, wherever it came from. */
export interface HeardLabel {
  readonly cardToken: string;
  readonly transactionId: string;
  readonly heard: LabelWord;
  /** What whoever says it knows of the transaction, for when we know it no more. */
  readonly occurredAt?: string;
  readonly merchantId?: string;
  readonly alertId?: string;
}

type LabelEvent = EventOf<'FraudConfirmed' | 'FraudCleared' | 'AlertSettled' | 'TransactionsReported'>;

/** What an event says of each of its transactions. */
export function labelsIn(event: LabelEvent): readonly HeardLabel[] {
  switch (event.type) {
    case 'FraudConfirmed':
    case 'FraudCleared': {
      const { cardToken, transactionId, occurredAt, merchantId, at, labelId, source } = event.detail;
      const value = event.type === 'FraudConfirmed' ? 'fraud' : 'genuine';
      const heard = { by: 'conclusion', word: { value, at, labelId, source } } as const;
      return [{ cardToken, transactionId, occurredAt, merchantId, heard }];
    }
    case 'AlertSettled': {
      const { alertId, cardToken, label: value, labelledAt: at, provisional, assumed } = event.detail;
      const heard = { by: 'answer', word: { value, at, provisional, assumed } } as const;
      return event.detail.transactionIds.map((transactionId) => ({
        ...{ cardToken, transactionId, alertId, heard },
      }));
    }
    case 'TransactionsReported': {
      const { cardToken, occurredAt: at } = event.detail;
      const heard = { by: 'answer', word: { value: 'fraud', at, provisional: true } } as const;
      return event.detail.transactionIds.map((transactionId) => ({ cardToken, transactionId, heard }));
    }
  }
}
