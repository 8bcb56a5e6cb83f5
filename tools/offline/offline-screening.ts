import { deviationsOf, learnFraudOnCard } from '../../functions/screening/card-frauds.ts';
import type { CompiledRuleSet } from '../../functions/screening/compile-rules.ts';
import { type Decision, type DecisionInput, decide } from '../../functions/screening/decide.ts';
import {
  decodeRisk,
  encodeRisk,
  learnFraudAtMerchant,
  sightAtMerchant,
} from '../../functions/screening/merchant-risk.ts';
import {
  applyTransaction,
  type CardProfile,
  decodeProfile,
  dropConfirmed,
  emptyProfile,
  encodeProfile,
  isRingFull,
  learnTransaction,
  type Outcome,
  ringEntriesToConfirm,
} from '../../functions/screening/profile.ts';
import { bodyDigest, decisionKeyPart } from '../../functions/transaction/digest.ts';
import { createDueQueue } from './due-queue.ts';
import type { Labelled } from './labelled.ts';

export interface Judged extends Labelled {
  readonly decision: Decision;
}

/** A label on its way. */
interface Pending {
  readonly labelled: Labelled;
  readonly outcome: Outcome;
}

export interface OfflineOptions {
  readonly ruleSet: CompiledRuleSet;
  /** Whatever else {@link decide} takes, the same for every transaction. */
  readonly with?: Omit<DecisionInput, 'profile' | 'merchant' | 'transaction' | 'ruleSet'>;
}

export interface OfflineScreening {
  /** Judges one transaction; hand them in by order of time. Labels known by then have arrived before. */
  judge(labelled: Labelled): Judged;
  /** Packed state, as the table would hold it. */
  readonly profiles: ReadonlyMap<string, Uint8Array>;
  readonly risks: ReadonlyMap<string, Uint8Array>;
}

/**
 * The screening path without tables, queues and clock: packed profile and merchant risk are decoded, the production
 * code decides, the state is encoded again, byte for byte as the handler does it, ring included. A label reaches card
 * and merchant at the time it is known, never before: a cleared transaction that turns out fraud leaves the card's
 * mean and is remembered of the merchant; an alerted one that turns out genuine is learnt.
 */
export function createOfflineScreening({ ruleSet, with: others }: OfflineOptions): OfflineScreening {
  const profiles = new Map<string, Uint8Array>();
  const risks = new Map<string, Uint8Array>();
  const pending = createDueQueue<Pending>();

  const profileOf = (cardToken: string): CardProfile => {
    const bytes = profiles.get(cardToken);
    return bytes === undefined ? emptyProfile() : decodeProfile(bytes);
  };

  function arrive({ labelled, outcome }: Pending): void {
    const { transaction, fraud, knownAt } = labelled;
    const { cardToken, merchant, transactionId, billing } = transaction;
    const before = profileOf(cardToken);
    if (!fraud) {
      profiles.set(cardToken, encodeProfile(learnTransaction(before, transaction)));
      return;
    }
    const occurredAt = Date.parse(transaction.occurredAt);
    const after = learnFraudOnCard(before, {
      transactionId,
      occurredAt,
      billing,
      declined: transaction.outcome === 'declined',
      wasLearnt: outcome === 'clear',
    });
    profiles.set(cardToken, encodeProfile(after));
    const label = { transactionId, occurredAt, deviations: deviationsOf(after, billing), knownAt };
    risks.set(merchant.id, encodeRisk(learnFraudAtMerchant(decodeRisk(risks.get(merchant.id)), label)));
  }

  return {
    profiles,
    risks,
    judge(labelled) {
      const { transaction } = labelled;
      const { cardToken, merchant, transactionId } = transaction;
      const now = Date.parse(transaction.occurredAt);
      for (const label of pending.until(now)) arrive(label);
      const profile = profileOf(cardToken);
      const risk = decodeRisk(risks.get(merchant.id));
      const decision = decide({ ...others, profile, merchant: risk, transaction, ruleSet });
      const { outcome } = decision;
      profiles.set(cardToken, encodeProfile(applied(profile, labelled, outcome, now)));
      const sighted = outcome === 'clear' ? sightAtMerchant(risk, { transactionId, occurredAt: now }) : risk;
      if (sighted !== risk) risks.set(merchant.id, encodeRisk(sighted));
      if (labelled.fraud || outcome !== 'clear') pending.add(labelled.knownAt, { labelled, outcome });
      return { ...labelled, decision };
    },
  };
}

/** As the handler writes it: old ring entries leave once their decisions exist, which here they always do. */
function applied(
  profile: CardProfile,
  { transaction }: Labelled,
  outcome: Outcome,
  receivedAt: number,
): CardProfile {
  const confirmed = ringEntriesToConfirm(profile, receivedAt).map(({ idDigest }) => idDigest);
  const trimmed = confirmed.length === 0 ? profile : dropConfirmed(profile, confirmed);
  return applyTransaction(trimmed, transaction, {
    idDigest: decisionKeyPart(transaction.transactionId),
    bodyDigest: bodyDigest({ type: 'TransactionAuthorized', detail: transaction }),
    receivedAt,
    outcome,
    addToRing: !isRingFull(trimmed),
  });
}

/** Judges a stream of labelled transactions, in the order they come. */
export async function* screenOffline(
  transactions: AsyncIterable<Labelled>,
  options: OfflineOptions,
): AsyncGenerator<Judged> {
  const screening = createOfflineScreening(options);
  for await (const labelled of transactions) yield screening.judge(labelled);
}
