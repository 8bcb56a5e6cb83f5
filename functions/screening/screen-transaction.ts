import type { Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { StoredDecision } from '../transaction/decision.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import { type Decision, decide, isStale } from './decide.ts';
import {
  applyTransaction,
  dropConfirmed,
  emptyProfile,
  encodeProfile,
  findInRing,
  isRingAuthoritative,
  isRingFull,
  isSameBody,
  ringEntriesToConfirm,
} from './profile.ts';
import { type Case, caseOf, type ScreenDeps } from './screen-case.ts';
import type { Screened } from './screened.ts';
import { suspicionOf } from './suspicion.ts';
import type { PassUsed } from './use-pass.ts';

/**
 * Judges one authorisation exactly once (I3, I4). Cleared: profile first (its ring proves the count), then the
 * decision. Suspicious, or where the ring cannot prove that the event is new: everything in one transaction.
 */
export function createScreenTransaction(
  deps: ScreenDeps,
): (event: TransactionAuthorized) => Promise<Screened> {
  return (event) => {
    let consistent = false;
    return retryWhenChanged(8, async () => {
      const state = await deps.readState(event.cardToken, event.merchant.id, { consistent });
      // What was read may be old; the write finds out, and then the next read must not be.
      consistent = true;
      const current = caseOf(event, state, deps.now());
      const known = findInRing(current.profile, current.idDigest);
      if (known !== undefined) {
        if (!isSameBody(known, current.bodyDigest)) return { outcome: 'conflict' };
        return repeated(deps, current, known);
      }
      const { profile, merchant } = current;
      const decision = decide({ profile, merchant, transaction: event, ruleSet: deps.ruleSet });
      if (decision.outcome !== 'clear') return suspicious(deps, current, decision);
      const occurredAt = Date.parse(event.occurredAt);
      const plain = isRingAuthoritative(profile, occurredAt) && !isRingFull(profile);
      const screened = await (plain ? cleared(deps, current) : clearedAtOnce(deps, current));
      if (screened !== 'changed' && screened.outcome === 'clear') await deps.noteSighting(event, state.risk);
      return screened;
    });
  };
}

/** Seen before: its decision is written again should a crash have come between profile and decision. */
async function repeated(
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

/** The ring keeps whole seconds: so does the decision, or a rebuilt one would differ. */
const wholeSecond = (now: Date): string => new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString();

function clearDecision(deps: ScreenDeps, current: Case, receivedAt: string, pass?: string): StoredDecision {
  const { bodyDigest: digest, event } = current;
  return deps.decisionOf(event, {
    bodyDigest: digest,
    outcome: 'clear',
    ruleSetVersion: deps.ruleSet.version,
    modelVersion: null,
    receivedAt,
    pass,
  });
}

async function cleared(deps: ScreenDeps, current: Case): Promise<Screened | 'changed'> {
  const { cardToken } = current.event;
  const profile = profileWrite(deps, await trimmed(deps, current), 'clear', true);
  if ((await deps.db.commit([profile])).outcome === 'refused') return 'changed';
  const decision = clearDecision(deps, current, wholeSecond(current.now));
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

const sameOrConflict = (current: Case, stored: StoredDecision | undefined): Screened =>
  stored === undefined || stored.bodyDigest === current.bodyDigest
    ? { outcome: 'repeated' }
    : { outcome: 'conflict' };

/** Lets entries leave the ring whose decisions were seen to exist; what was not seen stays. */
async function trimmed(deps: ScreenDeps, current: Case): Promise<Case> {
  const old = ringEntriesToConfirm(current.profile, current.now.getTime()).map((entry) => entry.idDigest);
  if (old.length === 0) return current;
  const existing = await deps.transactions.existing(current.event.cardToken, old);
  return { ...current, profile: dropConfirmed(current.profile, existing) };
}

async function clearedAtOnce(
  deps: ScreenDeps,
  current: Case,
  pass?: PassUsed,
): Promise<Screened | 'changed'> {
  const trimmedCase = await trimmed(deps, current);
  const decision = clearDecision(deps, current, wholeSecond(current.now), pass?.alertId);
  const writes: readonly Write<unknown>[] = [
    ...(pass?.writes ?? []),
    profileWrite(deps, trimmedCase, 'clear', !isRingFull(trimmedCase.profile)),
    deps.transactions.saveDecision(current.event.cardToken, decision),
  ];
  return afterCommit(deps, current, writes, { outcome: 'clear', pass: pass?.alertId });
}

async function suspicious(
  deps: ScreenDeps,
  current: Case,
  decision: Decision,
): Promise<Screened | 'changed'> {
  const { event } = current;
  const pass = await deps.usePass(event);
  if (pass !== undefined) return clearedAtOnce(deps, current, pass);
  const severity = decision.outcome === 'freeze' ? 'freeze' : 'alert';
  const raised = await deps.raiseAlert({
    suspicion: suspicionOf(event, decision),
    severity,
    cardToken: event.cardToken,
    cardholderId: event.cardholderId,
    accountOwnerId: event.accountOwnerId,
    ruleSetVersion: decision.ruleSetVersion,
    modelVersion: decision.modelVersion,
    stale: isStale(event, current.now.getTime(), deps.ruleSet),
  });
  const trimmedCase = await trimmed(deps, current);
  const stored = deps.decisionOf(event, {
    bodyDigest: current.bodyDigest,
    outcome: severity,
    ruleSetVersion: decision.ruleSetVersion,
    modelVersion: decision.modelVersion,
    receivedAt: wholeSecond(current.now),
  });
  const writes: readonly Write<unknown>[] = [
    profileWrite(deps, trimmedCase, severity, !isRingFull(trimmedCase.profile)),
    deps.transactions.saveDecision(event.cardToken, stored),
    ...(raised?.writes ?? []),
  ];
  return afterCommit(deps, current, writes, {
    outcome: severity,
    alertId: raised?.alertId,
    ticketNumber: raised?.ticketNumber,
    how: raised?.how ?? 'card_closed',
    reasons: decision.reasons.map((reason) => reason.code),
    transactionId: event.transactionId,
  });
}

/** A decision that exists already is a repeat older than the ring, or the same id with another body. */
async function afterCommit(
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

function profileWrite(
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
