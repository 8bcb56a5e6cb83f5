import { type Alert, isConcludedFraud } from '../alert/alert.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Factor, stillCounts, withFactor } from './factors.ts';
import { type About, readSituation, type SituationDeps, type Standing } from './read-situation.ts';
import { releasesFor } from './releases.ts';
import { asFarAs, ended, isBoundTo, newVerification, type Verification } from './verification.ts';
import { verificationEntry } from './verification-entry.ts';
import type { Action } from './verification-policy.ts';
import { isRunning } from './verification-states.ts';
import type { VerificationStore } from './verification-store.ts';

export type Opened =
  | { readonly outcome: 'opened' | 'running'; readonly verification: Verification }
  | { readonly outcome: 'not_yours' }
  | { readonly outcome: 'closed' }
  /** No hold of this card is this customer's to lift by a proof of their own. */
  | { readonly outcome: 'nothing_to_lift' }
  /** Concluded as fraud: staff only. */
  | { readonly outcome: 'concluded' }
  | { readonly outcome: 'repeated' };

export interface OpenRequest {
  readonly customerId: string;
  readonly action: Action;
  readonly cardToken: string;
  readonly alertId?: string;
  /** Further writes of the same request, e.g. its answer. */
  readonly together: (verification: Verification, at: string) => readonly Write<unknown>[];
}

export interface OpenVerificationDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
  readonly now: () => Date;
  readonly newId: () => string;
}

/**
 * Opens a verification, or gives the one that runs already for the same customer, card, action and alert: whichever
 * channel asks, it is the same proof. A YES by SMS within its 15 minutes is in it as possession of the SIM.
 */
export function createOpenVerification(
  deps: OpenVerificationDeps,
): (request: OpenRequest) => Promise<Opened> {
  return (request) => retryWhenChanged(8, () => openOnce(deps, request));
}

async function openOnce(deps: OpenVerificationDeps, request: OpenRequest): Promise<Opened | 'changed'> {
  const now = deps.now();
  const at = now.toISOString();
  const latest = await deps.verifications.latest(request);
  const standing = await readSituation(deps, { ...request, factors: latest?.body.factors }, { at });
  if (standing === undefined) return { outcome: 'not_yours' };
  const hindrance = hindranceOf(request, standing);
  if (hindrance !== undefined) return { outcome: hindrance };
  const runs = latest && runningStill(latest.body, request, standing, at) ? latest.body : undefined;
  const verification = runs ?? opened(deps, request, { standing, latest, at });
  const writes: readonly Write<unknown>[] = [
    ...(runs === undefined ? opening(deps, verification, { standing, latest, now }) : []),
    ...request.together(verification, at),
  ];
  const committed = await deps.db.commit(writes);
  if (committed.outcome === 'done') {
    return { outcome: runs === undefined ? 'opened' : 'running', verification };
  }
  return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
}

/** Why there is nothing to prove here; undefined when there is. */
function hindranceOf(
  request: OpenRequest,
  { card, alert }: Standing,
): 'closed' | 'nothing_to_lift' | 'concluded' | undefined {
  if (request.action !== 'unfreeze') return undefined;
  if (card.body.closedAt !== undefined) return 'closed';
  if (alert !== undefined && isConcludedFraud(alert.body)) return 'concluded';
  return releasesFor(card.body, request).length === 0 ? 'nothing_to_lift' : undefined;
}

const runningStill = (latest: Verification, about: About, standing: Standing, at: string): boolean =>
  isRunning(latest.status) &&
  at <= latest.expiresAt &&
  latest.alertId === about.alertId &&
  isBoundTo(latest, standing.bound);

function opened(
  deps: OpenVerificationDeps,
  request: OpenRequest,
  { standing, latest, at }: { standing: Standing; latest: Versioned<Verification> | undefined; at: string },
): Verification {
  const { customerId, action, cardToken, alertId } = request;
  const { requirement } = standing;
  const { removedDevices: _, ...bound } = standing.bound;
  const factors = [
    ...(latest === undefined ? [] : carriedOver(latest.body, request, standing)),
    ...claimFactor(standing),
  ];
  const verification = newVerification({
    verificationId: deps.newId(),
    customerId,
    cardToken,
    action,
    alertId,
    ticketId: standing.ticket?.body.ticketId,
    incident: standing.triesOf.incident,
    requirement,
    bound,
    factors: latestOfKind(factors.filter((factor) => stillCounts(factor, at))).filter(({ kind }) =>
      requirement.accepted.includes(kind),
    ),
    at,
  });
  return asFarAs(verification, at);
}

/** A factor counts 15 minutes, also when the verification it was shown in ran out before. */
function carriedOver(latest: Verification, about: About, { bound }: Standing): readonly Factor[] {
  const ranOut = latest.status === 'expired' || isRunning(latest.status);
  return ranOut && latest.alertId === about.alertId && isBoundTo(latest, bound) ? latest.factors : [];
}

/** The YES by SMS that claimed the alert, from the phone the customer still has. */
function claimFactor({ alert, contact }: Standing): readonly Factor[] {
  if (alert === undefined || !claimedByText(alert.body)) return [];
  if (contact?.phoneDigest === undefined || contact.phoneDigest !== alert.body.phoneDigest) return [];
  const { claim, claimedAt = claim.sentAt } = alert.body;
  // The provider's clock may be ahead of ours; that must not make the factor last longer.
  return [{ kind: 'sim', by: 'sms_yes', at: claim.sentAt < claimedAt ? claim.sentAt : claimedAt }];
}

const claimedByText = (alert: Alert): alert is Alert & { claim: NonNullable<Alert['claim']> } =>
  alert.status === 'claimed_genuine' && alert.claim?.channel === 'sms';

const latestOfKind = (factors: readonly Factor[]): Factor[] =>
  [...factors].sort((a, b) => (a.at < b.at ? -1 : 1)).reduce(withFactor, [] as Factor[]);

function opening(
  deps: OpenVerificationDeps,
  verification: Verification,
  { standing, latest, now }: { standing: Standing; latest: Versioned<Verification> | undefined; now: Date },
): readonly Write<unknown>[] {
  const at = now.toISOString();
  const over = latest && ended(latest.body, replacedAs(latest.body, at), { at, reason: 'replaced' });
  const { ticket } = standing;
  return [
    ...(latest !== undefined && over !== undefined ? [deps.verifications.save(latest, over)] : []),
    ...deps.verifications.open(verification, latest?.body.verificationId),
    ...(ticket === undefined
      ? []
      : deps.tickets.save(ticket, ticket.body, {
          now,
          entries: [verificationEntry('verification_started', verification)],
        })),
  ];
}

const replacedAs = (latest: Verification, at: string) => (latest.expiresAt < at ? 'expired' : 'failed');

const isRequestKnown = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'request' in refusal;
