import { transactionAuthorizedSchema } from '../../functions/transaction/events.ts';
import type { Truth } from '../generator/events.ts';
import { type GenerateOptions, generate } from '../generator/generate.ts';
import type { Labelled } from '../offline/labelled.ts';

/** A transaction of generated life with its label and the truth behind it. */
export interface LabelledLife {
  readonly labelled: Labelled;
  readonly truth: Truth | undefined;
}

/** A customer who is asked answers within this, on average. */
export const ANSWER_MS = 10 * 60_000;

/**
 * Generated life for the offline stream. A fraud is known from its report on, one never reported never; a genuine
 * transaction somebody was asked about is known with the answer. The life is made twice, as a label stands behind
 * its transaction: the same options give the same events.
 */
export function* labelledLife(options: GenerateOptions): Generator<LabelledLife> {
  const knownAt = new Map<string, number>();
  for (const { line, at } of generate(options)) {
    if (line.type === 'FraudConfirmed') knownAt.set(line.detail.transactionId, at);
  }
  for (const { line, truth, at } of generate(options)) {
    if (line.type !== 'TransactionAuthorized') continue;
    const transaction = transactionAuthorizedSchema.parse(line.detail);
    const fraud = truth?.kind === 'fraud';
    const known = fraud
      ? (knownAt.get(transaction.transactionId) ?? Number.POSITIVE_INFINITY)
      : at + ANSWER_MS;
    yield { labelled: { transaction, fraud, knownAt: known }, truth };
  }
}
