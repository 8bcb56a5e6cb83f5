import * as z from 'zod/mini';
import { approvalKinds } from '../verification/staff-approval.ts';
import { actions } from '../verification/verification-policy.ts';
import { contract } from './contract.ts';
import { momentSchema } from './shapes.ts';
import { verificationFields } from './verification-routes.ts';

const idSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
const ofAlert = { alertId: idSchema };
const reason = z.strictObject({ reason: z.string().check(z.minLength(3), z.maxLength(500)) });

const approvalShape = z.strictObject({
  kind: z.enum(approvalKinds),
  subjectId: z.string(),
  ticketNumber: z.string(),
  cardToken: z.string(),
  /** What the customer wants to do who is vouched for. */
  action: z.optional(z.enum(actions)),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: momentSchema,
  until: momentSchema,
  approvedBy: z.optional(z.string()),
  declinedBy: z.optional(z.string()),
});
const askedShape = z.strictObject({
  outcome: z.enum(['proposed', 'waits_already']),
  approval: approvalShape,
});

export const listApprovals = contract({
  method: 'GET',
  path: '/agent/approvals',
  summary: 'What one agent asked for and another has to grant (four eyes), the longest waiting first',
  answer: z.strictObject({ asOf: momentSchema, approvals: z.array(approvalShape) }),
  problems: [],
  desk: 'read',
  rate: 'read',
});

export const proposeUndo = contract({
  method: 'POST',
  path: '/agent/alerts/{alertId}/undo-not-mine',
  summary: 'Asks that a "not mine" be undone; another agent has to grant it within 30 minutes (D5)',
  parts: ofAlert,
  body: reason,
  answer: askedShape,
  problems: ['nothing-to-undo', 'not-your-ticket', 'approval-waits'],
  desk: 'work',
  rate: 'change',
});

export const approveUndo = contract({
  method: 'POST',
  path: '/agent/alerts/{alertId}/undo-not-mine/approve',
  summary: 'Grants it: the alert is genuine, our fraud hold of it is lifted (I2)',
  parts: ofAlert,
  answer: z.strictObject({ approval: approvalShape, lifted: z.boolean() }),
  problems: ['nothing-to-undo', 'nothing-to-approve', 'same-person'],
  desk: 'work',
  rate: 'change',
});

const ofVerification = { verificationId: idSchema };

export const proposeVouch = contract({
  method: 'POST',
  path: '/agent/verifications/{verificationId}/vouch',
  summary:
    'Vouches for the customer of a ticket in hand; another agent has to grant it within 30 minutes (D5)',
  parts: ofVerification,
  body: reason,
  answer: askedShape,
  problems: ['verification-over', 'not-your-ticket', 'approval-waits'],
  desk: 'work',
  rate: 'change',
});

export const approveVouch = contract({
  method: 'POST',
  path: '/agent/verifications/{verificationId}/vouch/approve',
  summary: 'Grants it: the verification has a factor of the kind `staff`, in the name of both',
  parts: ofVerification,
  answer: z.strictObject({ approval: approvalShape, verification: z.strictObject(verificationFields) }),
  problems: ['verification-over', 'nothing-to-approve', 'same-person'],
  desk: 'work',
  rate: 'change',
});

export const declineApproval = contract({
  method: 'POST',
  path: '/agent/approvals/{kind}/{subjectId}/decline',
  summary:
    'Says no to what another asked for, or takes back what one asked for oneself; the ticket tells why',
  parts: { kind: z.enum(approvalKinds), subjectId: idSchema },
  body: reason,
  answer: z.strictObject({ approval: approvalShape }),
  problems: ['nothing-to-approve'],
  desk: 'work',
  rate: 'change',
});

export const staffRoutes = [
  ...[listApprovals, proposeUndo, approveUndo, proposeVouch, approveVouch],
  declineApproval,
];
