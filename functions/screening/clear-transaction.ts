import type { Write } from '../platform/database.ts';
import type { StoredDecision } from '../transaction/decision.ts';
import type { Judged } from './judged.ts';
import { emptyProfile, encodeProfile, isRingFull } from './profile.ts';
import { type Case, type ScreenDeps, sameOrConflict, wholeSecond } from './screen-case.ts';
import type { Screened } from './screened.ts';
import { afterCommit, profileWrite, trimmed } from './store-decision.ts';
import type { PassUsed } from './use-pass.ts';

/** Why something suspicious was cleared. */
export interface ClearedWhy {
  readonly pass?: PassUsed;
  /** Id of the allow entry. */
  readonly allowed?: string;
}

/**
 * Seen before: its decision is written again should a crash have come between profile and decision. The profile counts it
 * by now, so that what it was made of is lost (`judged`); the outcome stands in the ring.
 */
export async function repeated(
  deps: ScreenDeps,
  current: Case,
  known: { outcome: StoredDecision['outcome']; receivedAt: number },
): Promise<Screened> {
  if (known.outcome === 'clear') {
    const receivedAt = new Date(known.receivedAt).toISOString();
    await deps.db.commit([
      deps.transactions.saveDecision(current.event.cardToken, clearDecision(deps, current, receivedAt)),
    ]);
  }
  return { outcome: 'repeated' };
}

function clearDecision(
  deps: ScreenDeps,
  current: Case,
  receivedAt: string,
  why: Pick<StoredDecision, 'pass' | 'allowed' | 'judged'> = {},
): StoredDecision {
  const { bodyDigest: digest, event, ruleSet } = current;
  return deps.decisionOf(event, {
    bodyDigest: digest,
    outcome: 'clear',
    ruleSetVersion: ruleSet.version,
    modelVersion: ruleSet.modelPoints?.version ?? null,
    receivedAt,
    ...why,
  });
}

/** Cleared by the rules alone: two plain writes, the profile first. */
export async function cleared(
  deps: ScreenDeps,
  current: Case,
  judged: Judged,
): Promise<Screened | 'changed'> {
  const { cardToken } = current.event;
  const profile = profileWrite(deps, await trimmed(deps, current), 'clear', true);
  if ((await deps.db.commit([profile])).outcome === 'refused') return 'changed';
  const decision = clearDecision(deps, current, wholeSecond(current.now), { judged });
  const saved = await deps.db.commit([deps.transactions.saveDecision(cardToken, decision)]);
  if (saved.outcome === 'done') return { outcome: 'clear' };
  // A copy that came between the two writes found our count in the ring and wrote this very decision from it.
  const stored = saved.refusals[0]?.stored;
  if (stored?.receivedAt === decision.receivedAt) return sameOrConflict(current, stored);
  return takeBack(deps, current, stored);
}

/**
 * The id was decided before, longer ago than the ring remembers, and came with a fresh time: the count just written
 * is taken out again, unless another transaction of the card was counted on top of it meanwhile.
 */
async function takeBack(deps: ScreenDeps, current: Case, decided?: StoredDecision): Promise<Screened> {
  const { event, stored } = current;
  const written = { bytes: new Uint8Array(), lock: (stored?.lock ?? 0) + 1 };
  const before = stored?.bytes ?? encodeProfile(emptyProfile());
  await deps.db.commit([deps.transactions.saveProfile(event.cardToken, written, before)]);
  return sameOrConflict(current, decided);
}

/** Cleared in one transaction: where the ring proves nothing, or something suspicious was let through. */
export async function clearedAtOnce(
  deps: ScreenDeps,
  current: Case,
  judged: Judged,
  { pass, allowed }: ClearedWhy,
): Promise<Screened | 'changed'> {
  const trimmedCase = await trimmed(deps, current);
  const why = { pass: pass?.alertId, allowed };
  const decision = clearDecision(deps, current, wholeSecond(current.now), { ...why, judged });
  const writes: readonly Write<unknown>[] = [
    ...(pass?.writes ?? []),
    profileWrite(deps, trimmedCase, 'clear', !isRingFull(trimmedCase.profile)),
    deps.transactions.saveDecision(current.event.cardToken, decision),
  ];
  return afterCommit(deps, current, writes, { outcome: 'clear', ...why });
}
