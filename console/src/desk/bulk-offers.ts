import type { Answer } from '../shared/route.ts';
import type { RuleSet } from './answers.ts';
import type { routes } from './routes.ts';

export type Release = Answer<typeof routes.readBulkRelease>['release'];

/**
 * What may be done next about the cards one version holds. A version that was rolled back or retired holds what it held:
 * only a draft never held any. A wish nobody granted in its hour may be put anew, and so may one that is done.
 */
export function bulkOffer(
  state: RuleSet['state'],
  release: Release | undefined,
  at: string,
): 'nothing' | 'propose' | 'approve' | 'runs' {
  if (state === 'draft') return 'nothing';
  if (release?.status === 'running') return 'runs';
  return release?.status === 'proposed' && at <= release.until ? 'approve' : 'propose';
}

/** Cards looked at so far: released, or left as they are for a reason. */
export const handled = ({ released, left }: Release): number =>
  released + Object.values(left).reduce((sum, count) => sum + count, 0);
