import type { Database, Write } from '../platform/database.ts';
import { maskForStorage } from '../platform/mask.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { AlertStore } from './alert-store.ts';
import {
  afterPage,
  type BulkRelease,
  grantRelease,
  isOpen,
  leftReasons,
  type PageDone,
  proposedRelease,
} from './bulk-release.ts';
import type { BulkReleaseStore } from './bulk-release-store.ts';
import type { createReleaseHeld } from './release-held.ts';

interface BulkDeps {
  readonly db: Database;
  readonly alerts: Pick<AlertStore, 'heldByRules'>;
  readonly releases: BulkReleaseStore;
  /** Index partitions of the unsettled alerts a version holds. */
  readonly partitionsOf: (ruleSetVersion: string) => readonly string[];
  readonly now: () => Date;
}

interface Wish {
  readonly ruleSetVersion: string;
  readonly by: { readonly id: string; readonly name: string };
}
type Together = (release: BulkRelease) => readonly Write<unknown>[];

export type BulkProposed =
  | { readonly outcome: 'proposed'; readonly release: BulkRelease }
  /** One waits or runs already. */
  | { readonly outcome: 'waits'; readonly release: BulkRelease }
  | { readonly outcome: 'nothing_held' }
  | { readonly outcome: 'repeated' };

/** Most keys that are counted for a proposal. */
const MOST_COUNTED = 10_000;
const PAGE_SIZE = 25;

/** One supervisor asks, and hears how many cards it is about; nothing is released (a dry run). */
export function createProposeBulkRelease(deps: BulkDeps) {
  return (
    { ruleSetVersion, by, reason }: Wish & { readonly reason: string },
    together: Together,
  ): Promise<BulkProposed> =>
    retryWhenChanged(8, async () => {
      const before = await deps.releases.get(ruleSetVersion);
      const at = deps.now().toISOString();
      if (before !== undefined && isOpen(before.body, at)) return { outcome: 'waits', release: before.body };
      const found = await countHeld(deps, ruleSetVersion);
      if (found === 0) return { outcome: 'nothing_held' };
      const release = proposedRelease({ ruleSetVersion, by, found, at, reason: maskForStorage(reason) });
      const committed = await deps.db.commit<unknown>([
        deps.releases.save(before, release),
        ...together(release),
      ]);
      if (committed.outcome === 'done') return { outcome: 'proposed', release };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

async function countHeld(deps: BulkDeps, ruleSetVersion: string): Promise<number> {
  let found = 0;
  for (const pk of deps.partitionsOf(ruleSetVersion)) {
    let after: string | undefined;
    do {
      const page = await deps.alerts.heldByRules(pk, { limit: 1_000, after });
      found += page.items.length;
      after = page.next;
    } while (after !== undefined && found < MOST_COUNTED);
  }
  return found;
}

export type BulkApproved =
  | { readonly outcome: 'granted'; readonly release: BulkRelease }
  | { readonly outcome: 'never_asked' | 'nothing_waits' | 'same_person' | 'repeated' };

/** Another supervisor grants it; from then on it runs by itself. */
export function createApproveBulkRelease(deps: Omit<BulkDeps, 'alerts' | 'partitionsOf'>) {
  return ({ ruleSetVersion, by }: Wish, together: Together): Promise<BulkApproved> =>
    retryWhenChanged(8, async () => {
      const before = await deps.releases.get(ruleSetVersion);
      if (before === undefined) return { outcome: 'never_asked' };
      const granted = grantRelease(before.body, by, deps.now().toISOString());
      if (granted.outcome !== 'granted') return granted;
      const { release } = granted;
      const committed = await deps.db.commit<unknown>([
        deps.releases.save(before, release),
        ...together(release),
      ]);
      if (committed.outcome === 'done') return granted;
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

/** Goes on with a release for this long; the sweep comes back to it until it is done. */
const WORK_MS = 8_000;

/**
 * Carries a granted release on, page by page. Each alert is released for itself and once, and the place is kept after each
 * page: a crash costs a page that is looked at again and found released. What was released is counted at the end of a pass.
 */
export function createRunBulkRelease(
  deps: BulkDeps & {
    readonly releaseHeld: ReturnType<typeof createReleaseHeld>;
    readonly onFault: (error: unknown) => void;
  },
): (ruleSetVersion: string) => Promise<'bulk_released' | 'bulk_goes_on' | 'nothing_due'> {
  return async (ruleSetVersion) => {
    const until = deps.now().getTime() + WORK_MS;
    const partitions = deps.partitionsOf(ruleSetVersion);
    for (;;) {
      const stored = await deps.releases.get(ruleSetVersion);
      if (stored?.body.status !== 'running') return stored?.body.doneAt ? 'bulk_released' : 'nothing_due';
      const page = await releasePage(deps, stored.body, partitions);
      const now = deps.now();
      const moved = afterPage(stored.body, page, partitions.length, now.toISOString());
      const passed = moved.passes > stored.body.passes;
      const after = passed ? { ...moved, released: await deps.releases.countReleased(moved) } : moved;
      // Refused: another sweep was faster, and the next round reads what it left.
      await deps.db.commit([deps.releases.save(stored, after)]);
      if (after.status !== 'done' && now.getTime() >= until) return 'bulk_goes_on';
    }
  };
}

async function releasePage(
  deps: Parameters<typeof createRunBulkRelease>[0],
  release: BulkRelease,
  partitions: readonly string[],
): Promise<PageDone> {
  const pk = partitions[release.shard] ?? '';
  const found = await deps.alerts.heldByRules(pk, { limit: PAGE_SIZE, after: release.after });
  const outcomes = await Promise.all(
    found.items.map(async (item) => {
      try {
        return await deps.releaseHeld(item.pk.slice('ALERT#'.length), release);
      } catch (error) {
        // One alert must not keep the others held.
        deps.onFault(error);
        return 'failed' as const;
      }
    }),
  );
  const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    released: count('released'),
    failed: count('failed'),
    left: Object.fromEntries(leftReasons.map((reason) => [reason, count(reason)])) as PageDone['left'],
    next: found.next,
  };
}
