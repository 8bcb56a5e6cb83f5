import * as z from 'zod/mini';
import { cardTokenSchema, customerIdSchema, schemaVersionOne, utcTimeSchema } from '../transaction/fields.ts';

/** What every event we publish carries: a repeat has the same `eventId`. */
const published = {
  schemaVersion: schemaVersionOne,
  eventId: z.string().check(z.minLength(1), z.maxLength(200)),
  occurredAt: utcTimeSchema,
};
const concerned = {
  ...published,
  alertId: z.string().check(z.minLength(1), z.maxLength(64)),
  ticketNumber: z.string().check(z.regex(/^FR-[0-9A-HJKMNP-TV-Z]{8}$/)),
  cardToken: cardTokenSchema,
  customerId: customerIdSchema,
};
const asked = {
  ...concerned,
  severity: z.enum(['alert', 'freeze']),
  held: z.boolean(),
  status: z.enum(['open', 'expired', 'undeliverable']),
  /** Of the rules that decided. */
  ruleSetVersion: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
};

/** The 20 an alert lists, and 50 that a report may name. */
const transactionIds = z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(70));

/** A question was opened about a card. */
export const alertOpenedSchema = z.object(asked);
/** A question that froze nothing became one about a frozen card. */
export const alertEscalatedSchema = z.object(asked);
export type AlertAsked = z.output<typeof alertOpenedSchema>;
/** Nobody answered, or nobody proved the answer, in time. */
export const alertExpiredSchema = z.object(asked);
/** What the alert turned out to be; may come again with another label. */
export const alertSettledSchema = z.object({
  ...concerned,
  label: z.enum(['genuine', 'fraud']),
  provisional: z.boolean(),
  labelledAt: utcTimeSchema,
  /** Nobody said so: lifted with the holds of a bad rule; nothing is to be learnt of it. */
  assumed: z.optional(z.boolean()),
  transactionIds,
  transactionCount: z.int().check(z.minimum(1)),
});
export type AlertSettled = z.output<typeof alertSettledSchema>;

/** The customer named transactions as not theirs while no question about them stood. */
export const transactionsReportedSchema = z.object({
  ...published,
  ticketNumber: concerned.ticketNumber,
  cardToken: cardTokenSchema,
  customerId: customerIdSchema,
  transactionIds,
});
export type TransactionsReported = z.output<typeof transactionsReportedSchema>;
