import type { ListedTransaction } from './decision.ts';

/** A transaction as its cardholder sees it: original amount, rate and fee for a cross-border one (D7). */
export function transactionView(one: ListedTransaction) {
  const { amount, billing, merchant, posted } = one;
  const final = posted?.billing ?? billing;
  return {
    transactionId: one.transactionId,
    occurredAt: one.occurredAt,
    merchant: { name: merchant.name, mcc: merchant.mcc, country: merchant.country },
    amount,
    billing: final,
    crossBorder: amount.currency !== billing.currency,
    pending: one.pending,
    declined: one.declined,
    recurring: one.recurring,
    suspicious: one.outcome !== 'clear',
    ...(posted === undefined ? {} : { postedAt: posted.postedAt }),
    ...(one.reversals.length === 0
      ? {}
      : {
          reversals: one.reversals.map(({ kind, reversedAt, amount: back }) => ({
            kind,
            reversedAt,
            amount: back,
          })),
        }),
  };
}
