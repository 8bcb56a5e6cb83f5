import * as z from 'zod/mini';
import {
  billingSchema,
  cardTokenSchema,
  countrySchema,
  customerIdSchema,
  mccSchema,
  merchantIdSchema,
  moneySchema,
  postedBillingSchema,
  schemaVersionOne,
  transactionIdSchema,
  utcTimeSchema,
} from './fields.ts';

/**
 * What the bank tells about a transaction, version 1. Fields we do not know are tolerated and dropped, so
 * that the bank can add some without a new version; a changed meaning needs `schemaVersion` 2.
 */
const merchantSchema = z.object({
  id: merchantIdSchema,
  /** As the acquirer sent it, hostile or not (H19): cleaned where it is shown. */
  name: z.string().check(z.maxLength(512)),
  mcc: mccSchema,
  country: countrySchema,
  city: z.optional(z.string().check(z.maxLength(128))),
});

const entryModes = ['chip', 'contactless', 'magstripe', 'manual', 'ecommerce', 'moto', 'wallet'] as const;
export type EntryMode = (typeof entryModes)[number];

/**
 * An authorisation, approved or declined. `amount.minor` 0 is an account verification (a card is checked
 * before it is stored at a merchant): accepted and counted as an attempt, never judged by amount (H29).
 */
export const transactionAuthorizedSchema = z.object({
  schemaVersion: schemaVersionOne,
  transactionId: transactionIdSchema,
  cardToken: cardTokenSchema,
  /** The person whose card it is. */
  cardholderId: customerIdSchema,
  /** Who owns the account; another person for a supplementary card (附属卡). */
  accountOwnerId: customerIdSchema,
  occurredAt: utcTimeSchema,
  outcome: z.enum(['approved', 'declined']),
  /** In the purchase's currency. */
  amount: moneySchema,
  /** In the cardholder's billing currency. */
  billing: billingSchema,
  merchant: merchantSchema,
  entryMode: z.enum(entryModes),
  recurring: z.boolean(),
  merchantInitiated: z.boolean(),
  deviceId: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
});
export type TransactionAuthorized = z.output<typeof transactionAuthorizedSchema>;

/** The authorisation was settled: the final amount, rate and fee (D7). */
export const transactionPostedSchema = z.object({
  schemaVersion: schemaVersionOne,
  transactionId: transactionIdSchema,
  cardToken: cardTokenSchema,
  postedAt: utcTimeSchema,
  amount: moneySchema,
  billing: postedBillingSchema,
});
export type TransactionPosted = z.output<typeof transactionPostedSchema>;

/** `reversal`: the purchase never took place; `refund`: the merchant gave money back (H23). */
export const transactionReversedSchema = z.object({
  schemaVersion: schemaVersionOne,
  transactionId: transactionIdSchema,
  cardToken: cardTokenSchema,
  reversedAt: utcTimeSchema,
  kind: z.enum(['reversal', 'refund']),
  /** In the purchase's currency; less than the purchase when partial. */
  amount: moneySchema,
});
export type TransactionReversed = z.output<typeof transactionReversedSchema>;
