import type { Database, Write } from '../platform/database.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketEffect } from '../ticket/ticket-effect.ts';
import { endVerification } from './end-verification.ts';
import { readSituation, type SituationDeps, type Standing, stillThere } from './read-situation.ts';
import { asFarAs, ended, usable, type Verification } from './verification.ts';
import { type VerificationEvent, verificationEntry } from './verification-entry.ts';
import type { Action } from './verification-policy.ts';
import type { VerificationStore } from './verification-store.ts';

export type { Standing } from './read-situation.ts';

export interface ProofDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
}

export interface ProofOf {
  readonly verificationId: string;
  readonly customerId: string;
  readonly action: Action;
}

/** Why a proof is no good for this; nobody learns of another's (I11). */
export type NoProof = 'not_yours' | 'not_proven' | 'over' | 'changed_since';

export type Proof =
  | {
      readonly outcome: 'proven';
      readonly verification: Verification;
      readonly standing: Standing;
      /** Uses it up, with the words for the ticket: once. */
      readonly use: (entry: {
        readonly type: VerificationEvent;
        /** What becomes of the ticket with it, and what that asks for. */
        readonly ticket?: Ticket;
        readonly effects?: readonly TicketEffect[];
      }) => readonly Write<unknown>[];
    }
  | { readonly outcome: NoProof }
  | 'changed';

/**
 * A passed verification of this customer for exactly this action, as it stands now: what it was bound to has not
 * changed and its factors still count. It is used up only by the writes it hands out.
 */
export async function readProof(deps: ProofDeps, of: ProofOf, now: Date): Promise<Proof> {
  const at = now.toISOString();
  const stored = await deps.verifications.get(of.verificationId);
  if (stored?.body.customerId !== of.customerId || stored.body.action !== of.action) {
    return { outcome: 'not_yours' };
  }
  const standing = await readSituation(deps, stored.body, { at });
  if (standing === undefined) return { outcome: 'not_yours' };
  const { requirement, bound, ticket } = standing;
  const verification = asFarAs({ ...stored.body, requirement }, at);
  const state = usable(verification, { at, bound, requirement });
  if (state === 'changed') {
    const end = { status: 'failed', reason: 'changed' } as const;
    return (await endVerification(deps, { stored, standing }, end, now)) ?? { outcome: 'changed_since' };
  }
  if (state !== 'usable') return { outcome: state === 'over' ? 'over' : 'not_proven' };
  const used = ended(verification, 'used', { at });
  if (used === undefined) return { outcome: 'over' };
  return {
    outcome: 'proven',
    verification,
    standing,
    use: ({ type, ticket: after, effects }) => [
      deps.verifications.save(stored, used),
      ...stillThere(deps, standing, at),
      ...(ticket === undefined
        ? []
        : deps.tickets.save(ticket, after ?? ticket.body, {
            now,
            entries: [verificationEntry(type, used)],
            effects,
          })),
    ],
  };
}
