import type { Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import { cleared, clearedAtOnce, repeated } from './clear-transaction.ts';
import { type Decision, decide, isStale } from './decide.ts';
import { allowedBy, type Entry, isBlocked, matchingEntries } from './entries.ts';
import type { Judged } from './judged.ts';
import { findInRing, isRingAuthoritative, isRingFull, isSameBody } from './profile.ts';
import { judgedOf } from './replay-decision.ts';
import { modelOf } from './rules-in-force.ts';
import { type Case, caseOf, type ScreenDeps, wholeSecond } from './screen-case.ts';
import { isDecided, type Screened } from './screened.ts';
import { compareWithLive } from './shadow-comparison.ts';
import { afterCommit, profileWrite, trimmed } from './store-decision.ts';
import { suspicionOf } from './suspicion.ts';

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
      // Side by side: rules are read once in a while only, and then cost no time of their own.
      const [state, active] = await Promise.all([
        deps.readState(event.cardToken, event.merchant.id, { consistent }),
        deps.rules.current(),
      ]);
      // What was read may be old; the write finds out, and then the next read must not be.
      consistent = true;
      const current = caseOf({ event, state, active, now: deps.now() });
      const known = findInRing(current.profile, current.idDigest);
      if (known !== undefined) {
        if (!isSameBody(known, current.bodyDigest)) return { outcome: 'conflict' };
        return repeated(deps, current, known);
      }
      const { profile, merchant, ruleSet } = current;
      const entries = matchingEntries(active.entries, event);
      const model = modelOf(active, ruleSet);
      const alertOnly = active.switches.alertOnly.has(ruleSet.version);
      const input = { profile, merchant, transaction: event, ruleSet, model, entries, alertOnly };
      const decision = decide(input);
      const screened = await byOutcome(deps, current, decision, entries);
      if (!isDecided(screened)) return screened;
      deps.shadows?.note(event, compareWithLive(active, input, decision));
      if (screened.outcome === 'clear') await deps.noteSighting(event, state.risk);
      return screened;
    });
  };
}

function byOutcome(
  deps: ScreenDeps,
  current: Case,
  decision: Decision,
  entries: readonly Entry[],
): Promise<Screened | 'changed'> {
  const { profile, event } = current;
  const judged = judgedOf(decision, entries);
  if (decision.outcome !== 'clear') return suspicious(deps, current, { decision, judged, entries });
  if (decision.ruled !== 'clear')
    return clearedAtOnce(deps, current, judged, { allowed: allowedBy(entries) });
  const plain = isRingAuthoritative(profile, Date.parse(event.occurredAt)) && !isRingFull(profile);
  return plain ? cleared(deps, current, judged) : clearedAtOnce(deps, current, judged, {});
}

async function suspicious(
  deps: ScreenDeps,
  current: Case,
  {
    decision,
    judged,
    entries,
  }: { readonly decision: Decision; readonly judged: Judged; readonly entries: readonly Entry[] },
): Promise<Screened | 'changed'> {
  const { event } = current;
  // What the bank blocks, no customer's proof lets through.
  const pass = isBlocked(entries) ? undefined : await deps.usePass(event);
  if (pass !== undefined) return clearedAtOnce(deps, current, judged, { pass });
  const severity = decision.outcome === 'freeze' ? 'freeze' : 'alert';
  const raised = await deps.raiseAlert({
    suspicion: suspicionOf(event, decision, { ruleSet: current.ruleSet.ruleSet, judged }),
    severity,
    cardToken: event.cardToken,
    cardholderId: event.cardholderId,
    accountOwnerId: event.accountOwnerId,
    ruleSetVersion: decision.ruleSetVersion,
    modelVersion: decision.modelVersion,
    stale: isStale(event, current.now.getTime(), current.ruleSet),
  });
  const trimmedCase = await trimmed(deps, current);
  const stored = deps.decisionOf(event, {
    bodyDigest: current.bodyDigest,
    outcome: severity,
    ruleSetVersion: decision.ruleSetVersion,
    modelVersion: decision.modelVersion,
    alertOnly: decision.alertOnly,
    receivedAt: wholeSecond(current.now),
    judged,
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
