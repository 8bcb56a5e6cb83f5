import * as z from 'zod/mini';

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
});
export type Contact = z.output<typeof contactSchema>;
