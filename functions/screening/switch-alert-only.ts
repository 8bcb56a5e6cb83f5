import { maskForStorage } from '../platform/mask.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type AlertOnly, type RuleBoard, withAlertOnly, withoutAlertOnly } from './rule-board.ts';
import { changeOfBoard, commitChange, type RulesDeps, readBoard, type Together } from './rules-standing.ts';

export type AlertOnlySwitched =
  | { readonly outcome: 'switched'; readonly board: RuleBoard }
  /** It stands like that already. */
  | { readonly outcome: 'as_it_was'; readonly board: RuleBoard }
  | { readonly outcome: 'repeated' };

/** Most versions switched at once: those that may decide, and some that did. */
const MOST_SWITCHED = 20;

/**
 * Has a version ask only and freeze nothing, or lets it freeze again (H33). `by`: a person's id, or `breaker`. One
 * write under the board's lock, whoever is first; done twice it stays as it was.
 */
export function createSwitchAlertOnly(deps: RulesDeps) {
  return (
    wish: {
      readonly version: string;
      readonly on: boolean;
      readonly by: string;
      readonly reason: string;
    },
    together: Together<RuleBoard>,
  ): Promise<AlertOnlySwitched> =>
    retryWhenChanged(8, async () => {
      const standing = await readBoard(deps);
      const { version, on, by } = wish;
      const stands = standing.board.alertOnly.some((one) => one.version === version);
      if (stands === on) {
        const as = { outcome: 'as_it_was', board: standing.board } as const;
        const writes = together(standing.board);
        return writes.length === 0 ? as : commitChange(deps, writes, as);
      }
      const reason = maskForStorage(wish.reason);
      const board = switched(standing.board, { ...wish, reason, at: deps.now().toISOString() });
      const type = on ? 'alert_only_on' : 'alert_only_off';
      const writes = [
        ...changeOfBoard(deps, standing, board, { type, by, data: { version, reason } }),
        ...together(board),
      ];
      return commitChange(deps, writes, { outcome: 'switched', board } as const);
    });
}

function switched(board: RuleBoard, { on, ...change }: AlertOnly & { readonly on: boolean }): RuleBoard {
  if (!on) return withoutAlertOnly(board, change.version);
  const { version, at, by, reason } = change;
  const after = withAlertOnly(board, { version, at, by, reason });
  return { ...after, alertOnly: after.alertOnly.slice(-MOST_SWITCHED) };
}
