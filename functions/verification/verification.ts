import * as z from 'zod/mini';
import {
  type Factor,
  type FactorKind,
  factorEnds,
  factorSchema,
  stillCounts,
  withFactor,
} from './factors.ts';
import { actions, type Requirement, requirementSchema, verificationPolicy } from './verification-policy.ts';
import { mayBecome, type VerificationStatus, verificationStatuses } from './verification-states.ts';

/** The state of what is to be done with the proof: when it changes, the proof was of something else. */
const boundSchema = z.object({
  holdsVersion: z.int(),
  /** Of the alert; 0 where there is none. */
  question: z.int(),
  transactionCount: z.int(),
});
export type Bound = z.output<typeof boundSchema>;

/** The same as it stands now, with the devices (`device:…`) that were removed since they proved something. */
export type BoundNow = Bound & { readonly removedDevices: readonly string[] };

/**
 * One customer proving themselves for one action on one card (and one alert of it). It is good for that once and for
 * nothing else; whatever it is bound to must still stand when it is used (I2).
 */
export const verificationSchema = z.object({
  verificationId: z.string(),
  customerId: z.string(),
  cardToken: z.string(),
  action: z.enum(actions),
  alertId: z.optional(z.string()),
  ticketId: z.optional(z.string()),
  /** What failures and sent codes are counted under: the cycle of a ticket, or a day where there is none. */
  incident: z.string(),
  status: z.enum(verificationStatuses),
  openedAt: z.string(),
  expiresAt: z.string(),
  /** When the sweep has to look at it; absent once nothing more can come of it. */
  dueAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  endReason: z.optional(z.string()),
  requirement: requirementSchema,
  bound: boundSchema,
  factors: z.array(factorSchema),
  /** Codes put out for this verification, at most 3 per incident. */
  codesPutOut: z.int(),
});
export type Verification = z.output<typeof verificationSchema>;

const minutesAfter = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();
const later = (a: string, b: string): string => (a > b ? a : b);

/** A new one. Where the policy makes it wait, its 15 minutes begin when the wait is over. */
export function newVerification(
  opened: Pick<
    Verification,
    | 'verificationId'
    | 'customerId'
    | 'cardToken'
    | 'action'
    | 'alertId'
    | 'ticketId'
    | 'incident'
    | 'requirement'
    | 'bound'
    | 'factors'
  > & { readonly at: string },
): Verification {
  const { at, ...given } = opened;
  const starts = later(at, given.requirement.notBefore ?? at);
  const expiresAt = minutesAfter(starts, verificationPolicy.verificationMinutes);
  return { ...given, status: 'pending', openedAt: at, expiresAt, dueAt: expiresAt, codesPutOut: 0 };
}

/**
 * Whether nothing it was opened for has changed: a fold-in renews the hold, so no earlier proof releases it. A device that
 * was removed voids what it had proven.
 */
export const isBoundTo = (
  { bound, factors }: Pick<Verification, 'bound' | 'factors'>,
  now: BoundNow,
): boolean =>
  bound.holdsVersion === now.holdsVersion &&
  bound.question === now.question &&
  bound.transactionCount === now.transactionCount &&
  !factors.some(({ by }) => now.removedDevices.includes(by));

export type Assessment =
  | { readonly kind: 'met' }
  /** Enough was shown, but the policy waits until then, or for a person (H31). */
  | { readonly kind: 'waits'; readonly until: string }
  | { readonly kind: 'lacks'; readonly kinds: number; readonly mustInclude: readonly FactorKind[] };

/** What the factors that still count amount to at `at`, by the requirement of this moment. */
export function assess(factors: readonly Factor[], requirement: Requirement, at: string): Assessment {
  const counting = factors.filter(
    (factor) => requirement.accepted.includes(factor.kind) && stillCounts(factor, at),
  );
  const all = amountTo(counting, requirement);
  if (all !== undefined) return all;
  if (counting.some(({ kind }) => kind === 'staff')) return { kind: 'met' };
  const settled = counting.filter((factor) => !isNew(factor, requirement));
  const enrolled =
    amountTo(settled, requirement) === undefined ? [] : counting.filter((one) => isNew(one, requirement));
  const until = enrolled
    .map(({ enrolledAt = at }) => minutesAfter(enrolledAt, verificationPolicy.newFactorCoolingOffHours * 60))
    .reduce(later, requirement.notBefore ?? '');
  return until > at ? { kind: 'waits', until } : { kind: 'met' };
}

/** What is missing; undefined when the kinds suffice. */
function amountTo(factors: readonly Factor[], requirement: Requirement): Assessment | undefined {
  const kinds = new Set(factors.map(({ kind }) => kind));
  const mustInclude = requirement.mustInclude.filter((kind) => !kinds.has(kind));
  const missing = Math.max(0, requirement.kinds - kinds.size);
  if (missing === 0 && mustInclude.length === 0) return undefined;
  return { kind: 'lacks', kinds: missing, mustInclude };
}

const isNew = ({ enrolledAt }: Factor, { newAfter }: Requirement): boolean =>
  enrolledAt !== undefined && newAfter !== undefined && Date.parse(enrolledAt) > Date.parse(newAfter);

/**
 * The verification with a passed factor; `passed` when that completes it. It then lasts as long as the first of its
 * factors to lapse. Undefined when it takes none any more.
 */
export function withPassedFactor(
  verification: Verification,
  factor: Factor,
  requirement: Requirement,
  at: string,
): Verification | undefined {
  if (verification.status !== 'pending' || verification.expiresAt < at) return undefined;
  if (!requirement.accepted.includes(factor.kind)) return undefined;
  const factors = withFactor(verification.factors, factor);
  return asFarAs({ ...verification, factors, requirement }, at);
}

/** The verification `passed` where its factors suffice by now; unchanged where they do not. */
export function asFarAs(verification: Verification, at: string): Verification {
  if (verification.status !== 'pending') return verification;
  if (assess(verification.factors, verification.requirement, at).kind !== 'met') return verification;
  const lapse = verification.factors
    .filter((factor) => stillCounts(factor, at))
    .map(factorEnds)
    .reduce((first, time) => (time < first ? time : first));
  return { ...verification, status: 'passed', expiresAt: lapse, dueAt: lapse };
}

/** Ends it; undefined where the table does not allow that. */
export function ended(
  verification: Verification,
  status: Exclude<VerificationStatus, 'pending' | 'passed'>,
  end: { readonly at: string; readonly reason?: string },
): Verification | undefined {
  if (!mayBecome(verification.status, status)) return undefined;
  return { ...verification, status, endedAt: end.at, endReason: end.reason, dueAt: undefined };
}

/** Whether it may be used now for what it was opened for; the reason when it may not. */
export function usable(
  verification: Verification,
  now: { readonly at: string; readonly bound: BoundNow; readonly requirement: Requirement },
): 'usable' | 'not_passed' | 'over' | 'changed' {
  if (verification.status !== 'passed') return verification.status === 'pending' ? 'not_passed' : 'over';
  if (!isBoundTo(verification, now.bound)) return 'changed';
  return assess(verification.factors, now.requirement, now.at).kind === 'met' ? 'usable' : 'not_passed';
}
