import { maskForStorage } from '../platform/mask.ts';
import { compileRuleSet } from './compile-rule-set.ts';
import { type RuleBoard, withLive, withShare } from './rule-board.ts';
import {
  inState,
  isProposalOpen,
  mayGrant,
  PROPOSAL_HOURS,
  type Proposal,
  type RuleSetRecord,
} from './rule-set.ts';
import { type Moved, type MoveRefusal, onRecord, type Wish } from './rule-set-change.ts';
import { edgeOf } from './rule-set-states.ts';
import type { RulesDeps, Together } from './rules-standing.ts';

/** One person asks that a set decide about a share of the cards, or about all; another grants it. */
export function createProposeRuleSet(deps: RulesDeps) {
  return (
    wish: Wish & { readonly to: 'share' | 'live'; readonly percent?: number },
    together: Together<RuleSetRecord>,
  ): Promise<Moved> =>
    onRecord(deps, wish.version, async (record, { board }) => {
      const { to, by } = wish;
      const percent = to === 'share' ? wish.percent : undefined;
      const hindrance = hindranceOf(record, { to, percent }, board);
      if (hindrance !== undefined) return { outcome: hindrance };
      const now = deps.now();
      const at = now.toISOString();
      if (isProposalOpen(record.proposal, at)) return { outcome: 'proposal_waits' };
      const until = new Date(now.getTime() + PROPOSAL_HOURS * 3_600_000).toISOString();
      const reason = maskForStorage(wish.reason);
      return {
        board,
        record: { ...record, proposal: { to, percent, by, at, until, reason } },
        entry: { type: `rule_set_${to}_proposed`, data: { percent } },
        by,
        reason: wish.reason,
        together,
      };
    });
}

/** Another person grants what was proposed: from then on the set decides. The set it replaces can be rolled back to. */
export function createGrantRuleSet(deps: RulesDeps) {
  return (wish: Wish, together: Together<RuleSetRecord>): Promise<Moved> =>
    onRecord(deps, wish.version, async (record, { board }) => {
      const { proposal } = record;
      const at = deps.now().toISOString();
      if (proposal === undefined || !isProposalOpen(proposal, at)) return { outcome: 'nothing_waits' };
      if (!mayGrant(record, wish.by)) return { outcome: 'same_person' };
      const hindrance = hindranceOf(record, proposal, board) ?? (await unusable(deps, record.version));
      if (hindrance !== undefined) return { outcome: hindrance };
      const { to, percent } = proposal;
      const replaces = to === 'live' ? board.live : undefined;
      return {
        board: granting(board, record.version, proposal),
        record: inState(record, to, at),
        others: replaces === undefined ? [] : [replaces],
        entry: { type: `rule_set_${to}_granted`, data: { percent, proposedBy: proposal.by.id, replaces } },
        by: wish.by,
        reason: wish.reason,
        together,
      };
    });
}

const granting = (board: RuleBoard, version: string, { to, percent = 0 }: Proposal): RuleBoard =>
  to === 'live' ? withLive(board, version) : withShare(board, version, percent);

function hindranceOf(
  { state, version }: RuleSetRecord,
  { to, percent }: Pick<Proposal, 'to' | 'percent'>,
  { share }: RuleBoard,
): MoveRefusal | undefined {
  if (edgeOf(state, to)?.people !== 2) return 'wrong_state';
  if (to === 'live') return undefined;
  if (share !== undefined && share.version !== version) return 'share_taken';
  // A smaller one is taken back by one person alone.
  const grows = percent !== undefined && percent > (share?.percent ?? 0);
  return grows ? undefined : 'wrong_state';
}

/** Read and checked once more at the last moment: the code may have changed since it was added. */
async function unusable({ rules, models }: RulesDeps, version: string): Promise<'not_usable' | undefined> {
  // A table that does not answer is a fault, to be tried again: it says nothing of the set.
  const contents = await rules.body(version);
  try {
    const compiled = compileRuleSet(contents);
    const model = compiled.modelPoints?.version;
    const isUsable = compiled.version === version && (model === undefined || models.has(model));
    return isUsable ? undefined : 'not_usable';
  } catch {
    return 'not_usable';
  }
}
