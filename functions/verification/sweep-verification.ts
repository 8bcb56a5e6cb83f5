import type { Database } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { endingWrites } from './end-verification.ts';
import { readSituation, type SituationDeps } from './read-situation.ts';
import { areSpent } from './tries.ts';
import { isRunning } from './verification-states.ts';
import type { VerificationStore } from './verification-store.ts';

export type VerificationSwept = 'verification_expired' | 'verification_locked' | 'nothing_due';

/**
 * Ends a verification nobody finished in time; the card stays as it is. One whose last try was taken by a function
 * that died before it could say so is locked now, and a person brought in.
 */
export function createSweepVerification(
  deps: SweepVerificationDeps,
): (verificationId: string) => Promise<VerificationSwept> {
  return (verificationId) => retryWhenChanged(5, () => sweepOnce(deps, verificationId));
}

interface SweepVerificationDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
  readonly now: () => Date;
  readonly newTicketIds: () => Pick<Ticket, 'ticketId' | 'number'>;
}

async function sweepOnce(
  deps: SweepVerificationDeps,
  verificationId: string,
): Promise<VerificationSwept | 'changed'> {
  const now = deps.now();
  const at = now.toISOString();
  const stored = await deps.verifications.get(verificationId);
  if (stored?.body.dueAt === undefined || stored.body.dueAt > at) return 'nothing_due';
  if (!isRunning(stored.body.status)) return 'nothing_due';
  const standing = await readSituation(deps, stored.body, { at });
  if (standing === undefined) throw new Error('a verification without its card or alert');
  const spent = stored.body.status === 'pending' && areSpent(standing.tries);
  const end = spent
    ? ({ status: 'locked', reason: 'tries_spent', newTicketIds: deps.newTicketIds } as const)
    : ({ status: 'expired', reason: 'expired' } as const);
  const writes = endingWrites(deps, { stored, standing }, end, now) ?? [];
  if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
  return spent ? 'verification_locked' : 'verification_expired';
}
