import * as z from 'zod/mini';

/**
 * What a person can prove themselves with. A YES by SMS and a code sent by SMS prove the same thing, possession of
 * the SIM, so they are one kind; a log-in is basic identity and no factor at all (D5).
 */
export const factorKinds = ['sim', 'device', 'totp', 'staff'] as const;
export type FactorKind = (typeof factorKinds)[number];

export const factorSchema = z.object({
  kind: z.enum(factorKinds),
  /** What showed it: `sms_code`, `sms_yes`, `totp`, `device:…`, `agent:…`. */
  by: z.string(),
  /** When it was shown. ISO, UTC. */
  at: z.string(),
  /** When a device or one-time password was enrolled: one enrolled lately weighs less at high amounts (H31). */
  enrolledAt: z.optional(z.string()),
});
export type Factor = z.output<typeof factorSchema>;

/** A passed factor counts this long, on every channel of the ticket. */
export const FACTOR_MINUTES = 15;

export const factorEnds = (factor: Factor): string =>
  new Date(Date.parse(factor.at) + FACTOR_MINUTES * 60_000).toISOString();

export const stillCounts = (factor: Factor, at: string): boolean => at <= factorEnds(factor);

/** The factors with one more; of one kind the latest stands, so that two of a kind can never be two. */
export const withFactor = (factors: readonly Factor[], passed: Factor): Factor[] => [
  ...factors.filter(({ kind }) => kind !== passed.kind),
  passed,
];
