import type { Money } from '../shared/format.ts';
import type { Dispute, DisputeMove } from './answers.ts';

export type DisputeStatus = Dispute['status'];

/** Where a dispute may go from where it is, as the desk offers it; the API has the last word. */
export const nextOf: Readonly<Record<DisputeStatus, readonly DisputeStatus[]>> = {
  reported: ['evidence_wanted', 'submitted', 'provisional_credit', 'lost', 'refunded'],
  evidence_wanted: ['submitted', 'provisional_credit', 'lost', 'refunded'],
  submitted: ['evidence_wanted', 'provisional_credit', 'won', 'lost', 'refunded'],
  provisional_credit: ['evidence_wanted', 'submitted', 'won', 'lost', 'refunded'],
  won: ['submitted', 'refunded'],
  lost: ['submitted'],
  refunded: [],
};

/** What the form asks for, by where the dispute goes. */
export const asksFor = (to: DisputeStatus) => ({
  amount: to === 'provisional_credit' || to === 'refunded',
  reference: to === 'submitted' || to === 'provisional_credit' || to === 'won' || to === 'refunded',
  cause: to === 'lost',
  words: to === 'evidence_wanted' || to === 'lost',
});

export interface StepForm {
  readonly to: DisputeStatus;
  /** As people write it, in whole units of the currency. */
  readonly amount: string;
  readonly reference: string;
  readonly cause: NonNullable<DisputeMove['cause']>;
  readonly text: string;
}

export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** `922.31` → 92231; undefined: no amount. */
export function minorOf(text: string, currency: string): number | undefined {
  if (!/^\d{1,10}(\.\d{1,3})?$/.test(text.trim())) return undefined;
  const minor = Math.round(Number(text) * 10 ** decimalsOf(currency));
  return minor >= 1 ? minor : undefined;
}

export const writtenOf = ({ minor, currency }: Money): string =>
  (minor / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency));

/** The request the form makes; undefined while something is missing. */
export function moveOf(transactionId: string, form: StepForm, currency: string): DisputeMove | undefined {
  const asks = asksFor(form.to);
  const minor = minorOf(form.amount, currency);
  const reference = form.reference.trim();
  const text = form.text.trim();
  const lacks =
    (asks.amount && minor === undefined) ||
    (asks.reference && reference.length < 2) ||
    (asks.words && text === '');
  if (lacks) return undefined;
  return {
    ...{ transactionId, to: form.to },
    ...(asks.amount && minor !== undefined ? { amount: { minor, currency } } : {}),
    ...(asks.reference ? { reference } : {}),
    ...(asks.cause ? { cause: form.cause } : {}),
    ...(text === '' ? {} : { text }),
  };
}
