import type { Database, Write } from '../platform/database.ts';
import { maskForStorage } from '../platform/mask.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import {
  type Approval,
  type ApprovalKind,
  approvalEntryData,
  decline,
  type Staff,
} from './staff-approval.ts';
import type { ApprovalStore } from './staff-approval-store.ts';

export interface DeclineDeps {
  readonly db: Database;
  readonly approvals: ApprovalStore;
  readonly tickets: TicketStore;
  readonly now: () => Date;
}

export type ApprovalDeclined =
  | { readonly outcome: 'declined'; readonly approval: Approval }
  | { readonly outcome: 'not_found' | 'nothing_waits' | 'repeated' };

/** Who says no to their own wish takes it back. */
const entryTypes = {
  vouch: { declined: 'vouch_declined', withdrawn: 'vouch_withdrawn' },
  undo_not_mine: { declined: 'undo_not_mine_declined', withdrawn: 'undo_not_mine_withdrawn' },
} as const;

/**
 * Another agent says no to what one asked for, with a reason, or who asked takes it back. Nothing is given to anybody; the
 * ticket tells it. Of a no and a yes at once, one counts.
 */
export function createDeclineApproval(deps: DeclineDeps) {
  return (
    request: {
      readonly kind: ApprovalKind;
      readonly subjectId: string;
      readonly reason: string;
      readonly by: Staff;
    },
    together: (approval: Approval) => readonly Write<unknown>[],
  ): Promise<ApprovalDeclined> =>
    retryWhenChanged<ApprovalDeclined>(8, async () => {
      const now = deps.now();
      const { kind, subjectId, by } = request;
      const before = await deps.approvals.get(kind, subjectId);
      const ticket = before && (await deps.tickets.get(before.body.ticketId));
      if (before === undefined || ticket === undefined) return { outcome: 'not_found' };
      const declined = decline(before.body, by, now.toISOString());
      if (declined.outcome === 'nothing_waits') return declined;
      const { approval } = declined;
      const entry = {
        type: entryTypes[kind][approval.proposedBy.id === by.id ? 'withdrawn' : 'declined'],
        by: `agent:${by.id}`,
        data: approvalEntryData(approval),
        words: maskForStorage(request.reason),
      };
      const committed = await deps.db.commit<unknown>([
        deps.approvals.save(before, approval),
        ...deps.tickets.save(ticket, ticket.body, { now, entries: [entry] }),
        ...together(approval),
      ]);
      if (committed.outcome === 'done') return declined;
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
