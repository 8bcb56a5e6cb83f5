import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { Factor } from './factors.ts';
import type { Standing } from './read-situation.ts';
import { isBoundTo, type Verification, withPassedFactor } from './verification.ts';
import { verificationEntry } from './verification-entry.ts';
import type { VerificationStore } from './verification-store.ts';

export interface PassFactor {
  readonly stored: Versioned<Verification>;
  readonly standing: Standing;
  readonly factor: Factor;
  readonly now: Date;
}

/**
 * The writes of a factor that was shown, whatever its kind, with the words for the ticket. Undefined when this
 * verification takes it no more: over, changed since, or of a kind the policy does not accept now.
 */
export function passWrites(
  deps: { readonly verifications: VerificationStore; readonly tickets: TicketStore },
  { stored, standing, factor, now }: PassFactor,
): { readonly verification: Verification; readonly writes: readonly Write<unknown>[] } | undefined {
  if (!isBoundTo(stored.body, standing.bound)) return undefined;
  const after = withPassedFactor(stored.body, factor, standing.requirement, now.toISOString());
  if (after === undefined) return undefined;
  const { kind, by } = factor;
  const { ticket } = standing;
  const entries = [
    { ...verificationEntry('factor_passed', after, { kind, shownBy: by }) },
    ...(after.status === 'passed' ? [verificationEntry('verification_passed', after)] : []),
  ];
  return {
    verification: after,
    writes: [
      deps.verifications.save(stored, after),
      ...(ticket === undefined ? [] : deps.tickets.save(ticket, ticket.body, { now, entries })),
    ],
  };
}
