import * as z from 'zod/mini';
import type { Effect } from '../platform/outbox.ts';
import { parseStored } from '../platform/stored.ts';
import { textOrder } from './texts.ts';

/** What the effect of a text stores: which words, for whom, and what it belongs to. */
const payloadSchema = z.object({
  text: textOrder,
  /** Whose contact the text goes to, unless `to` names a number. */
  customerId: z.optional(z.string()),
  ticketId: z.optional(z.string()),
  /** Present on texts that ask; absent on answers. */
  alertId: z.optional(z.string()),
  covers: z.optional(z.int()),
  /** Version of the question this text asks. */
  question: z.optional(z.int()),
  language: z.optional(z.enum(['zh-CN', 'en'])),
  /** Present on a text that carries a one-time code, which is made when it is sent. */
  code: z.optional(z.object({ verificationId: z.string(), number: z.int(), phoneDigest: z.string() })),
  /** The number that wrote to us, encrypted for its owner; the digest where the owner is not it. */
  to: z.optional(z.object({ phoneCipher: z.string(), owner: z.string(), digest: z.optional(z.string()) })),
});
export type Payload = z.output<typeof payloadSchema>;

export const payloadOf = (effect: Effect): Payload =>
  parseStored(payloadSchema, { pk: effect.pk, sk: effect.sk, ...(effect.payload as Record<string, never>) });
