import * as z from 'zod/mini';
import {
  cardTokenSchema,
  merchantIdSchema,
  schemaVersionOne,
  transactionIdSchema,
  utcTimeSchema,
} from './fields.ts';

/** Who concluded it: `agent` is our own desk, whose conclusion comes by the bus as well. */
export const labelSources = ['chargeback', 'issuer', 'agent'] as const;

const concluded = {
  schemaVersion: schemaVersionOne,
  labelId: z.string().check(z.minLength(1), z.maxLength(128)),
  cardToken: cardTokenSchema,
  transactionId: transactionIdSchema,
  /** So that the label still counts at its merchant when we keep the transaction no more (35 days). */
  merchantId: z.optional(merchantIdSchema),
  /** Of the transaction. */
  occurredAt: utcTimeSchema,
  /** When the source knew: of two for one transaction the later counts, in whatever order they arrive. */
  at: utcTimeSchema,
  source: z.enum(labelSources),
};

/** The transaction was fraud: a conclusion, not the customer's word alone. */
export const fraudConfirmedSchema = z.object(concluded);
export type FraudConfirmed = z.output<typeof fraudConfirmedSchema>;

/** It was none after all: takes an earlier label back. */
export const fraudClearedSchema = z.object(concluded);
export type FraudCleared = z.output<typeof fraudClearedSchema>;

/** What we tell of a transaction when what it is taken for changes. */
export const transactionLabelledSchema = z.object({
  schemaVersion: schemaVersionOne,
  eventId: z.string().check(z.minLength(1), z.maxLength(200)),
  occurredAt: utcTimeSchema,
  cardToken: cardTokenSchema,
  transactionId: transactionIdSchema,
  merchantId: z.optional(merchantIdSchema),
  transactionAt: utcTimeSchema,
  label: z.enum(['fraud', 'genuine', 'unknown']),
  provisional: z.boolean(),
  labelSource: z.optional(z.enum(['answer', ...labelSources])),
  knownAt: z.optional(utcTimeSchema),
  labelVersion: z.int().check(z.minimum(1)),
});
