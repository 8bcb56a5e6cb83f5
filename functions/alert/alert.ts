import * as z from 'zod/mini';
import { alertStatuses } from './alert-states.ts';
import { labelSchema } from './label.ts';
import { type Suspicion, suspicionSchema } from './suspicion.ts';

export type { Label } from './label.ts';
export type { Suspicion } from './suspicion.ts';

/** Second notice this long after the first text was accepted, expiry to a person after 15. */
export const SECOND_NOTICE_MINUTES = 5;
export const EXPIRY_MINUTES = 15;
/** Transactions listed by an alert; further ones are only counted. */
export const LISTED_TRANSACTIONS = 20;
/** Answers one alert gives to texts of the customer; then silence (H7). */
export const ANSWERS_PER_ALERT = 4;
/** The neutral first text goes out when the issuer has not confirmed the freeze by then. */
export const ASK_WITHOUT_CONFIRMATION_SECONDS = 10;

/**
 * The question to one cardholder about one card. `held`: this alert's own hold froze the card. A YES covers
 * only the transactions named in the last text accepted before it, so every text remembers how many it named.
 */
export const alertSchema = z.object({
  alertId: z.string(),
  ticketId: z.string(),
  cardToken: z.string(),
  customerId: z.string(),
  /** Digest of the phone asked; absent when there is none. */
  phoneDigest: z.optional(z.string()),
  status: z.enum(alertStatuses),
  severity: z.enum(['alert', 'freeze']),
  held: z.boolean(),
  /** Version of the rule set whose freeze placed this alert's own hold (H33). */
  heldByRules: z.optional(z.string()),
  openedAt: z.string(),
  transactions: z.array(suspicionSchema),
  /** All of them, listed or not. */
  transactionCount: z.int(),
  ruleSetVersion: z.string(),
  modelVersion: z.nullable(z.string()),
  /** Version of the question: grows when the customer has to be asked anew (fold-in, escalation). */
  question: z.int(),
  /** The question that was put out last; below `question` while one is still to be put out. */
  asked: z.int(),
  secondNoticePutOut: z.boolean(),
  /** Texts that asked, in order: when the provider took each and how many transactions it covered. */
  texts: z.array(
    z.object({
      acceptedAt: z.string(),
      covers: z.int(),
      /** As the provider names it; a reply may say which text it answers. */
      messageId: z.optional(z.string()),
      /** When its delivery status said that it never arrived. */
      failedAt: z.optional(z.string()),
    }),
  ),
  /** When the sweep has to look at the alert next; absent: nothing to wait for. */
  dueAt: z.optional(z.string()),
  expiresAt: z.optional(z.string()),
  claimedAt: z.optional(z.string()),
  /** The YES that claimed: by SMS it proves possession of the SIM, as a code to the same phone would. */
  claim: z.optional(z.object({ channel: z.string(), sentAt: z.string() })),
  settledAt: z.optional(z.string()),
  undeliverableReason: z.optional(z.string()),
  label: z.optional(labelSchema),
  /** Transactions of it that the bank, or an agent, concluded were fraud: no proof releases the card any more. */
  concludedFraud: z.optional(z.array(z.string())),
  answersPutOut: z.int(),
  unclearReplies: z.int(),
});
export type Alert = z.output<typeof alertSchema>;

export const minutesLater = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

export function newAlert(opened: {
  alertId: string;
  ticketId: string;
  cardToken: string;
  customerId: string;
  phoneDigest?: string;
  severity: Alert['severity'];
  held: boolean;
  heldByRules?: string;
  at: string;
  suspicion: Suspicion;
  ruleSetVersion: string;
  modelVersion: string | null;
}): Alert {
  const { at, suspicion, ...given } = opened;
  return {
    ...given,
    status: 'open',
    openedAt: at,
    transactions: [suspicion],
    transactionCount: 1,
    question: 1,
    asked: 0,
    secondNoticePutOut: false,
    texts: [],
    // Should no text ever be accepted, the alert still expires to a person.
    dueAt: minutesLater(at, EXPIRY_MINUTES),
    expiresAt: minutesLater(at, EXPIRY_MINUTES),
    answersPutOut: 0,
    unclearReplies: 0,
  };
}

export type FoldIn =
  | {
      readonly fold: 'joined';
      readonly alert: Alert;
      readonly asksAgain: boolean;
      readonly escalated: boolean;
    }
  | { readonly fold: 'known' };

/**
 * A further suspicious transaction of the card joins the alert (H2). It asks again when a hold comes newly,
 * or when no question stands open any more; otherwise the second notice will name it.
 */
export function foldIn(alert: Alert, joining: Joining): FoldIn {
  const { suspicion } = joining;
  if (alert.transactions.some((known) => known.transactionId === suspicion.transactionId)) {
    return { fold: 'known' };
  }
  const escalated = alert.severity === 'alert' && joining.severity === 'freeze';
  const listed = alert.transactions.length < LISTED_TRANSACTIONS;
  const joined: Alert = {
    ...alert,
    severity: escalated ? 'freeze' : alert.severity,
    held: alert.held || joining.held,
    heldByRules: joining.heldByRules ?? alert.heldByRules,
    transactions: listed ? [...alert.transactions, suspicion] : alert.transactions,
    transactionCount: alert.transactionCount + 1,
  };
  if (!escalated && alert.status === 'open') {
    return { fold: 'joined', asksAgain: false, escalated, alert: joined };
  }
  const reason = unaskable(joining);
  return reason === undefined
    ? { fold: 'joined', asksAgain: true, escalated, alert: askedAnew(joined, joining) }
    : { fold: 'joined', asksAgain: false, escalated, alert: undeliverable(joined, reason) };
}

export interface Joining {
  readonly suspicion: Suspicion;
  readonly severity: Alert['severity'];
  readonly held: boolean;
  /** Version of the rules that placed the hold with it. */
  readonly heldByRules?: string;
  /** The customer's phone of today. */
  readonly phoneDigest: string | undefined;
  readonly budgetLeft: boolean;
  readonly stale: boolean;
  readonly at: string;
}

function unaskable(joining: Joining): string | undefined {
  if (joining.phoneDigest === undefined) return 'no_phone';
  if (joining.stale) return 'stale';
  return joining.budgetLeft ? undefined : 'budget';
}

const askedAnew = (alert: Alert, { phoneDigest, at }: Joining): Alert => ({
  ...alert,
  phoneDigest,
  status: 'open',
  question: alert.question + 1,
  secondNoticePutOut: false,
  undeliverableReason: undefined,
  claimedAt: undefined,
  dueAt: minutesLater(at, EXPIRY_MINUTES),
  expiresAt: minutesLater(at, EXPIRY_MINUTES),
});

/** The provider took a text that asked: the clocks of second notice and expiry start with the first one. */
export function withAcceptedText(
  alert: Alert,
  text: { at: string; covers: number; kind: 'question' | 'secondNotice'; messageId?: string },
): Alert {
  const { at, covers, messageId } = text;
  const texts = [...alert.texts, { acceptedAt: at, covers, messageId }];
  if (alert.status !== 'open' || text.kind === 'secondNotice') return { ...alert, texts };
  return {
    ...alert,
    texts,
    dueAt: minutesLater(text.at, SECOND_NOTICE_MINUTES),
    expiresAt: minutesLater(text.at, EXPIRY_MINUTES),
  };
}

/** Fraud is concluded: the customer said NO, or whoever settles cases confirmed it. Only staff releases the card. */
export const isConcludedFraud = ({ status, concludedFraud = [] }: Alert): boolean =>
  status === 'settled_fraud' || concludedFraud.length > 0;

/** The customer cannot be asked, for this reason; nothing is waited for (H12). */
export const undeliverable = (alert: Alert, reason: string): Alert => ({
  ...alert,
  status: 'undeliverable',
  undeliverableReason: reason,
  dueAt: undefined,
  expiresAt: undefined,
});

/** The largest suspicious amount in the billing currency: the one a text names. */
export function largest(alert: Alert): Suspicion {
  const [first, ...others] = alert.transactions;
  if (first === undefined) throw new Error('an alert without a transaction');
  return others.reduce((most, one) => (one.billing.minor > most.billing.minor ? one : most), first);
}
