import * as z from 'zod/mini';

/**
 * One contact by phone, as the contact centre tells it: raw times only, figures are computed from them. Keyed by the
 * contact's id; its ticket is known from what the caller did in the menu, from the call we had dialled, or from the
 * contact it was transferred from.
 */
export const contactSchema = z.object({
  contactId: z.string(),
  initialContactId: z.optional(z.string()),
  previousContactId: z.optional(z.string()),
  /** `INBOUND`, `OUTBOUND`, `TRANSFER`, `CALLBACK` … */
  initiationMethod: z.optional(z.string()),
  customerId: z.optional(z.string()),
  ticketId: z.optional(z.string()),
  ticketNumber: z.optional(z.string()),
  /** The announced call it is, where the contact centre dialled for an agent. */
  callId: z.optional(z.string()),
  queueId: z.optional(z.string()),
  agentId: z.optional(z.string()),
  /** As the contact centre knows the agent, told by the flow that puts the call through. */
  agentName: z.optional(z.string()),
  initiatedAt: z.optional(z.string()),
  /** Of a call we made: somebody, or something, picked up. */
  answeredAt: z.optional(z.string()),
  enqueuedAt: z.optional(z.string()),
  connectedAt: z.optional(z.string()),
  disconnectedAt: z.optional(z.string()),
  disconnectReason: z.optional(z.string()),
  afterCallStartedAt: z.optional(z.string()),
  afterCallEndedAt: z.optional(z.string()),
  /** The contact it was handed on to. */
  nextContactId: z.optional(z.string()),
});
export type Contact = z.output<typeof contactSchema>;

const seconds = (from: string | undefined, to: string | undefined): number | undefined =>
  from === undefined || to === undefined
    ? undefined
    : Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));

/** What one contact gives to the KPIs (docs/requirements.md, "KPIs"); those whose times are not known are absent. */
export function contactFigures(contact: Contact) {
  const { enqueuedAt, connectedAt, disconnectedAt } = contact;
  const abandoned = enqueuedAt !== undefined && connectedAt === undefined && disconnectedAt !== undefined;
  return {
    waitSeconds: seconds(enqueuedAt, connectedAt ?? (abandoned ? disconnectedAt : undefined)),
    talkSeconds: seconds(connectedAt, disconnectedAt),
    afterCallSeconds: seconds(contact.afterCallStartedAt, contact.afterCallEndedAt),
    abandoned,
  };
}
