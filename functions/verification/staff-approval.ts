import * as z from 'zod/mini';
import { actions } from './verification-policy.ts';

/** Who asks for something that takes two people, and who grants it. */
export interface Staff {
  readonly id: string;
  readonly name: string;
}
const staffSchema = z.object({ id: z.string(), name: z.string() });

export const approvalKinds = ['vouch', 'undo_not_mine'] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

/** What one person asked for is good for this long: who grants it must know the case of now. */
export const APPROVAL_MINUTES = 30;

/**
 * Something one agent asks for and another grants (four eyes). One stands per verification or alert; asked for again
 * after it ran out or was granted, it begins anew.
 */
export const approvalSchema = z.object({
  kind: z.enum(approvalKinds),
  /** The verification or alert it is about. */
  subjectId: z.string(),
  ticketId: z.string(),
  ticketNumber: z.string(),
  customerId: z.string(),
  cardToken: z.string(),
  /** What a verification vouched for is to allow. */
  action: z.optional(z.enum(actions)),
  /** Masked. */
  reason: z.string(),
  proposedBy: staffSchema,
  proposedAt: z.string(),
  until: z.string(),
  /** Counts the times it was asked for. */
  round: z.int(),
  approvedBy: z.optional(staffSchema),
  approvedAt: z.optional(z.string()),
  /** Somebody else, or who asked and thought better of it. */
  declinedBy: z.optional(staffSchema),
  declinedAt: z.optional(z.string()),
});
export type Approval = z.output<typeof approvalSchema>;

export const isWaiting = (approval: Approval, at: string): boolean =>
  approval.approvedAt === undefined && approval.declinedAt === undefined && at <= approval.until;

export type Proposal =
  | { readonly outcome: 'proposed'; readonly approval: Approval }
  /** The same person asked before, and it still waits: nothing changes. */
  | { readonly outcome: 'waits_already'; readonly approval: Approval }
  | { readonly outcome: 'taken'; readonly approval: Approval };

/** One person asks; while another's request for the same thing waits, theirs is the one to grant. */
export function propose(
  before: Approval | undefined,
  asked: Omit<
    Approval,
    'proposedAt' | 'until' | 'round' | 'approvedBy' | 'approvedAt' | 'declinedBy' | 'declinedAt'
  >,
  at: string,
): Proposal {
  if (before !== undefined && isWaiting(before, at)) {
    const own = before.proposedBy.id === asked.proposedBy.id;
    return { outcome: own ? 'waits_already' : 'taken', approval: before };
  }
  const until = new Date(Date.parse(at) + APPROVAL_MINUTES * 60_000).toISOString();
  const approval = { ...asked, proposedAt: at, until, round: (before?.round ?? 0) + 1 };
  return { outcome: 'proposed', approval };
}

export type Grant =
  | { readonly outcome: 'granted'; readonly approval: Approval }
  /** Nobody asked, it ran out, or it was granted or declined before. */
  | { readonly outcome: 'nothing_waits' }
  /** Two people means two: whoever asked cannot grant it. */
  | { readonly outcome: 'same_person' };

export function grant(approval: Approval | undefined, by: Staff, at: string): Grant {
  if (approval === undefined || !isWaiting(approval, at)) return { outcome: 'nothing_waits' };
  if (approval.proposedBy.id === by.id) return { outcome: 'same_person' };
  return { outcome: 'granted', approval: { ...approval, approvedBy: by, approvedAt: at } };
}

export type Denial =
  | { readonly outcome: 'declined'; readonly approval: Approval }
  | { readonly outcome: 'nothing_waits' };

/** Another says no, or who asked takes it back: nothing changes but that it waits no more, and may be asked for anew. */
export function decline(approval: Approval, by: Staff, at: string): Denial {
  if (!isWaiting(approval, at)) return { outcome: 'nothing_waits' };
  return { outcome: 'declined', approval: { ...approval, declinedBy: by, declinedAt: at } };
}

/** Both people, as journals name them. */
export const bothOf = ({ proposedBy, approvedBy }: Approval): string =>
  `agent:${proposedBy.id}+agent:${approvedBy?.id ?? ''}`;

/** What goes into journals of a request or its grant: who, with names, and for what. */
export const approvalEntryData = ({
  kind,
  action,
  subjectId,
  round,
  until,
  proposedBy,
  approvedBy,
  declinedBy,
}: Approval) => ({
  ...{ kind, subjectId, round, until },
  ...(action === undefined ? {} : { action }),
  proposedBy: proposedBy.id,
  proposedByName: proposedBy.name,
  ...(approvedBy === undefined ? {} : { approvedBy: approvedBy.id, approvedByName: approvedBy.name }),
  ...(declinedBy === undefined ? {} : { declinedBy: declinedBy.id, declinedByName: declinedBy.name }),
});

export const approvalView = (approval: Approval) => ({
  kind: approval.kind,
  subjectId: approval.subjectId,
  ticketNumber: approval.ticketNumber,
  cardToken: approval.cardToken,
  ...(approval.action === undefined ? {} : { action: approval.action }),
  reason: approval.reason,
  proposedBy: approval.proposedBy.name,
  proposedAt: approval.proposedAt,
  until: approval.until,
  ...(approval.approvedBy === undefined ? {} : { approvedBy: approval.approvedBy.name }),
  ...(approval.declinedBy === undefined ? {} : { declinedBy: approval.declinedBy.name }),
});
