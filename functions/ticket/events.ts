import * as z from 'zod/mini';
import {
  cardTokenSchema,
  customerIdSchema,
  moneySchema,
  schemaVersionOne,
  transactionIdSchema,
  utcTimeSchema,
} from '../transaction/fields.ts';
import { legs } from './clock-policy.ts';
import { disputeStatuses, lostCauses } from './dispute-states.ts';
import { ticketNumberSchema } from './ticket-number.ts';
import { priorities } from './ticket-priority.ts';
import { ticketStatuses } from './ticket-states.ts';

const ticket = {
  schemaVersion: schemaVersionOne,
  eventId: z.string().check(z.minLength(1), z.maxLength(200)),
  occurredAt: utcTimeSchema,
  ticketNumber: ticketNumberSchema,
  customerId: customerIdSchema,
  cardToken: cardTokenSchema,
  category: z.enum(['suspected_fraud', 'lost_stolen', 'dispute', 'question']),
  priority: z.enum(priorities),
  status: z.enum(ticketStatuses),
  version: z.int().check(z.minimum(1)),
  cycle: z.int().check(z.minimum(1)),
};

/** An incident began. */
export const ticketOpenedSchema = z.object(ticket);
/** It waits for a person, for this reason. */
export const ticketQueuedSchema = z.object({
  ...ticket,
  reason: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
});
/** A clock of the ticket needs somebody: three quarters are gone, all is gone, or a P1 waits unclaimed. */
export const ticketClockDueSchema = z.object({
  ...ticket,
  news: z.enum(['warning', 'breach', 'unclaimed']),
  leg: z.optional(z.enum(legs)),
  dueAt: z.optional(utcTimeSchema),
  since: z.optional(utcTimeSchema),
  recipient: z.enum(['agent', 'desk', 'supervisor', 'on_call']),
  agentId: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
});
/** It is over, until somebody reopens it. */
export const ticketResolvedSchema = z.object({
  ...ticket,
  resolution: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
});
/** It closed by itself: nobody reopened it in the seven days there are for it. */
export const ticketClosedSchema = z.object(ticket);
/** It became part of another ticket of the same customer. */
export const ticketMergedSchema = z.object({ ...ticket, into: ticketNumberSchema });
/** A disputed transaction came to another status. */
export const disputeMovedSchema = z.object({
  ...ticket,
  transactionId: transactionIdSchema,
  from: z.enum(disputeStatuses),
  to: z.enum(disputeStatuses),
  amount: z.optional(moneySchema),
  reference: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  cause: z.optional(z.enum(lostCauses)),
});
