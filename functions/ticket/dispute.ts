import * as z from 'zod/mini';
import {
  type DisputeStatus,
  disputeNeeds,
  disputeStatuses,
  isUndecided,
  lostCauses,
  mayFollowInDispute,
} from './dispute-states.ts';

const moneySchema = z.object({ minor: z.int(), currency: z.string() });

/** One step of a dispute's history: a status it came to, or what the bank told of it while it stayed where it was. */
const stepSchema = z.object({
  status: z.enum(disputeStatuses),
  at: z.string(),
  /** `customer`, `bank`, or the name of who works on it. */
  by: z.string(),
  amount: z.optional(moneySchema),
  reference: z.optional(z.string()),
  cause: z.optional(z.enum(lostCauses)),
  /** The bank's own systems told of it; nothing is released by that (H23). */
  told: z.optional(z.enum(['reversal', 'refund', 'fraud_confirmed', 'fraud_cleared'])),
});
export type DisputeStep = z.output<typeof stepSchema>;

/** What the transaction was, as it is shown; kept with the dispute, because decisions are kept for 35 days only. */
const factsSchema = z.object({
  occurredAt: z.string(),
  /** Cleaned (H19). */
  merchantName: z.string(),
  amount: moneySchema,
  billing: moneySchema,
});
export type DisputeFacts = z.output<typeof factsSchema>;

/** A transaction the customer says is not theirs, as its ticket keeps it (D9). */
export const disputeSchema = z.object({
  transactionId: z.string(),
  status: z.enum(disputeStatuses),
  /** When it was reported. */
  at: z.string(),
  /** The card it was made with, where that is not the ticket's own: two tickets became one. */
  cardToken: z.optional(z.string()),
  facts: z.optional(factsSchema),
  steps: z.array(stepSchema),
});
export type Dispute = z.output<typeof disputeSchema>;

/**
 * Most transactions one ticket disputes, and most steps of all of them: ticket and remembered answers are one item each,
 * and with so many they stay under half of the 400 KB that one may have. A person takes over long before.
 */
export const MOST_DISPUTES = 200;
export const MOST_STEPS = 600;
/** A refund comes at another day's rate and with its fee: this share of what was charged at most. */
const MOST_BACK = 1.1;

/** As a ticket carries them: whoever only carries them does not look inside. */
export interface WithDisputes {
  readonly disputes?: readonly Readonly<Record<string, unknown>>[];
}
const allSchema = z.array(disputeSchema);

export const disputesOf = ({ disputes }: WithDisputes): readonly Dispute[] => allSchema.parse(disputes ?? []);

export interface Reported {
  readonly transactionId: string;
  readonly cardToken?: string;
  readonly facts?: DisputeFacts;
}

/** The list with those reported that are not on it yet: reporting twice changes nothing. */
export function withReported(
  known: readonly Dispute[],
  reported: readonly Reported[],
  { at, by }: { readonly at: string; readonly by: string },
): { readonly disputes: readonly Dispute[]; readonly added: readonly string[] } {
  const distinct = new Map(reported.map((one) => [one.transactionId, one]));
  const added = [...distinct.values()].filter(
    (one) => !known.some(({ transactionId }) => transactionId === one.transactionId),
  );
  const status = 'reported' as const;
  const disputes = added.map((one) => ({ ...one, status, at, steps: [{ status, at, by }] }));
  return { disputes: [...known, ...disputes], added: added.map(({ transactionId }) => transactionId) };
}

export type StepRefusal =
  | 'no_such_dispute'
  /** From its status it does not go there. */
  | 'dispute_state'
  /** Amount, reference, cause or words are missing. */
  | 'details_missing'
  /** More than was charged, or in another currency. */
  | 'amount_differs'
  | 'too_many_steps';

export interface Step extends Pick<DisputeStep, 'amount' | 'reference' | 'cause'> {
  readonly transactionId: string;
  readonly to: DisputeStatus;
  /** Whether the customer is told something with it. */
  readonly hasWords: boolean;
}

/** The list after one step of one dispute, with that dispute as it was and is; or why it may not be taken. */
export function withStep(
  disputes: readonly Dispute[],
  step: Step,
  { at, by }: { readonly at: string; readonly by: string },
):
  | { readonly disputes: readonly Dispute[]; readonly before: Dispute; readonly after: Dispute }
  | { readonly refusal: StepRefusal } {
  const before = disputes.find(({ transactionId }) => transactionId === step.transactionId);
  if (before === undefined) return { refusal: 'no_such_dispute' };
  const refusal = whyNot(before, step);
  if (refusal !== undefined) return { refusal };
  if (stepsOf(disputes) >= MOST_STEPS) return { refusal: 'too_many_steps' };
  const { to: status, amount, reference, cause } = step;
  const after = { ...before, status, steps: [...before.steps, { status, at, by, amount, reference, cause }] };
  return { disputes: replaced(disputes, after), before, after };
}

function whyNot(dispute: Dispute, step: Step): StepRefusal | undefined {
  if (!mayFollowInDispute(dispute.status, step.to)) return 'dispute_state';
  const needs = disputeNeeds[step.to];
  const lacks =
    (needs.amount && step.amount === undefined) ||
    (needs.reference && step.reference === undefined) ||
    (needs.cause && step.cause === undefined) ||
    (needs.words && !step.hasWords);
  if (lacks) return 'details_missing';
  return step.amount === undefined || fits(dispute, step.amount) ? undefined : 'amount_differs';
}

function fits({ facts }: Dispute, { minor, currency }: NonNullable<Step['amount']>): boolean {
  if (facts === undefined) return true;
  return [facts.amount, facts.billing].some(
    (charged) => charged.currency === currency && minor <= charged.minor * MOST_BACK,
  );
}

export interface BankWord {
  readonly transactionId: string;
  readonly told: NonNullable<DisputeStep['told']>;
  readonly at: string;
  readonly amount?: DisputeStep['amount'];
}

/**
 * The list with what the bank told of a disputed transaction: its status stays, because who works on it says what follows
 * from it. Undefined: it is not disputed here, it is known already, or there is no room.
 */
export function withBankWord(disputes: readonly Dispute[], word: BankWord): readonly Dispute[] | undefined {
  const dispute = disputes.find(({ transactionId }) => transactionId === word.transactionId);
  const { told, at, amount } = word;
  const isKnown = dispute?.steps.some((step) => step.told === told && step.at === at) === true;
  if (dispute === undefined || isKnown || stepsOf(disputes) >= MOST_STEPS) return undefined;
  const step = { status: dispute.status, at, by: 'bank', told, amount };
  return replaced(disputes, { ...dispute, steps: [...dispute.steps, step] });
}

/** The disputes of two tickets in one list; of what both dispute, the one that got further. Undefined: too many. */
export function joinedDisputes(
  own: readonly Dispute[],
  joining: readonly Dispute[],
): readonly Dispute[] | undefined {
  const further = (a: Dispute, b: Dispute) => (b.steps.length > a.steps.length ? b : a);
  const all = new Map(own.map((dispute) => [dispute.transactionId, dispute]));
  for (const dispute of joining) {
    const known = all.get(dispute.transactionId);
    all.set(dispute.transactionId, known === undefined ? dispute : further(known, dispute));
  }
  const disputes = [...all.values()];
  return disputes.length > MOST_DISPUTES || stepsOf(disputes) > MOST_STEPS ? undefined : disputes;
}

/** Those on which somebody still has to do something before it can be said how they end. */
export const undecided = (disputes: readonly Dispute[]): readonly Dispute[] =>
  disputes.filter(({ status }) => isUndecided(status));

const stepsOf = (disputes: readonly Dispute[]): number =>
  disputes.reduce((sum, { steps }) => sum + steps.length, 0);

const replaced = (disputes: readonly Dispute[], after: Dispute): readonly Dispute[] =>
  disputes.map((one) => (one.transactionId === after.transactionId ? after : one));
