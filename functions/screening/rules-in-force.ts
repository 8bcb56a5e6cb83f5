import type { Versioned } from '../platform/documents.ts';
import type { CompiledModel } from './compile-model.ts';
import type { CompiledRuleSet } from './compile-rules.ts';
import { type EntryBook, entryBook } from './entries.ts';
import type { RuleBoard } from './rule-board.ts';
import { isInShare } from './share.ts';

/** What decides and what is only compared, as of the last reading. */
export interface ActiveRules {
  readonly live: CompiledRuleSet;
  /** Decides in the place of `live` for the cards in its share. */
  readonly share: { readonly ruleSet: CompiledRuleSet; readonly percent: number } | undefined;
  /** Scored beside `live`; decide nothing. */
  readonly shadows: readonly CompiledRuleSet[];
  /** Those the sets name, by version: a set whose model is not at hand is never in force. */
  readonly models: Models;
  readonly entries: EntryBook;
  readonly switches: {
    /** Versions that ask and freeze nothing (H33). */
    readonly alertOnly: ReadonlySet<string>;
  };
  /** As it is stored, for whoever changes it on a condition; undefined while nothing was ever changed. */
  readonly board: Versioned<RuleBoard> | undefined;
}

/** Compiled models by version. */
export type Models = Pick<ReadonlyMap<string, CompiledModel>, 'get' | 'has'>;

/** The model a set names, if it names one. */
export const modelOf = (
  { models }: Pick<ActiveRules, 'models'>,
  { modelPoints }: CompiledRuleSet,
): CompiledModel | undefined => (modelPoints === undefined ? undefined : models.get(modelPoints.version));

/** The set that decides about this card. */
export function rulesFor(
  { live, share }: Pick<ActiveRules, 'live' | 'share'>,
  cardToken: string,
): CompiledRuleSet {
  if (share === undefined || !isInShare(cardToken, share.ruleSet.version, share.percent)) return live;
  return share.ruleSet;
}

/** The rules in force, read again at most every half minute; many who ask at once share one reading. */
export interface Rules {
  current(): Promise<ActiveRules>;
}

/** What is in force while nothing was ever changed. */
export const untouched = (shipped: CompiledRuleSet, models: Models): ActiveRules => ({
  live: shipped,
  share: undefined,
  shadows: [],
  models,
  entries: entryBook([]),
  switches: { alertOnly: new Set() },
  board: undefined,
});
