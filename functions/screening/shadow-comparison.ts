import type { Reason, RuleOutcome } from './compile-rules.ts';
import { type Decision, type DecisionInput, decide } from './decide.ts';
import { type ActiveRules, modelOf } from './rules-in-force.ts';

const outcomes = ['clear', 'alert', 'freeze'] as const satisfies readonly RuleOutcome[];

/** What the live set does × what the other one would: `clear_freeze` … */
export type ShadowCell = `${RuleOutcome}_${RuleOutcome}`;
export const shadowCells: readonly ShadowCell[] = outcomes.flatMap((live) =>
  outcomes.map((other): ShadowCell => `${live}_${other}`),
);

/** One transaction, judged by the live set and by one that is compared with it. */
export interface Compared {
  readonly version: string;
  readonly live: Decision;
  readonly other: Decision;
}

export const cellOf = ({ live, other }: Compared): ShadowCell => `${live.outcome}_${other.outcome}`;
export const differs = ({ live, other }: Compared): boolean => live.outcome !== other.outcome;

/**
 * What the sets in shadow, and the one with a share, would do with a transaction beside the live one: judged by the same
 * state and the same entries. `decision` is the one that counts; sets with a share are compared on every card, also where
 * they decide.
 */
export function compareWithLive(
  active: Pick<ActiveRules, 'live' | 'share' | 'shadows' | 'models' | 'switches'>,
  input: DecisionInput,
  decision: Decision,
): readonly Compared[] {
  const { live, share, shadows } = active;
  const others = share === undefined ? shadows : [share.ruleSet, ...shadows];
  if (others.length === 0) return [];
  const judged = (ruleSet: DecisionInput['ruleSet']): Decision =>
    ruleSet === input.ruleSet
      ? decision
      : decide({
          ...{ ...input, ruleSet, model: modelOf(active, ruleSet) },
          alertOnly: active.switches.alertOnly.has(ruleSet.version),
        });
  const byLive = judged(live);
  return others.map((ruleSet) => ({ version: ruleSet.version, live: byLive, other: judged(ruleSet) }));
}

/** Reasons of the other set that spoke against a transaction the live one cleared; none for any other cell. */
export function newAlertCodes({ live, other }: Compared): readonly string[] {
  if (live.outcome !== 'clear' || other.outcome === 'clear') return [];
  return against(other.reasons).map(({ code }) => code);
}

const against = (reasons: readonly Reason[]): readonly Reason[] => reasons.filter(({ weight }) => weight > 0);
