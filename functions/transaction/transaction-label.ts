import * as z from 'zod/mini';
import { labelSources } from './label-events.ts';

const values = ['fraud', 'genuine'] as const;
export type LabelValue = (typeof values)[number];

/** What whoever settles cases said: the bank of a chargeback, the issuer, an agent of ours. */
const concludedSchema = z.object({
  value: z.enum(values),
  /** When the source knew. */
  at: z.string(),
  labelId: z.string(),
  source: z.enum(labelSources),
});
export type Concluded = z.output<typeof concludedSchema>;

/** What the alert about the transaction, or the customer's own report of it, said last. */
const answeredSchema = z.object({
  value: z.enum(values),
  at: z.string(),
  provisional: z.boolean(),
  /** Nobody said so: a bad rule's alerts were lifted in bulk. It tells what was held in vain and teaches nothing. */
  assumed: z.optional(z.boolean()),
});
export type Answered = z.output<typeof answeredSchema>;

/** What is known of the transaction itself: from its decision, or from the alert that asked about it. */
const factsSchema = z.object({
  outcome: z.enum(['clear', 'alert', 'freeze']),
  billing: z.object({ minor: z.int(), currency: z.string() }),
  declined: z.boolean(),
  /** Reversed as a whole: it never took place (H23). */
  reversed: z.boolean(),
  country: z.string(),
  /** Short digest. */
  device: z.optional(z.int()),
});
export type LabelledFacts = z.output<typeof factsSchema>;

/**
 * What is known of one transaction, and what that did to the state of its card and merchant, so that it is done once
 * and can be taken back whole. Each source has one place, in which the later word stands: so the same words in any
 * order, and any number of times, end the same.
 */
export const transactionLabelSchema = z.object({
  cardToken: z.string(),
  transactionId: z.string(),
  occurredAt: z.string(),
  merchantId: z.optional(z.string()),
  /** Kept here, because a label is taken back when the decision is long gone. */
  facts: z.optional(factsSchema),
  /** The alert that asked about it. */
  alertId: z.optional(z.string()),
  concluded: z.optional(concludedSchema),
  answered: z.optional(answeredSchema),
  /** Its amount is in the card's mean; absent: the transaction itself was not known when labels last changed. */
  counted: z.optional(z.boolean()),
  /** Digests of what became familiar to the card by it, and was not by what had been cleared. */
  familiar: z.optional(
    z.object({
      country: z.optional(z.int()),
      device: z.optional(z.int()),
      merchant: z.optional(z.int()),
    }),
  ),
  /** It is among the known frauds of the card. */
  onCard: z.optional(z.boolean()),
  /** By how much its amount was unusual for the card when it was first counted at its merchant. */
  deviations: z.optional(z.number()),
  /** The merchant at which it is counted as fraud. */
  atMerchant: z.optional(z.string()),
  /** Changes told to others so far. */
  seq: z.int(),
  changedAt: z.string(),
});
export type TransactionLabel = z.output<typeof transactionLabelSchema>;

/** A word about a transaction. */
export type LabelWord =
  | { readonly by: 'conclusion'; readonly word: Concluded }
  | { readonly by: 'answer'; readonly word: Answered };

type Words = Pick<TransactionLabel, 'concluded' | 'answered'>;

/** The words with one more; the very same where it is known, or older than what stands. */
export function withWord<Label extends Words>(label: Label, heard: LabelWord): Label {
  if (heard.by === 'conclusion') {
    return isLater(heard.word, label.concluded) ? { ...label, concluded: heard.word } : label;
  }
  return isLater(heard.word, label.answered) ? { ...label, answered: heard.word } : label;
}

interface Word {
  readonly at: string;
  readonly value: LabelValue;
  readonly provisional?: boolean;
  readonly assumed?: boolean;
  readonly labelId?: string;
}

function isLater(word: Word, known: Word | undefined): boolean {
  if (known === undefined) return true;
  const [at, knownAt] = [Date.parse(word.at), Date.parse(known.at)];
  return at === knownAt ? weightOf(word) > weightOf(known) : at > knownAt;
}

/**
 * Of two words of one moment fraud counts, because it only blocks; then what is final, then what somebody said; then a
 * name decides, the same for everybody.
 */
const weightOf = ({ value, provisional, assumed, labelId }: Word): string =>
  `${value === 'fraud' ? 1 : 0}${provisional ? 0 : 1}${assumed ? 0 : 1}${labelId ?? ''}`;

export interface Verdict {
  /** Undefined: nobody has said anything that counts. */
  readonly value: LabelValue | undefined;
  readonly provisional: boolean;
  readonly source: 'answer' | Concluded['source'] | undefined;
  /** Since when it has been known, without a break that still shows. */
  readonly knownAt: string | undefined;
  /** It says so, and rules learn nothing of it. */
  readonly assumed: boolean;
}

/**
 * What the words come to. A conclusion stands above an answer; only what two people or two factors settled later than
 * it does is the newer conclusion (a "not mine" undone by four eyes after a chargeback).
 */
export function verdictOf({ concluded, answered }: Words): Verdict {
  const answerCounts =
    answered !== undefined &&
    (concluded === undefined ||
      (!answered.provisional && Date.parse(answered.at) > Date.parse(concluded.at)));
  if (answerCounts) {
    const { value, at, provisional, assumed = false } = answered;
    const knownAt = concluded?.value === value ? earlier(concluded.at, at) : at;
    return { value, provisional, source: 'answer', knownAt, assumed };
  }
  if (concluded === undefined) {
    return { value: undefined, provisional: false, source: undefined, knownAt: undefined, assumed: false };
  }
  const { value, at, source } = concluded;
  const knownAt = answered?.value === value ? earlier(answered.at, at) : at;
  return { value, provisional: false, source, knownAt, assumed: false };
}

const earlier = (a: string, b: string): string => (Date.parse(a) <= Date.parse(b) ? a : b);

/** Whether the amount belongs into what is usual for the card: spent, and taken for genuine. */
export function belongsIntoMean(
  facts: Pick<LabelledFacts, 'outcome' | 'declined' | 'reversed'>,
  verdict: Pick<Verdict, 'value' | 'assumed'>,
): boolean {
  if (facts.declined || facts.reversed || verdict.value === 'fraud') return false;
  return facts.outcome === 'clear' || (verdict.value === 'genuine' && !verdict.assumed);
}
