import * as z from 'zod/mini';
import type { Effect } from '../platform/outbox.ts';
import { parseStored } from '../platform/stored.ts';
import { mailOrder } from './email-facts.ts';

/** What the effect of an e-mail stores: which words, for whom, and of which version of what they are. */
const payloadSchema = z.object({
  mail: mailOrder,
  /** Whose contact it goes to, unless `to` names an address. */
  customerId: z.string(),
  ticketId: z.optional(z.string()),
  /** Version of the ticket or card; an e-mail about an older one is not sent after one about a newer (I8). */
  version: z.optional(z.int()),
  /** An address that is the customer's no more, encrypted for its owner. */
  to: z.optional(z.object({ cipher: z.string(), owner: z.string() })),
});
export type EmailPayload = z.output<typeof payloadSchema>;

export const emailPayloadOf = (effect: Effect): EmailPayload =>
  parseStored(payloadSchema, { pk: effect.pk, sk: effect.sk, ...(effect.payload as Record<string, never>) });
