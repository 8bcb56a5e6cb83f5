import * as z from 'zod/mini';
import { judgedSchema } from '../screening/judged.ts';
import { smallDigest } from '../screening/small-digest.ts';
import type { TransactionAuthorized } from './events.ts';

/** Longest merchant name kept with a decision, so that its item stays within one write unit (1 KB). */
const MERCHANT_NAME_KEPT = 64;

const moneySchema = z.object({ minor: z.int(), currency: z.string() });

/** What was decided on one authorisation, with what the customer's list shows of it. */
export const decisionSchema = z.object({
  transactionId: z.string(),
  bodyDigest: z.string(),
  outcome: z.enum(['clear', 'alert', 'freeze']),
  ruleSetVersion: z.string(),
  modelVersion: z.nullable(z.string()),
  occurredAt: z.string(),
  receivedAt: z.string(),
  amount: moneySchema,
  billing: z.object({ minor: z.int(), currency: z.string(), rate: z.optional(z.string()) }),
  merchant: z.object({ id: z.string(), name: z.string(), mcc: z.string(), country: z.string() }),
  entryMode: z.string(),
  declined: z.boolean(),
  recurring: z.boolean(),
  /** Short digest of the device, for what a later label makes familiar; absent where none was told. */
  device: z.optional(z.int()),
  /** Suspicious, and cleared by the pass that the proof of this alert opened (H18). */
  pass: z.optional(z.string()),
  /** The rules would have frozen the card, had their set not been switched to asking only (H33). */
  alertOnly: z.optional(z.boolean()),
  /** Suspicious to the rules, and cleared by this allow entry. */
  allowed: z.optional(z.string()),
  /** What it was made of; absent only where a crash lost it before it was written. */
  judged: z.optional(judgedSchema),
});
export type StoredDecision = z.output<typeof decisionSchema>;

export const postingSchema = z.object({
  transactionId: z.string(),
  postedAt: z.string(),
  amount: moneySchema,
  billing: z.object({
    minor: z.int(),
    currency: z.string(),
    rate: z.optional(z.string()),
    feeMinor: z.optional(z.int()),
  }),
});
export const reversalSchema = z.object({
  transactionId: z.string(),
  reversedAt: z.string(),
  kind: z.enum(['reversal', 'refund']),
  amount: moneySchema,
});

/** A transaction as a list shows it; `pending` until its posting came (D7). */
export interface ListedTransaction extends StoredDecision {
  readonly pending: boolean;
  readonly posted?: z.output<typeof postingSchema>;
  readonly reversals: readonly z.output<typeof reversalSchema>[];
}

/** What screening adds to an event. */
export type Decided = Pick<
  StoredDecision,
  | 'bodyDigest'
  | 'outcome'
  | 'ruleSetVersion'
  | 'modelVersion'
  | 'receivedAt'
  | 'pass'
  | 'allowed'
  | 'alertOnly'
  | 'judged'
>;

/** The decision of an event, in the form that is kept; the same event always gives the same. */
export function decisionOf(event: TransactionAuthorized, decided: Decided): StoredDecision {
  const { merchant, billing } = event;
  return {
    ...decided,
    transactionId: event.transactionId,
    occurredAt: event.occurredAt,
    amount: event.amount,
    billing: { minor: billing.minor, currency: billing.currency, rate: billing.rate },
    merchant: {
      id: merchant.id,
      name: merchant.name.slice(0, MERCHANT_NAME_KEPT),
      mcc: merchant.mcc,
      country: merchant.country,
    },
    entryMode: event.entryMode,
    device: event.deviceId === undefined ? undefined : smallDigest(event.deviceId),
    declined: event.outcome === 'declined',
    recurring: event.recurring || event.merchantInitiated,
  };
}
