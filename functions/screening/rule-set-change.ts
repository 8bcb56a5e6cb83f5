import { maskForStorage } from '../platform/mask.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { RuleBoard } from './rule-board.ts';
import { inState, type Keeper, type RuleSetRecord } from './rule-set.ts';
import {
  changeOfBoard,
  commitChange,
  type RulesDeps,
  readBoard,
  type Standing,
  type Together,
} from './rules-standing.ts';

/** Why a set does not move; each has its own problem for the API. */
export type MoveRefusal =
  | 'not_found'
  /** From its state nobody moves it there, or not alone. */
  | 'wrong_state'
  | 'needs_two'
  | 'too_many_shadows'
  /** Another set has a share of the cards. */
  | 'share_taken'
  /** Another proposal waits for this set. */
  | 'proposal_waits'
  | 'nothing_waits'
  | 'same_person'
  /** Its contents cannot be read, or this code cannot use them. */
  | 'not_usable'
  | 'nothing_before'
  /** Another set is live than the one who asks knew of. */
  | 'live_changed'
  | 'repeated';

export type Moved =
  | { readonly outcome: 'moved'; readonly record: RuleSetRecord }
  | { readonly outcome: MoveRefusal };

export interface Wish {
  readonly version: string;
  readonly by: Keeper;
  readonly reason: string;
}

export interface Plan {
  readonly board: RuleBoard;
  readonly record: RuleSetRecord;
  /** Versions that this one replaces. */
  readonly others?: readonly string[];
  readonly entry: {
    readonly type: string;
    readonly data: Readonly<Record<string, string | number | undefined>>;
  };
  readonly by: Keeper;
  readonly reason: string;
  readonly together: Together<RuleSetRecord>;
}

/** Reads one version and the board, decides, commits; again when somebody else was faster. */
export function onRecord(
  deps: RulesDeps,
  version: string,
  decide: (record: RuleSetRecord, standing: Standing) => Promise<Plan | { readonly outcome: MoveRefusal }>,
): Promise<Moved> {
  return retryWhenChanged(8, async () => {
    const [standing, before] = await Promise.all([readBoard(deps), deps.ruleSets.get(version)]);
    if (before === undefined)
      return { outcome: version === deps.shipped.version ? 'wrong_state' : 'not_found' };
    const plan = await decide(before.body, standing);
    if ('outcome' in plan) return plan;
    const { record, entry } = plan;
    const data = { version, ...entry.data, reason: maskForStorage(plan.reason) };
    const writes = [
      ...changeOfBoard(deps, standing, plan.board, { type: entry.type, by: plan.by.id, data }),
      deps.ruleSets.save(before, record),
      ...(await retiring(deps, plan.others ?? [])),
      ...plan.together(record),
    ];
    return commitChange(deps, writes, { outcome: 'moved', record } as const);
  });
}

/** The records of sets that another one replaces, put away. */
export async function retiring({ ruleSets, now }: RulesDeps, versions: readonly string[]) {
  const found = await Promise.all(versions.map((version) => ruleSets.get(version)));
  return found.map((record) => {
    if (record === undefined) throw new Error('a live rule set has no record');
    return ruleSets.save(record, inState(record.body, 'retired', now().toISOString()));
  });
}
