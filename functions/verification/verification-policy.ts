import * as z from 'zod/mini';
import { type FactorKind, factorKinds } from './factors.ts';

/** What may be asked for behind two factors (D5). */
export const actions = [
  'unfreeze',
  'enrol_device',
  'enrol_totp',
  'change_contact',
  'close_replace',
  'export_ticket',
  'hear_transactions',
] as const;
export type Action = (typeof actions)[number];

/**
 * The figures, in one place. `highAmountMinor` is in minor units of the currency the card is billed in; an amount in
 * a currency that has no figure counts as high, and so does an alert that lists only part of its transactions.
 */
export const verificationPolicy = {
  /** Distinct kinds, always. */
  kinds: 2,
  verificationMinutes: 15,
  /** After a number, SIM or carrier changed, the phone proves nothing for this long and a person decides. */
  changedPhoneHours: 72,
  /** A device or one-time password is new for this long, and in any case when the alert is older than it. */
  newFactorHours: 72,
  highAmountMinor: {
    CNY: 1_000_000,
    HKD: 1_200_000,
    USD: 150_000,
    EUR: 150_000,
    GBP: 120_000,
    SGD: 200_000,
    JPY: 200_000,
  } as Readonly<Record<string, number>>,
  /** At a high amount nothing is released sooner than this after the last question, unless a person decides. */
  coolingOffMinutes: 30,
  /** The same after enrolment, where a new device or one-time password is needed to make up the two kinds. */
  newFactorCoolingOffHours: 24,
  code: { digits: 8, minutes: 5, mostSends: 3, mostFailures: 3 },
  /**
   * Of one customer, whatever cards and incidents they belong to: two wrong guesses a day would else go on for ever, and
   * every new incident would bring three more codes. `windowDays` are counted from 1970 on.
   */
  customer: { mostSendsPerDay: 6, mostFailures: 9, windowDays: 30 },
  totp: { digits: 8, periodSeconds: 30, stepsAround: 1 },
} as const;

export const requirementReasons = ['number_changed', 'sim_changed', 'tries_spent', 'high_amount'] as const;
export type RequirementReason = (typeof requirementReasons)[number];

export const requirementSchema = z.object({
  kinds: z.int(),
  accepted: z.array(z.enum(factorKinds)),
  mustInclude: z.array(z.enum(factorKinds)),
  /** Nothing passes sooner, unless a person vouches. ISO, UTC. */
  notBefore: z.optional(z.string()),
  /** At a high amount: what was enrolled after this is new. ISO, UTC. */
  newAfter: z.optional(z.string()),
  reasons: z.array(z.enum(requirementReasons)),
});
export type Requirement = z.output<typeof requirementSchema>;

export interface Amount {
  readonly minor: number;
  readonly currency: string;
}

/** What the policy looks at. All times ISO, UTC. */
export interface Situation {
  readonly at: string;
  readonly phoneChangedAt?: string;
  readonly simChangedAt?: string;
  /** The tries of the incident are used up: what can be guessed counts no more. */
  readonly triesSpent?: boolean;
  /** The alert the action is about, if any. */
  readonly alert?: {
    readonly openedAt: string;
    readonly lastAskedAt?: string;
    readonly amounts: readonly Amount[];
    readonly allListed: boolean;
  };
}

const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();
const latest = (times: readonly string[]): string =>
  times.map((time) => new Date(time).toISOString()).reduce((most, time) => (time > most ? time : most), '');

const changedLately = (changedAt: string | undefined, at: string): boolean =>
  changedAt !== undefined &&
  Date.parse(at) - Date.parse(changedAt) < verificationPolicy.changedPhoneHours * 3_600_000;

/** The whole of what an alert puts at stake, per currency, against the figure. */
export function isHighAmount(amounts: readonly Amount[]): boolean {
  const totals = new Map<string, number>();
  for (const { minor, currency } of amounts) totals.set(currency, (totals.get(currency) ?? 0) + minor);
  return [...totals].some(
    ([currency, total]) => total >= (verificationPolicy.highAmountMinor[currency] ?? 0),
  );
}

/**
 * What it takes now (D5, H13, H31): two distinct kinds always. A phone changed within 72 h is not accepted and a
 * person must be among the factors; the same once the tries are spent, when no guessable factor counts. A high amount waits until 30 minutes after the last question, or for a person.
 */
export function requirementOf(situation: Situation): Requirement {
  const { at, alert } = situation;
  const changed: RequirementReason[] = [
    ...(changedLately(situation.phoneChangedAt, at) ? (['number_changed'] as const) : []),
    ...(changedLately(situation.simChangedAt, at) ? (['sim_changed'] as const) : []),
  ];
  const spent = situation.triesSpent === true;
  const refused: readonly FactorKind[] = [
    ...(changed.length > 0 || spent ? (['sim'] as const) : []),
    ...(spent ? (['totp'] as const) : []),
  ];
  const high = alert !== undefined && (!alert.allListed || isHighAmount(alert.amounts));
  const { kinds, coolingOffMinutes, newFactorHours } = verificationPolicy;
  return {
    kinds,
    accepted: factorKinds.filter((kind) => !refused.includes(kind)),
    mustInclude: refused.length > 0 ? ['staff'] : [],
    ...(high
      ? { notBefore: after(latest([alert.lastAskedAt ?? alert.openedAt]), coolingOffMinutes * 60_000) }
      : {}),
    ...(high ? { newAfter: earliest(alert.openedAt, after(at, -newFactorHours * 3_600_000)) } : {}),
    reasons: [
      ...changed,
      ...(spent ? (['tries_spent'] as const) : []),
      ...(high ? (['high_amount'] as const) : []),
    ],
  };
}

const earliest = (a: string, b: string): string => (Date.parse(a) < Date.parse(b) ? a : b);
