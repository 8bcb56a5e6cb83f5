import * as z from 'zod/mini';

/** A challenge is to be answered within this long. */
export const CHALLENGE_MINUTES = 5;

export const challengeSchema = z.object({
  verificationId: z.string(),
  /** What it may be answered for: to prove a device, or to enrol one. */
  purpose: z.enum(['prove', 'enrol']),
  /** 32 random bytes, base64url. */
  challenge: z.string(),
  validUntil: z.string(),
  usedAt: z.optional(z.string()),
});
export type Challenge = z.output<typeof challengeSchema>;

export const newChallengeFor = (
  of: Pick<Challenge, 'verificationId' | 'purpose' | 'challenge'>,
  now: Date,
): Challenge => ({
  ...of,
  validUntil: new Date(now.getTime() + CHALLENGE_MINUTES * 60_000).toISOString(),
});

/** Whether it may still be answered: the newest of its verification, unused, in time. */
export const isAnswerable = ({ usedAt, validUntil }: Challenge, at: string): boolean =>
  usedAt === undefined && at <= validUntil;
