import type { Write } from '../platform/database.ts';
import type { StoredDecision } from '../transaction/decision.ts';
import { applyTransaction, dropConfirmed, encodeProfile, ringEntriesToConfirm } from './profile.ts';
import { type Case, type ScreenDeps, sameOrConflict } from './screen-case.ts';
import type { Screened } from './screened.ts';

/** Lets entries leave the ring whose decisions were seen to exist; what was not seen stays. */
export async function trimmed(deps: ScreenDeps, current: Case): Promise<Case> {
  const old = ringEntriesToConfirm(current.profile, current.now.getTime()).map((entry) => entry.idDigest);
  if (old.length === 0) return current;
  const existing = await deps.transactions.existing(current.event.cardToken, old);
  return { ...current, profile: dropConfirmed(current.profile, existing) };
}

/** A decision that exists already is a repeat older than the ring, or the same id with another body. */
export async function afterCommit(
  deps: ScreenDeps,
  current: Case,
  writes: readonly Write<unknown>[],
  done: Screened,
): Promise<Screened | 'changed'> {
  const committed = await deps.db.commit(writes);
  if (committed.outcome === 'done') return done;
  const stored = await deps.transactions.decision(current.event.cardToken, current.event.transactionId);
  if (stored === undefined) return 'changed';
  return sameOrConflict(current, stored);
}

/** The profile with this transaction counted. */
export function profileWrite(
  deps: ScreenDeps,
  current: Case,
  outcome: StoredDecision['outcome'],
  addToRing: boolean,
) {
  const profile = applyTransaction(current.profile, current.event, {
    idDigest: current.idDigest,
    bodyDigest: current.bodyDigest,
    receivedAt: current.now.getTime(),
    outcome,
    addToRing,
  });
  return deps.transactions.saveProfile(current.event.cardToken, current.stored, encodeProfile(profile));
}
