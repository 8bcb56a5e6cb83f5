import type * as z from 'zod/mini';
import type { cardIssuedSchema, customerContactChangedSchema } from '../../functions/card/events.ts';
import type {
  transactionAuthorizedSchema,
  transactionPostedSchema,
  transactionReversedSchema,
} from '../../functions/transaction/events.ts';

export type Authorized = z.input<typeof transactionAuthorizedSchema>;
export type EntryMode = Authorized['entryMode'];

/** The bank learnt that a transaction was fraud; `at` is when. */
export interface FraudLabel {
  readonly schemaVersion: 1;
  readonly labelId: string;
  readonly cardToken: string;
  readonly transactionId: string;
  readonly merchantId: string;
  readonly occurredAt: string;
  readonly at: string;
  readonly source: 'chargeback' | 'issuer' | 'agent';
}

/** One line of the output: an event as the bank puts it on the bus, by its detail-type. */
export type BankLine =
  | { readonly type: 'TransactionAuthorized'; readonly detail: Authorized }
  | { readonly type: 'TransactionPosted'; readonly detail: z.input<typeof transactionPostedSchema> }
  | { readonly type: 'TransactionReversed'; readonly detail: z.input<typeof transactionReversedSchema> }
  | { readonly type: 'CardIssued'; readonly detail: z.input<typeof cardIssuedSchema> }
  | { readonly type: 'CustomerContactChanged'; readonly detail: z.input<typeof customerContactChangedSchema> }
  | { readonly type: 'FraudConfirmed'; readonly detail: FraudLabel };

export const fraudPatterns = [
  'probing',
  'stolen_spree',
  'not_present_abroad',
  'account_takeover',
  'merchant_compromise',
  'lost_before_report',
  'cloned_card',
  'card_not_received',
] as const;
export type FraudPattern = (typeof fraudPatterns)[number];

/** Honest, but unlike the card's other days: what false alerts are made of. */
export type OddLife = 'journey' | 'big_purchase' | 'new_device' | 'across_the_border';

/** What really was behind an authorisation; offline figures read it, screening never does. */
export interface Truth {
  readonly transactionId: string;
  readonly cardToken: string;
  readonly kind: 'fraud' | 'genuine';
  readonly pattern: FraudPattern | OddLife;
  /** All transactions of one thief on one card, or of one compromised merchant. */
  readonly caseId?: string;
}

/** An event with its moment and, where there is something to know, the truth about it. */
export interface Generated {
  /** Epoch milliseconds: the time the output is ordered by. */
  readonly at: number;
  readonly line: BankLine;
  readonly truth?: Truth;
}

/** Whole seconds, as banks send them. */
export function utc(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
