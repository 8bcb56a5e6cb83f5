import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { maskForStorage } from '../platform/mask.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { passWrites } from './pass-factor.ts';
import { readSituation, type SituationDeps, type Standing } from './read-situation.ts';
import { type Approval, approvalEntryData, bothOf, grant, propose, type Staff } from './staff-approval.ts';
import type { ApprovalStore } from './staff-approval-store.ts';
import { isBoundTo, type Verification } from './verification.ts';
import type { VerificationStore } from './verification-store.ts';

export interface VouchDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
  readonly approvals: ApprovalStore;
  readonly now: () => Date;
}

export type VouchProposed =
  | { readonly outcome: 'proposed' | 'waits_already'; readonly approval: Approval }
  /** Another agent has asked, and that waits. */
  | { readonly outcome: 'taken'; readonly approval: Approval }
  /** `over`: it takes no factors any more. `not_claimed`: only who has the customer's ticket in hand asks. */
  | { readonly outcome: 'not_found' | 'over' | 'not_claimed' | 'repeated' };

interface Open {
  readonly stored: Versioned<Verification>;
  readonly standing: Standing;
}

async function readOpen(deps: VouchDeps, verificationId: string, at: string) {
  const stored = await deps.verifications.get(verificationId);
  const standing = stored && (await readSituation(deps, stored.body, { at }));
  if (stored === undefined || standing === undefined) return { outcome: 'not_found' } as const;
  const { status, expiresAt } = stored.body;
  const open = status === 'pending' && expiresAt >= at && isBoundTo(stored.body, standing.bound);
  return open ? ({ outcome: 'open', stored, standing } as const) : ({ outcome: 'over' } as const);
}

/** An agent who has the ticket in hand vouches for its customer; it counts when another agent grants it (D5). */
export function createProposeVouch(deps: VouchDeps) {
  return (
    request: { verificationId: string; reason: string; by: Staff },
    together: (proposed: {
      readonly outcome: 'proposed' | 'waits_already';
      readonly approval: Approval;
    }) => readonly Write<unknown>[],
  ): Promise<VouchProposed> =>
    retryWhenChanged<VouchProposed>(8, async () => {
      const now = deps.now();
      const open = await readOpen(deps, request.verificationId, now.toISOString());
      if (open.outcome !== 'open') return open;
      const { ticket } = open.standing;
      if (ticket === undefined || ticket.body.claimedBy !== request.by.id) return { outcome: 'not_claimed' };
      const before = await deps.approvals.get('vouch', request.verificationId);
      const asked = askedFor(open, ticket.body, request);
      const proposal = propose(before?.body, asked, now.toISOString());
      if (proposal.outcome === 'taken') return proposal;
      const { approval } = proposal;
      const entry = {
        type: 'vouch_proposed' as const,
        by: `agent:${request.by.id}`,
        data: approvalEntryData(approval),
        words: approval.reason,
      };
      const asks = [
        deps.approvals.save(before, approval),
        ...deps.tickets.save(ticket, ticket.body, { now, entries: [entry] }),
      ];
      const writes: readonly Write<unknown>[] = [
        ...(proposal.outcome === 'proposed' ? asks : []),
        ...together(proposal),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return proposal;
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

function askedFor({ stored }: Open, ticket: Ticket, request: { reason: string; by: Staff }) {
  const { verificationId, customerId, cardToken, action } = stored.body;
  return {
    kind: 'vouch',
    subjectId: verificationId,
    ticketId: ticket.ticketId,
    ticketNumber: ticket.number,
    ...{ customerId, cardToken, action },
    reason: maskForStorage(request.reason),
    proposedBy: request.by,
  } as const;
}

export type Vouched =
  | { readonly outcome: 'granted'; readonly approval: Approval; readonly verification: Verification }
  | { readonly outcome: 'not_found' | 'over' | 'nothing_waits' | 'same_person' | 'repeated' };

/** Another agent grants it: the factor `staff` is passed, in the name of both. Of two at once, one does. */
export function createApproveVouch(deps: VouchDeps) {
  return (
    request: { verificationId: string; by: Staff },
    together: (granted: {
      readonly approval: Approval;
      readonly verification: Verification;
    }) => readonly Write<unknown>[],
  ): Promise<Vouched> =>
    retryWhenChanged<Vouched>(8, async () => {
      const now = deps.now();
      const at = now.toISOString();
      const [open, before] = await Promise.all([
        readOpen(deps, request.verificationId, at),
        deps.approvals.get('vouch', request.verificationId),
      ]);
      if (open.outcome === 'not_found') return open;
      const granted = grant(before?.body, request.by, at);
      if (granted.outcome !== 'granted') return granted;
      if (open.outcome !== 'open') return open;
      const { approval } = granted;
      const factor = { kind: 'staff', by: bothOf(approval), at } as const;
      const passed = passWrites(deps, { ...open, factor, now });
      if (passed === undefined) return { outcome: 'over' };
      const { verification } = passed;
      const committed = await deps.db.commit<unknown>([
        deps.approvals.save(before, approval),
        ...passed.writes,
        ...together({ approval, verification }),
      ]);
      if (committed.outcome === 'done') return { outcome: 'granted', approval, verification };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
