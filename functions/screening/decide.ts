import type { TransactionAuthorized } from '../transaction/events.ts';
import type { CompiledModel } from './compile-model.ts';
import {
  applyRules,
  type CompiledRuleSet,
  type Reason,
  type ReasonFacts,
  type RuleOutcome,
} from './compile-rules.ts';
import { entryReasons, type MatchedEntry, outcomeWithEntries } from './entries.ts';
import { type Features, featuresOf } from './features.ts';
import { judgeByModel } from './judge-by-model.ts';
import type { MerchantRisk } from './merchant-risk.ts';
import { roundedRow } from './packed-row.ts';
import type { CardProfile } from './profile.ts';

export { reasonWords } from './reason-words.ts';

export interface Decision {
  readonly outcome: RuleOutcome;
  /** What the rules alone came to; block and allow entries may have changed it. */
  readonly ruled: RuleOutcome;
  /** It would have been a freeze, but the set only asks (H33). */
  readonly alertOnly?: true;
  /** 0 to 100. */
  readonly score: number;
  /**
   * The score before it is cut to 0–100: puts transactions in order, the most suspicious first, where the score says
   * 100 of many or 0 of most. Only ever compared with ranks of the same versions.
   */
  readonly rank: number;
  /** Heaviest first; those with a negative weight spoke for the transaction. */
  readonly reasons: readonly Reason[];
  readonly ruleSetVersion: string;
  /** Null when rules alone decide. */
  readonly modelVersion: string | null;
  /** That the transaction is fraud, by the model alone; undefined without one. */
  readonly probability: number | undefined;
  readonly features: Features;
}

export interface DecisionInput {
  /** Of the card, before this transaction. */
  readonly profile: CardProfile;
  /** Of the merchant, as known when this transaction is judged. */
  readonly merchant: MerchantRisk;
  readonly transaction: TransactionAuthorized;
  readonly ruleSet: CompiledRuleSet;
  /** The one the rule set names; not needed when it names none. */
  readonly model?: CompiledModel;
  /** The block and allow entries it falls under; each is a reason of its own beside those of the rules. */
  readonly entries?: readonly MatchedEntry[];
  /** The set only asks and freezes nothing (H33); what the bank itself blocks is frozen all the same. */
  readonly alertOnly?: boolean;
}

/**
 * Judges one authorisation as of its own time; the same input always gives the same decision. A declined
 * one is judged like any other: somebody may be trying the card. An account verification (amount 0) is
 * never judged by amount, only as an attempt.
 */
export function decide(input: DecisionInput): Decision {
  const { profile, merchant, transaction, ruleSet, model, entries, alertOnly } = input;
  const features = roundedRow(featuresOf({ profile, merchant, transaction }, ruleSet.policy));
  return judgeRow({ features, facts: factsOf(transaction), ruleSet, model, entries, alertOnly });
}

/** What the reasons' words may name of a transaction beside its features. */
const factsOf = ({ merchant, billing }: TransactionAuthorized): ReasonFacts => ({
  country: merchant.country,
  currency: billing.currency,
  mcc: merchant.mcc,
});

/** The second half of a decision, from the row of features on: what a replay of a stored one repeats. */
export function judgeRow(row: RowToJudge): Decision {
  const { features, facts, ruleSet, model, entries = none, alertOnly = false } = row;
  const byModel = judgeByModel(ruleSet, model, features, facts);
  const verdict = applyRules(ruleSet, features, facts, byModel);
  const softened = alertOnly && verdict.outcome === 'freeze';
  return {
    ...(softened ? { alertOnly: true } : {}),
    outcome: outcomeWithEntries(softened ? 'alert' : verdict.outcome, entries),
    ruled: verdict.outcome,
    score: verdict.score,
    rank: verdict.rank,
    reasons: entries.length === 0 ? verdict.reasons : entryReasons(entries, verdict.reasons),
    ruleSetVersion: ruleSet.version,
    modelVersion: byModel?.version ?? null,
    probability: byModel?.probability,
    features,
  };
}
const none: readonly MatchedEntry[] = [];

export interface RowToJudge extends Pick<DecisionInput, 'ruleSet' | 'model' | 'entries' | 'alertOnly'> {
  readonly features: Features;
  readonly facts: ReasonFacts;
}

/**
 * True for a transaction older than the alert window (a replayed or held-up queue): its decision stands,
 * but no text about it is sent any more (H25). `now` in epoch milliseconds.
 */
export function isStale(transaction: TransactionAuthorized, now: number, ruleSet: CompiledRuleSet): boolean {
  return now - Date.parse(transaction.occurredAt) > ruleSet.ruleSet.staleAfterMinutes * 60_000;
}
