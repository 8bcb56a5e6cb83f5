import { maskForStorage } from '../platform/mask.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import {
  MOST_SHADOWS,
  type RuleBoard,
  rolledBack,
  withoutVersion,
  withShadow,
  withShare,
} from './rule-board.ts';
import { inState, type Keeper, type RuleSetRecord } from './rule-set.ts';
import { type Moved, type MoveRefusal, onRecord, retiring, type Wish } from './rule-set-change.ts';
import { edgeOf, type RuleSetState } from './rule-set-states.ts';
import { changeOfBoard, commitChange, type RulesDeps, readBoard, type Together } from './rules-standing.ts';

/** What one person may do alone: into shadow, a share made smaller, taken back, put away. */
export function createMoveRuleSet(deps: RulesDeps) {
  return (
    wish: Wish & { readonly to: RuleSetState; readonly percent?: number },
    together: Together<RuleSetRecord>,
  ): Promise<Moved> =>
    onRecord(deps, wish.version, async (record, standing) => {
      const board = movedAlone(record, wish, standing.board);
      if (typeof board === 'string') return { outcome: board };
      return {
        board,
        record: inState(record, wish.to, deps.now().toISOString()),
        entry: { type: `rule_set_to_${wish.to}`, data: { percent: wish.percent } },
        by: wish.by,
        reason: wish.reason,
        together,
      };
    });
}

function movedAlone(
  { state, version }: RuleSetRecord,
  { to, percent }: { readonly to: RuleSetState; readonly percent?: number },
  board: RuleBoard,
): RuleBoard | MoveRefusal {
  const smaller =
    to === 'share' && state === 'share' && percent !== undefined && percent < (board.share?.percent ?? 0);
  if (smaller) return withShare(board, version, percent);
  const edge = edgeOf(state, to);
  if (edge === undefined) return 'wrong_state';
  if (edge.people === 2) return 'needs_two';
  if (to === 'retired') return withoutVersion(board, version);
  if (board.shadows.length >= MOST_SHADOWS) return 'too_many_shadows';
  return withShadow(board, version);
}

/** Back to the set that was live before: one person, at once. `live`: what they believe is live now. */
export function createRollBack(deps: RulesDeps) {
  return (
    wish: { readonly live: string; readonly by: Keeper; readonly reason: string },
    together: Together<RuleSetRecord>,
  ): Promise<Moved> =>
    retryWhenChanged(8, async () => {
      const standing = await readBoard(deps);
      if (standing.board.live !== wish.live) return { outcome: 'live_changed' };
      const board = rolledBack(standing.board);
      if (board === undefined) return { outcome: 'nothing_before' };
      const before = await deps.ruleSets.get(board.live);
      if (before === undefined) throw new Error(`no record of the rule set ${board.live}`);
      const record = inState(before.body, 'live', deps.now().toISOString());
      const data = { version: record.version, replaces: wish.live, reason: maskForStorage(wish.reason) };
      const writes = [
        ...changeOfBoard(deps, standing, board, { type: 'rules_rolled_back', by: wish.by.id, data }),
        deps.ruleSets.save(before, record),
        ...(await retiring(deps, [wish.live])),
        ...together(record),
      ];
      return commitChange(deps, writes, { outcome: 'moved', record } as const);
    });
}
