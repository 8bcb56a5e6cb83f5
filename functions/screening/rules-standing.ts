import { hash } from 'node:crypto';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { firstBoard, type RuleBoard } from './rule-board.ts';
import type { Keeper, RuleSetRecord } from './rule-set.ts';
import type { RuleSetStore } from './rule-set-store.ts';
import type { BoardEntry, RuleStore } from './rule-store.ts';
import type { RuleSet } from './rules.ts';
import type { Models } from './rules-in-force.ts';

/** What every change of rules needs. */
export interface RulesDeps {
  readonly db: Database;
  readonly rules: RuleStore;
  readonly ruleSets: RuleSetStore;
  readonly now: () => Date;
  /** The models at hand, by version. */
  readonly models: Pick<Models, 'has'>;
  /** The rules that came with the code: what is live while nothing was ever changed. */
  readonly shipped: RuleSet;
}

/** Writes that go with a change, e.g. the remembered answer to its request. */
export type Together<Of> = (of: Of) => readonly Write<unknown>[];
export const alone = (): readonly Write<unknown>[] => [];

/** Who is said to have written the rules that came with the code: nobody who could approve anything. */
const SHIPPED_BY: Keeper = { id: 'cardguard', name: 'cardguard' };

/** The board as it stands, and the version a change is about. */
export interface Standing {
  readonly stored: Versioned<RuleBoard> | undefined;
  readonly board: RuleBoard;
}

export async function readBoard({ rules, shipped }: RulesDeps): Promise<Standing> {
  const stored = await rules.board();
  return { stored, board: stored?.body ?? firstBoard(shipped.version) };
}

/** The record of the shipped rules before anything was stored of them. */
export function shippedRecord(shipped: RuleSet): RuleSetRecord {
  const at = new Date(0).toISOString();
  return {
    version: shipped.version,
    state: 'live',
    author: SHIPPED_BY,
    createdAt: at,
    stateAt: at,
    note: 'came with the code',
    rules: shipped.rules.length,
    digest: digestOf(JSON.stringify(shipped)),
  };
}

export const digestOf = (json: string): string => hash('sha256', json, 'hex');

/**
 * All of a change: the board with its journal entry, whatever else it writes, and, with the very first change, the
 * shipped rules, so that they can be rolled back to when the code has long shipped others.
 */
export function changeOfBoard(
  deps: RulesDeps,
  { stored }: Standing,
  board: RuleBoard,
  entry: Omit<BoardEntry, 'at'>,
): readonly Write<unknown>[] {
  const { rules, ruleSets, shipped } = deps;
  const at = deps.now().toISOString();
  const change = rules.saveBoard(stored, board, { ...entry, at });
  if (stored !== undefined) return change;
  const json = JSON.stringify(shipped);
  return [
    ...change,
    rules.saveBody(shipped.version, json, digestOf(json)),
    ruleSets.save(undefined, shippedRecord(shipped)),
  ];
}

/**
 * Commits a change and returns what it came to. `repeated`: another delivery of the same request was faster; `changed`:
 * to be decided again on what stands now.
 */
export async function commitChange<Done>(
  { db }: Pick<RulesDeps, 'db'>,
  writes: readonly Write<unknown>[],
  done: Done,
): Promise<Done | { readonly outcome: 'repeated' } | 'changed'> {
  const committed = await db.commit(writes);
  if (committed.outcome === 'done') return done;
  return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
}
