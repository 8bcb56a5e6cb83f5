import { cleanMerchantName } from '../notification/merchant-name.ts';
import type { ListedTransaction } from './decision.ts';

/** Longest merchant name an app shows. */
const MERCHANT_CHARACTERS = 60;

/** A transaction as its cardholder sees it: original amount, rate and fee for a cross-border one (D7). */
export function transactionView(one: ListedTransaction) {
  const { amount, billing, merchant, posted } = one;
  const final = posted?.billing ?? billing;
  return {
    transactionId: one.transactionId,
    occurredAt: one.occurredAt,
    merchant: { name: shownName(merchant.name), mcc: merchant.mcc, country: merchant.country },
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

/** A merchant may call itself anything: links, control characters and brackets are no part of a name (H19). */
const shownName = (name: string): string =>
  cleanMerchantName({ name, language: 'zh-CN', limit: MERCHANT_CHARACTERS });
