import * as z from 'zod/mini';

/** A log-in: the issuer of a token and its subject. */
export const identitySchema = z.object({ issuer: z.string(), subject: z.string() });
export type Identity = z.output<typeof identitySchema>;

/**
 * How to reach a customer. The phone is kept encrypted (`phoneCipher`) and found by its digest; nothing here
 * shows the number. Ordered by the bank's own version (H32).
 */
export const contactSchema = z.object({
  customerId: z.string(),
  sourceVersion: z.int(),
  name: z.string(),
  language: z.enum(['zh-CN', 'en']),
  phoneCipher: z.optional(z.string()),
  phoneDigest: z.optional(z.string()),
  email: z.optional(z.string()),
  changedAt: z.string(),
  phoneChangedAt: z.optional(z.string()),
  /** When the bank or the carrier last told of a new SIM or of a number moved to another carrier. */
  simChangedAt: z.optional(z.string()),
  /** Log-ins this contact gave access to; absent in contacts stored before they were kept here. */
  identities: z.optional(z.array(identitySchema)),
});
export type Contact = z.output<typeof contactSchema>;
