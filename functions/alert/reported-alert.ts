import type { StoredDecision } from '../transaction/decision.ts';
import { type Alert, LISTED_TRANSACTIONS, newAlert, type Suspicion } from './alert.ts';

/** The reason of a transaction nobody but the customer found suspicious. */
export const CUSTOMER_REPORTED = 'customer_reported';

/**
 * The alert of a report: the customer named the transactions unasked, so it is settled before it could ask. It owns
 * the hold, and its label is the customer's word until there is a conclusion.
 */
export function reportedAlert(
  about: { alertId: string; ticketId: string; cardToken: string; customerId: string; at: string; by: string },
  decisions: readonly StoredDecision[],
): Alert {
  const { at, by, ...ids } = about;
  const [first, ...others] = decisions.map(suspicionOf);
  if (first === undefined) throw new Error('a report of no transaction');
  const asked = newAlert({
    ...ids,
    severity: 'freeze',
    held: true,
    at,
    suspicion: first,
    ruleSetVersion: CUSTOMER_REPORTED,
    modelVersion: null,
  });
  return {
    ...asked,
    status: 'settled_fraud',
    label: { value: 'fraud', provisional: true, at, by },
    settledAt: at,
    asked: asked.question,
    transactions: [first, ...others].slice(0, LISTED_TRANSACTIONS),
    transactionCount: decisions.length,
    dueAt: undefined,
    expiresAt: undefined,
  };
}

const suspicionOf = (decision: StoredDecision): Suspicion => ({
  transactionId: decision.transactionId,
  occurredAt: decision.occurredAt,
  amount: decision.amount,
  billing: { minor: decision.billing.minor, currency: decision.billing.currency },
  merchantId: decision.merchant.id,
  merchantName: decision.merchant.name,
  mcc: decision.merchant.mcc,
  country: decision.merchant.country,
  declined: decision.declined,
  recurring: decision.recurring,
  reasons: [{ code: CUSTOMER_REPORTED, values: {} }],
});
