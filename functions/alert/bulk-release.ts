import * as z from 'zod/mini';

/** What one supervisor asked for is good for this long. */
export const BULK_MINUTES = 60;
const staffSchema = z.object({ id: z.string(), name: z.string() });

/** Why a hold the rules of that version placed was left as it is. */
export const leftReasons = ['answered', 'fraud', 'other_hold', 'closed'] as const;
export type LeftReason = (typeof leftReasons)[number];

/**
 * The release in bulk of what one version of the rules held wrongly (H33): asked for by one supervisor, granted by another,
 * then carried out page by page. One per version; asked for again after it ended, it begins anew.
 */
export const bulkReleaseSchema = z.object({
  ruleSetVersion: z.string(),
  status: z.enum(['proposed', 'running', 'done']),
  /** Masked. */
  reason: z.string(),
  proposedBy: staffSchema,
  proposedAt: z.string(),
  until: z.string(),
  /** Cards found held and unanswered when it was asked for; more may have come, or been answered, since. */
  found: z.int(),
  approvedBy: z.optional(staffSchema),
  approvedAt: z.optional(z.string()),
  /** Where the next page begins. */
  shard: z.int(),
  after: z.optional(z.string()),
  /** Of the present pass over all of them: one that releases nothing more is the last. */
  releasedInPass: z.int(),
  passes: z.int(),
  /** Counted anew at the end of each pass; within one a crash may leave a page out. */
  released: z.int(),
  /** What the last pass left, by why. */
  left: z.record(z.enum(leftReasons), z.int()),
  failed: z.int(),
  /** When the sweep goes on with it; absent while nothing is to be done. */
  dueAt: z.optional(z.string()),
  doneAt: z.optional(z.string()),
});
export type BulkRelease = z.output<typeof bulkReleaseSchema>;
interface Staff {
  readonly id: string;
  readonly name: string;
}

export const isOpen = ({ status, until }: BulkRelease, at: string): boolean =>
  status === 'running' || (status === 'proposed' && at <= until);

const nothingLeft = { answered: 0, fraud: 0, other_hold: 0, closed: 0 };

export function proposedRelease(asked: {
  ruleSetVersion: string;
  reason: string;
  by: Staff;
  found: number;
  at: string;
}): BulkRelease {
  const { ruleSetVersion, reason, by, found, at } = asked;
  const until = new Date(Date.parse(at) + BULK_MINUTES * 60_000).toISOString();
  return {
    ...{ ruleSetVersion, reason, found, until, status: 'proposed', proposedBy: by, proposedAt: at },
    ...{ shard: 0, releasedInPass: 0, passes: 0, released: 0, left: nothingLeft, failed: 0 },
  };
}

export type BulkGrant =
  | { readonly outcome: 'granted'; readonly release: BulkRelease }
  | { readonly outcome: 'nothing_waits' | 'same_person' };

/** Two people means two: whoever asked cannot grant it. */
export function grantRelease(release: BulkRelease, by: Staff, at: string): BulkGrant {
  if (release.status !== 'proposed' || at > release.until) return { outcome: 'nothing_waits' };
  if (release.proposedBy.id === by.id) return { outcome: 'same_person' };
  const running = { status: 'running', approvedBy: by, approvedAt: at, dueAt: at } as const;
  return { outcome: 'granted', release: { ...release, ...running } };
}

/** What became of one page of alerts. */
export interface PageDone {
  readonly released: number;
  readonly failed: number;
  readonly left: Readonly<Record<LeftReason, number>>;
  /** Another page of this partition. */
  readonly next: string | undefined;
}

/** Passes at most: what fails as often is looked at by people. */
const MOST_PASSES = 10;

/**
 * The release after one more page. At the end of a pass it begins another, because the index lags and what failed is
 * there still; a pass that released nothing and failed at nothing is the last.
 */
export function afterPage(release: BulkRelease, page: PageDone, shards: number, at: string): BulkRelease {
  const left = Object.fromEntries(
    leftReasons.map((reason) => [reason, (release.left[reason] ?? 0) + page.left[reason]]),
  ) as BulkRelease['left'];
  const counted = {
    ...release,
    left,
    released: release.released + page.released,
    releasedInPass: release.releasedInPass + page.released,
    failed: release.failed + page.failed,
    dueAt: at,
  };
  if (page.next !== undefined) return { ...counted, after: page.next };
  if (release.shard + 1 < shards) return { ...counted, shard: release.shard + 1, after: undefined };
  const passes = release.passes + 1;
  const ends = (counted.releasedInPass === 0 && counted.failed === 0) || passes >= MOST_PASSES;
  if (ends) return { ...counted, passes, after: undefined, status: 'done', doneAt: at, dueAt: undefined };
  return { ...counted, passes, shard: 0, after: undefined, releasedInPass: 0, failed: 0, left: nothingLeft };
}

export const bulkReleaseView = (release: BulkRelease) => ({
  ruleSetVersion: release.ruleSetVersion,
  status: release.status,
  reason: release.reason,
  proposedBy: release.proposedBy.name,
  proposedAt: release.proposedAt,
  until: release.until,
  found: release.found,
  ...(release.approvedBy === undefined ? {} : { approvedBy: release.approvedBy.name }),
  released: release.released,
  left: { ...nothingLeft, ...release.left },
  failed: release.failed,
  ...(release.doneAt === undefined ? {} : { doneAt: release.doneAt }),
});
