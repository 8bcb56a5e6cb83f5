import * as z from 'zod/mini';
import { CHAIN_START } from '../platform/journal.ts';
import type { EntryKind } from './entries.ts';

/** Scored beside the live set; each costs its evaluation for every transaction. */
export const MOST_SHADOWS = 2;
/** Sets that were live before, kept for roll-backs. */
const MOST_EARLIER = 20;

const generation = z.int().check(z.minimum(0));

/**
 * Which rule sets are in force: the one small item that every function that screens reads every half minute. `seq` and
 * `chain` are the head of the journal of all changes.
 */
export const boardSchema = z.object({
  live: z.string(),
  /** Live before, the latest last. */
  earlier: z.array(z.string()),
  shadows: z.array(z.string()),
  share: z.optional(z.object({ version: z.string(), percent: z.number() })),
  /** Grows with every change of the entries of a kind: tells a reader whether to read them again. */
  entries: z.object({ card: generation, merchant: generation, device: generation, country: generation }),
  /**
   * Versions that only ask and freeze nothing, until somebody switches them back (H33): set by hand or by the
   * freeze-rate breaker.
   */
  alertOnly: z.array(z.object({ version: z.string(), at: z.string(), by: z.string(), reason: z.string() })),
  changedAt: z.string(),
  seq: z.int(),
  chain: z.string(),
});
export type RuleBoard = z.output<typeof boardSchema>;
export type AlertOnly = RuleBoard['alertOnly'][number];

/** As it is while nobody has changed anything: the rules that came with the code. */
export const firstBoard = (shipped: string): RuleBoard => ({
  live: shipped,
  earlier: [],
  shadows: [],
  entries: { card: 0, merchant: 0, device: 0, country: 0 },
  alertOnly: [],
  changedAt: new Date(0).toISOString(),
  seq: 0,
  chain: CHAIN_START,
});

/** The board without this version in shadow or share. */
export function withoutVersion(board: RuleBoard, version: string): RuleBoard {
  const { share, ...rest } = board;
  return {
    ...rest,
    shadows: board.shadows.filter((one) => one !== version),
    ...(share === undefined || share.version === version ? {} : { share }),
  };
}

export const withShadow = (board: RuleBoard, version: string): RuleBoard => {
  const without = withoutVersion(board, version);
  return { ...without, shadows: [...without.shadows, version] };
};

export const withShare = (board: RuleBoard, version: string, percent: number): RuleBoard => ({
  ...withoutVersion(board, version),
  share: { version, percent },
});

/** The set goes live; the one before it can be rolled back to. */
export const withLive = (board: RuleBoard, version: string): RuleBoard => ({
  ...withoutVersion(board, version),
  live: version,
  earlier: [...board.earlier, board.live].slice(-MOST_EARLIER),
});

/** Back to what was live before; undefined when nothing was. */
export function rolledBack(board: RuleBoard): RuleBoard | undefined {
  const before = board.earlier.at(-1);
  if (before === undefined) return undefined;
  return { ...withoutVersion(board, before), live: before, earlier: board.earlier.slice(0, -1) };
}

export const withAlertOnly = (board: RuleBoard, change: AlertOnly): RuleBoard => ({
  ...board,
  alertOnly: [...board.alertOnly.filter(({ version }) => version !== change.version), change],
});

export const withoutAlertOnly = (board: RuleBoard, version: string): RuleBoard => ({
  ...board,
  alertOnly: board.alertOnly.filter((one) => one.version !== version),
});

export const withEntriesChanged = (board: RuleBoard, kind: EntryKind, to: number): RuleBoard => ({
  ...board,
  entries: { ...board.entries, [kind]: to },
});
