import type { AlertStore } from '../alert/alert-store.ts';
import type { Suspicion } from '../alert/suspicion.ts';
import type { StoredDecision } from '../transaction/decision.ts';
import { decisionKeyPart } from '../transaction/digest.ts';
import type { LabelledFacts, TransactionLabel } from '../transaction/transaction-label.ts';
import type { TransactionStore } from '../transaction/transaction-store.ts';
import type { HeardLabel } from './labels-of-event.ts';
import { type CardProfile, findInRing } from './profile.ts';

/**
 * `expired`: its decision is kept no more; `not_yet`: it may still be on its way to us; `being_written`: counted, and
 * its decision not written yet.
 */
export type FactsKnown = 'known' | 'expired' | 'not_yet' | 'being_written';

export interface FoundFacts {
  readonly known: FactsKnown;
  readonly facts?: LabelledFacts;
  readonly merchantId?: string;
  readonly occurredAt?: string;
}

/** What is known of a transaction. Read it after the profile: so the profile's lock vouches for both. */
export type ReadFacts = (about: {
  readonly heard: HeardLabel;
  readonly label: TransactionLabel | undefined;
  readonly profile: CardProfile | undefined;
  readonly now: Date;
}) => Promise<FoundFacts>;

/** A transaction waits in a queue for four days at most, and the bank may be a day behind itself. */
const ON_ITS_WAY_DAYS = 5;

export function createReadFacts(deps: {
  readonly transactions: Pick<TransactionStore, 'decision' | 'isReversed'>;
  readonly alerts: Pick<AlertStore, 'get'>;
}): ReadFacts {
  return async ({ heard, label, profile, now }) => {
    const { cardToken, transactionId } = heard;
    const alertId = heard.alertId ?? label?.alertId;
    const [decision, alert] = await Promise.all([
      deps.transactions.decision(cardToken, transactionId),
      alertId === undefined ? undefined : deps.alerts.get(alertId),
    ]);
    const asked = alert?.body.transactions.find((one) => one.transactionId === transactionId);
    const merchantId = label?.merchantId ?? decision?.merchant.id ?? asked?.merchantId ?? heard.merchantId;
    const occurredAt = label?.occurredAt ?? decision?.occurredAt ?? asked?.occurredAt ?? heard.occurredAt;
    const about = { merchantId, occurredAt };
    if (decision !== undefined) {
      const whole = { minor: decision.amount.minor };
      const reversed =
        label?.facts?.reversed || (await deps.transactions.isReversed(cardToken, transactionId, whole));
      return { known: 'known', facts: factsOf(decision, reversed), ...about };
    }
    if (label?.facts !== undefined) return { known: 'known', facts: label.facts, ...about };
    if (asked !== undefined) return { known: 'known', facts: factsAsked(asked), ...about };
    if (profile !== undefined && findInRing(profile, decisionKeyPart(transactionId)) !== undefined)
      return { known: 'being_written', ...about };
    return { known: isOnItsWay(occurredAt, now) ? 'not_yet' : 'expired', ...about };
  };
}

function factsOf(decision: StoredDecision, reversed: boolean): LabelledFacts {
  const { outcome, declined, billing, merchant } = decision;
  return {
    outcome,
    declined,
    reversed,
    billing: { minor: billing.minor, currency: billing.currency },
    country: merchant.country,
    device: decision.device,
  };
}

/** Its decision is gone and the alert that asked is not: two years are kept of the one, 35 days of the other. */
const factsAsked = ({ billing, declined, country, device, reversed }: Suspicion): LabelledFacts => ({
  outcome: 'alert',
  billing,
  declined,
  reversed: reversed === true,
  country,
  device,
});

const isOnItsWay = (occurredAt: string | undefined, now: Date): boolean =>
  occurredAt !== undefined && now.getTime() - Date.parse(occurredAt) < ON_ITS_WAY_DAYS * 86_400_000;
