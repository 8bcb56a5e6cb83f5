import type { Database } from '../platform/database.ts';
import { type BreakerPolicy, tripsAt, USUAL_DAYS } from './freeze-breaker.ts';
import type { FreezeCountStore, SeenFreeze } from './freeze-count-store.ts';
import type { createSwitchAlertOnly } from './switch-alert-only.ts';

export type Watched =
  | { readonly outcome: 'usual' | 'known' }
  /** The version asks only from now on; `freezes` in the window, at least. */
  | { readonly outcome: 'tripped'; readonly freezes: number }
  | { readonly outcome: 'tripped_before' };

const HOUR_MS = 3_600_000;

/**
 * Counts a freeze once, and turns its rule set to alert-only when they come too fast (H33). It counts beside the freeze
 * and never before it: nobody's freeze waits for the count (D5). Who switches first writes; only people switch back.
 */
export function createWatchFreezeRate(deps: {
  readonly db: Database;
  readonly freezes: FreezeCountStore;
  readonly policy: BreakerPolicy;
  readonly switchAlertOnly: ReturnType<typeof createSwitchAlertOnly>;
  readonly now: () => Date;
}): (freeze: SeenFreeze) => Promise<Watched> {
  const { db, freezes, policy, switchAlertOnly } = deps;
  return async (freeze) => {
    const { ruleSetVersion: version } = freeze;
    const noted = await db.commit(freezes.note(freeze));
    const now = deps.now().getTime();
    const iso = (ms: number) => new Date(ms).toISOString();
    // The hour that runs is not usual yet: it may be the very wave that is looked for.
    const usual = await freezes.between(iso(now - USUAL_DAYS * 24 * HOUR_MS), iso(now - HOUR_MS));
    const most = tripsAt(policy, usual);
    const count = await freezes.since(version, iso(now - policy.windowMinutes * 60_000), most);
    if (count < most) return { outcome: noted.outcome === 'done' ? 'usual' : 'known' };
    const reason = `${count} freezes or more in ${policy.windowMinutes} minutes, from ${most} on is too many`;
    const switched = await switchAlertOnly({ version, on: true, by: 'breaker', reason }, () => []);
    return switched.outcome === 'switched'
      ? { outcome: 'tripped', freezes: count }
      : { outcome: 'tripped_before' };
  };
}
