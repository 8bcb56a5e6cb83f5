/**
 * The life of a disputed transaction as data (D9): from each status the ones that may follow. Our word is not the last
 * one: what was won may be presented again by the merchant's bank, what was lost may be appealed.
 */
export const disputeStatuses = [
  'reported',
  'evidence_wanted',
  'submitted',
  'provisional_credit',
  'won',
  'lost',
  'refunded',
] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];

export const disputeTransitions: Readonly<Record<DisputeStatus, readonly DisputeStatus[]>> = {
  reported: ['evidence_wanted', 'submitted', 'provisional_credit', 'lost', 'refunded'],
  evidence_wanted: ['submitted', 'provisional_credit', 'lost', 'refunded'],
  submitted: ['evidence_wanted', 'provisional_credit', 'won', 'lost', 'refunded'],
  provisional_credit: ['evidence_wanted', 'submitted', 'won', 'lost', 'refunded'],
  won: ['submitted', 'refunded'],
  lost: ['submitted'],
  refunded: [],
};

/** Why a dispute was lost, or is none after all. */
export const lostCauses = [
  'recognised',
  'merchant_proved',
  'too_late',
  'no_evidence',
  'not_covered',
] as const;
export type LostCause = (typeof lostCauses)[number];

/** What a bank has to know of a step before it may be taken; `words` are what the customer reads of it. */
export interface StepNeeds {
  readonly amount?: true;
  /** The case number at the card scheme, or the booking's. */
  readonly reference?: true;
  readonly cause?: true;
  readonly words?: true;
}
export const disputeNeeds: Readonly<Record<DisputeStatus, StepNeeds>> = {
  reported: {},
  evidence_wanted: { words: true },
  submitted: { reference: true },
  provisional_credit: { amount: true, reference: true },
  won: { reference: true },
  lost: { cause: true, words: true },
  refunded: { amount: true, reference: true },
};

export const mayFollowInDispute = (from: DisputeStatus, to: DisputeStatus): boolean =>
  disputeTransitions[from].includes(to);

/** Still ours or the customer's to do; else it is decided, or before those who decide it. */
export const isUndecided = (status: DisputeStatus): boolean =>
  status === 'reported' || status === 'evidence_wanted';
