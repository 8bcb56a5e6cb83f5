import * as z from 'zod/mini';

/** A log-in: the issuer of a token and its subject. */
export const identitySchema = z.object({ issuer: z.string(), subject: z.string() });
export type Identity = z.output<typeof identitySchema>;

/**
 * How to reach a customer. The phone is kept encrypted (`phoneCipher`) and found by its digest; nothing here
 * shows more of it than its last four digits. Ordered by the bank's own version (H32).
 */
export const contactSchema = z.object({
  customerId: z.string(),
  sourceVersion: z.int(),
  name: z.string(),
  language: z.enum(['zh-CN', 'en']),
  phoneCipher: z.optional(z.string()),
  phoneDigest: z.optional(z.string()),
  /** Last four digits, by which its owner knows the number again; absent in contacts stored before they were kept. */
  phoneHint: z.optional(z.string()),
  email: z.optional(z.string()),
  changedAt: z.string(),
  phoneChangedAt: z.optional(z.string()),
  /** When the number last moved to another SIM or operator: no release by it for a while after. */
  simChangedAt: z.optional(z.string()),
  /** Log-ins this contact gave access to; absent in contacts stored before they were kept here. */
  identities: z.optional(z.array(identitySchema)),
  /** Grows with every change, whatever event made it; absent in contacts stored before there was more than one. */
  revision: z.optional(z.int()),
});
export type Contact = z.output<typeof contactSchema>;

/** The language in which everybody who has a number is spoken to; undefined where nobody has it, or they differ. */
export function commonLanguage(owners: readonly Contact[]): Contact['language'] | undefined {
  const [first, ...others] = owners;
  return others.every(({ language }) => language === first?.language) ? first?.language : undefined;
}

/** A change of the number or its SIM may be a thief's: it is told, and looked at, for this long. */
export const CHANGE_NOTICE_HOURS = 72;

/** Whether what happened at `at` is still worth telling at `now`: a replayed queue texts nobody (H25). */
export const isFresh = (at: string, now: Date): boolean =>
  now.getTime() - Date.parse(at) <= CHANGE_NOTICE_HOURS * 3_600_000;

/** Whether number or SIM changed so shortly before `at` that a YES from there may be a thief's: it only claims. */
export const isFreshNumber = (
  contact: Pick<Contact, 'phoneChangedAt' | 'simChangedAt'>,
  at: string,
): boolean =>
  [contact.phoneChangedAt, contact.simChangedAt].some(
    (changedAt) => changedAt !== undefined && isFresh(changedAt, new Date(at)),
  );

/** The later of two times, ISO with milliseconds; either may be missing. */
export function latest(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}
