import * as z from 'zod/mini';
import { cardTokenSchema, customerIdSchema, schemaVersionOne, utcTimeSchema } from '../transaction/fields.ts';
import { priorities } from './ticket.ts';
import { ticketNumberSchema } from './ticket-number.ts';
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
/** It is over, for now. */
export const ticketResolvedSchema = z.object({
  ...ticket,
  resolution: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
});
