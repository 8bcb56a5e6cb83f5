import type { Suspicion } from '../alert/alert.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import type { Decision } from './decide.ts';
import { ownWords } from './filled-words.ts';
import type { Judged } from './judged.ts';
import type { RuleSet } from './rules.ts';
import { smallDigest } from './small-digest.ts';

/** A decided transaction as its alert shows it, with the reasons and their values. */
export function suspicionOf(
  event: TransactionAuthorized,
  decision: Decision,
  { ruleSet, judged }: { readonly ruleSet: Pick<RuleSet, 'rules'>; readonly judged?: Judged },
): Suspicion {
  return {
    transactionId: event.transactionId,
    occurredAt: event.occurredAt,
    amount: event.amount,
    billing: { minor: event.billing.minor, currency: event.billing.currency },
    merchantName: event.merchant.name.slice(0, 128),
    merchantId: event.merchant.id,
    mcc: event.merchant.mcc,
    country: event.merchant.country,
    declined: event.outcome === 'declined',
    recurring: event.recurring || event.merchantInitiated,
    device: event.deviceId === undefined ? undefined : smallDigest(event.deviceId),
    reasons: decision.reasons.map((reason) => ({
      code: reason.code,
      values: { ...reason.values },
      words: ownWords(reason, ruleSet),
    })),
    judged,
  };
}
