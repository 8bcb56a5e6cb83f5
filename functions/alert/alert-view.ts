import { cleanMerchantName } from '../notification/merchant-name.ts';
import { reasonWords } from '../screening/reason-words.ts';
import type { Alert, Suspicion } from './alert.ts';
import { mayMove } from './alert-states.ts';
import { CUSTOMER_REPORTED } from './reported-alert.ts';

/** Longest merchant name a page shows. */
const MERCHANT_CHARACTERS = 64;
const reported = { 'zh-CN': '您报告这笔交易不是本人所为', en: 'You reported this transaction as not yours' };

/** The question as its customer sees it: which transactions, why, and what may be answered. */
export function alertView(alert: Alert, about: { lastFour?: string; ticketNumber?: string }) {
  return {
    alertId: alert.alertId,
    cardToken: alert.cardToken,
    lastFour: about.lastFour,
    ticketNumber: about.ticketNumber,
    status: alert.status,
    held: alert.held,
    openedAt: alert.openedAt,
    expiresAt: alert.expiresAt,
    settledAt: alert.settledAt,
    transactionCount: alert.transactionCount,
    transactions: alert.transactions.map(suspicionView),
    maySay: maySay(alert),
    verificationNeeded: alert.held && alert.settledAt === undefined,
  };
}

/** A NO is always heard; a YES where it settles or claims. What is frozen and expired takes two factors instead. */
export function maySay(alert: Alert): readonly ('mine' | 'not_mine')[] {
  const by = { by: 'customer', held: alert.held } as const;
  const mine = (['settled_genuine', 'claimed_genuine'] as const).some((to) => mayMove(alert.status, to, by));
  const notMine = mayMove(alert.status, 'settled_fraud', by);
  return [...(mine ? (['mine'] as const) : []), ...(notMine ? (['not_mine'] as const) : [])];
}

function suspicionView(one: Suspicion) {
  const name = cleanMerchantName({ name: one.merchantName, language: 'zh-CN', limit: MERCHANT_CHARACTERS });
  return {
    transactionId: one.transactionId,
    occurredAt: one.occurredAt,
    amount: one.amount,
    billing: one.billing,
    merchant: { name, mcc: one.mcc, country: one.country },
    declined: one.declined,
    recurring: one.recurring,
    reasons: one.reasons.map((reason) => ({
      code: reason.code,
      words:
        reason.code === CUSTOMER_REPORTED
          ? reported
          : {
              'zh-CN': reason.words?.zh ?? reasonWords(reason, 'zh-CN'),
              en: reason.words?.en ?? reasonWords(reason, 'en'),
            },
    })),
  };
}
