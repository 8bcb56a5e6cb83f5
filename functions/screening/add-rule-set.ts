import { maskForStorage } from '../platform/mask.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { checkRuleSet } from './check-rule-set.ts';
import { type Keeper, MOST_RULE_SETS, type RuleSetRecord } from './rule-set.ts';
import {
  changeOfBoard,
  commitChange,
  digestOf,
  type RulesDeps,
  readBoard,
  type Together,
} from './rules-standing.ts';

/** A stored set stays far from the 400 KB of one item. */
export const MOST_RULE_SET_BYTES = 300_000;

export type RuleSetAdded =
  | { readonly outcome: 'added'; readonly record: RuleSetRecord }
  /** Each problem with its place and remedy. */
  | { readonly outcome: 'invalid'; readonly problems: readonly string[] }
  /** Contents never change: another version needs another name. */
  | { readonly outcome: 'exists' }
  | { readonly outcome: 'too_many' }
  | { readonly outcome: 'repeated' };

/** Takes a checked rule set in as a draft; it decides nothing. */
export function createAddRuleSet(deps: RulesDeps) {
  return async (
    request: { readonly data: unknown; readonly note: string; readonly by: Keeper },
    together: Together<RuleSetRecord>,
  ): Promise<RuleSetAdded> => {
    const { by } = request;
    const checked = checkRuleSet(request.data);
    if (checked.kind === 'invalid') return { outcome: 'invalid', problems: checked.problems };
    const { version, rules } = checked.ruleSet;
    const model = checked.ruleSet.model?.version;
    if (model !== undefined && !deps.models.has(model)) {
      const problem = `model.version: there is no model ${model} at hand; put its file into functions/models and deploy`;
      return { outcome: 'invalid', problems: [problem] };
    }
    const json = JSON.stringify(checked.ruleSet);
    if (Buffer.byteLength(json) > MOST_RULE_SET_BYTES) {
      const problem = `rule set: ${Buffer.byteLength(json)} bytes; at most ${MOST_RULE_SET_BYTES}: take rules out`;
      return { outcome: 'invalid', problems: [problem] };
    }
    return retryWhenChanged(8, async () => {
      const [standing, before, all] = await Promise.all([
        readBoard(deps),
        deps.ruleSets.get(version),
        deps.ruleSets.list(),
      ]);
      if (before !== undefined || version === deps.shipped.version) return { outcome: 'exists' };
      if (all.length >= MOST_RULE_SETS) return { outcome: 'too_many' };
      const at = deps.now().toISOString();
      const note = maskForStorage(request.note);
      const digest = digestOf(json);
      const record: RuleSetRecord = {
        ...{ version, state: 'draft', author: by, createdAt: at, stateAt: at },
        ...{ note, rules: rules.length, digest },
      };
      const data = { version, rules: rules.length, digest, reason: note };
      const writes = [
        ...changeOfBoard(deps, standing, standing.board, { type: 'rule_set_added', by: by.id, data }),
        deps.rules.saveBody(version, json, digest),
        deps.ruleSets.save(undefined, record),
        ...together(record),
      ];
      return commitChange(deps, writes, { outcome: 'added', record } as const);
    });
  };
}
