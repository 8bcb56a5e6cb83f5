import type { CompiledModel } from './compile-model.ts';
import type { CompiledRuleSet, RuleOutcome } from './compile-rules.ts';
import { type Decision, judgeRow } from './decide.ts';
import type { MatchedEntry } from './entries.ts';
import type { Judged } from './judged.ts';
import { packRow, unpackRow } from './packed-row.ts';

/** What is kept of a decision beside its versions and its transaction. */
export function judgedOf(decision: Decision, entries: readonly MatchedEntry[]): Judged {
  const { features, score, ruled } = decision;
  const row = packRow(features);
  if (entries.length === 0) return { row, score, ruled };
  const kept = entries.map(({ entryId, kind, list, outcome }) => ({ entryId, kind, list, outcome }));
  return { row, score, ruled, entries: kept };
}

/** A decision as it is stored with its transaction. */
export interface ReplayableDecision {
  readonly outcome: RuleOutcome;
  readonly ruleSetVersion: string;
  readonly modelVersion: string | null;
  readonly judged?: Judged;
  readonly billing: { readonly currency: string };
  readonly merchant: { readonly country: string; readonly mcc: string };
  /** Suspicious, and let through by a proven YES. */
  readonly pass?: string;
  /** Its set only asked when it was made (H33). */
  readonly alertOnly?: boolean;
}

export type Replayed =
  | {
      readonly kind: 'replayed';
      readonly decision: Decision;
      /** What became of it: the decision's outcome, or clear by its pass. */
      readonly outcome: RuleOutcome;
      /** Where it differs from what is stored; empty when it is the same. */
      readonly differs: readonly ('outcome' | 'ruled' | 'score')[];
    }
  | { readonly kind: 'other_version'; readonly wanted: string; readonly given: string }
  /** Written again from the ring after a crash between profile and decision: outcome and times are known, no values. */
  | { readonly kind: 'values_unknown' };

/**
 * Makes a stored decision again from its versions and values: same outcome, score and reasons, whatever card and merchant
 * have become since. Rule set and model must be those it names.
 */
export function replayDecision(
  stored: ReplayableDecision,
  ruleSet: CompiledRuleSet,
  model?: CompiledModel,
): Replayed {
  const { judged, billing, merchant } = stored;
  if (ruleSet.version !== stored.ruleSetVersion)
    return { kind: 'other_version', wanted: stored.ruleSetVersion, given: ruleSet.version };
  const modelVersion = ruleSet.modelPoints === undefined ? null : (model?.version ?? null);
  if (modelVersion !== stored.modelVersion)
    return { kind: 'other_version', wanted: String(stored.modelVersion), given: String(modelVersion) };
  if (judged === undefined) return { kind: 'values_unknown' };
  const decision = judgeRow({
    features: unpackRow(judged.row),
    facts: { country: merchant.country, currency: billing.currency, mcc: merchant.mcc },
    ruleSet,
    model,
    entries: judged.entries,
    alertOnly: stored.alertOnly,
  });
  const outcome = stored.pass === undefined ? decision.outcome : 'clear';
  const differs = [
    ...(outcome === stored.outcome ? [] : (['outcome'] as const)),
    ...(decision.ruled === judged.ruled ? [] : (['ruled'] as const)),
    ...(decision.score === judged.score ? [] : (['score'] as const)),
  ];
  return { kind: 'replayed', decision, outcome, differs };
}
