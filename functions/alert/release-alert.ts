import { type Card, liftHolds } from '../card/card.ts';
import { openPass, withPasses } from '../card/pass.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { moved, type Ticket } from '../ticket/ticket.ts';
import type { endVerification } from '../verification/end-verification.ts';
import type { readSituation, SituationDeps, Standing, stillThere } from '../verification/read-situation.ts';
import { releasesFor } from '../verification/releases.ts';
import { asFarAs, ended, usable, type Verification } from '../verification/verification.ts';
import { verificationEntry } from '../verification/verification-entry.ts';
import type { VerificationStore } from '../verification/verification-store.ts';
import { type Alert, isConcludedFraud } from './alert.ts';
import { settledEvent } from './alert-event.ts';
import { mayMove } from './alert-states.ts';
import { labelAfter } from './label.ts';
import { OF_THE_ALERT } from './settle-alert.ts';

export type Released =
  | { readonly outcome: 'released'; readonly card: Card }
  | { readonly outcome: 'not_yours' }
  /** Fewer than two kinds, or they lapsed, or the policy still waits. */
  | { readonly outcome: 'not_proven' }
  /** Used before, or ended. */
  | { readonly outcome: 'over' }
  /** The hold is another one by now: further suspicious transactions joined, or a hold was added (I2). */
  | { readonly outcome: 'changed_since' }
  | { readonly outcome: 'concluded' }
  | { readonly outcome: 'nothing_to_lift' }
  | { readonly outcome: 'repeated' };

export interface ReleaseRequest {
  readonly customerId: string;
  readonly cardToken: string;
  readonly verificationId: string;
  /** Further writes of the same request, e.g. its answer. */
  readonly together: (card: Card) => readonly Write<unknown>[];
}

export interface ReleaseDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
  readonly readSituation: typeof readSituation;
  readonly stillThere: typeof stillThere;
  readonly endVerification: typeof endVerification;
  readonly now: () => Date;
}

/**
 * Lifts what a passed verification was opened for, once. In one commit: the verification is used, our hold lifted, the
 * alert settled genuine, the pass opened, the ticket told, the issuer asked (I2). Whatever the proof was bound to must
 * still stand at that moment; what is another's, lost, closed or concluded as fraud is never touched.
 */
export function createReleaseCard(deps: ReleaseDeps): (request: ReleaseRequest) => Promise<Released> {
  return (request) => retryWhenChanged(8, () => releaseOnce(deps, request));
}

async function releaseOnce(deps: ReleaseDeps, request: ReleaseRequest): Promise<Released | 'changed'> {
  const now = deps.now();
  const at = now.toISOString();
  const stored = await deps.verifications.get(request.verificationId);
  if (stored === undefined || !isFor(stored.body, request)) return { outcome: 'not_yours' };
  const standing = await deps.readSituation(deps, stored.body, { at });
  if (standing === undefined) return { outcome: 'not_yours' };
  const { requirement, bound, alert } = standing;
  if (alert !== undefined && isConcludedFraud(alert.body)) return { outcome: 'concluded' };
  const proof = asFarAs({ ...stored.body, requirement }, at);
  const use = usable(proof, { at, bound, requirement });
  if (use === 'changed') {
    // The proof was of something else; it is void for good.
    const end = { status: 'failed', reason: 'changed' } as const;
    return (await deps.endVerification(deps, { stored, standing }, end, now)) ?? { outcome: 'changed_since' };
  }
  if (use !== 'usable') return { outcome: use === 'over' ? 'over' : 'not_proven' };
  const release = releaseOf(proof, standing, now);
  if (release === undefined) return { outcome: 'nothing_to_lift' };
  const committed = await deps.db.commit([
    ...writesOf(deps, { stored, proof, standing }, release, now),
    ...request.together(release.card),
  ]);
  if (committed.outcome === 'done') return { outcome: 'released', card: release.card };
  return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
}

const isFor = (verification: Verification, { customerId, cardToken }: ReleaseRequest): boolean =>
  verification.customerId === customerId &&
  verification.cardToken === cardToken &&
  verification.action === 'unfreeze';

interface Release {
  readonly card: Card;
  readonly alert?: Alert;
  readonly ticket?: Ticket;
}

/** Card, alert and ticket after the release; undefined when there is nothing this proof may lift. */
function releaseOf(proof: Verification, standing: Standing, now: Date): Release | undefined {
  const at = now.toISOString();
  const alert = standing.alert?.body;
  if (alert !== undefined && !mayMove(alert.status, 'settled_genuine', { by: 'proof', held: true })) {
    return undefined;
  }
  const lifted = liftHolds(standing.card.body, releasesFor(standing.card.body, proof));
  if (lifted === undefined) return undefined;
  if (alert === undefined) return { card: lifted, ticket: standing.ticket?.body };
  const by = `customer:${proof.customerId}`;
  const label = labelAfter(alert.label, { value: 'genuine', provisional: false, at, by });
  const passes = alert.transactions.flatMap((one) => openPass({ alertId: alert.alertId, ...one }, at) ?? []);
  return {
    card: withPasses(lifted, passes, at),
    alert: {
      ...{ ...alert, status: 'settled_genuine', label },
      ...{ settledAt: at, dueAt: undefined, expiresAt: undefined },
    },
    ticket: standing.ticket && ticketAfter(standing.ticket.body, alert, lifted, at),
  };
}

/** Resolved where the alert is all there is to the case; else a person's, or another alert's, as it was. */
function ticketAfter(ticket: Ticket, alert: Alert, lifted: Card, at: string): Ticket {
  const { fraud, lost } = lifted.holds;
  const byAlert = ticket.queuedReason === undefined || OF_THE_ALERT.includes(ticket.queuedReason);
  const alone = ticket.claimedBy === undefined && ticket.joined === undefined;
  const isAll = ticket.alertId === alert.alertId && alone && byAlert;
  const resolved =
    isAll && fraud === undefined && lost === undefined ? moved(ticket, 'resolved', at) : undefined;
  return resolved ? { ...resolved, resolvedAt: at, resolution: 'genuine' } : ticket;
}

function writesOf(
  deps: ReleaseDeps,
  { stored, proof, standing }: { stored: Versioned<Verification>; proof: Verification; standing: Standing },
  released: Release,
  now: Date,
): readonly Write<unknown>[] {
  const used = ended(proof, 'used', { at: now.toISOString() });
  if (used === undefined) throw new Error('a usable verification could not be used');
  const { alert, ticket } = standing;
  const by = `customer:${proof.customerId}`;
  const type = alert === undefined ? 'customer_hold_lifted' : 'fraud_hold_lifted';
  const factors = used.factors.map(({ kind }) => kind);
  return [
    deps.verifications.save(stored, used),
    ...deps.stillThere(deps, standing, now.toISOString()),
    ...deps.cards.saveHolds(standing.card, released.card, { now, by, type }),
    ...(alert && released.alert ? deps.alerts.save(alert, released.alert) : []),
    ...(ticket && released.ticket
      ? deps.tickets.save(ticket, released.ticket, {
          now,
          entries: [verificationEntry('card_released', used, { factors, lifted: type })],
          effects: released.alert && [settledEvent(released.alert, released.ticket)],
        })
      : []),
  ];
}

const isRequestKnown = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'request' in refusal;
