import * as z from 'zod/mini';
import { disputeStatuses, lostCauses } from '../ticket/dispute-states.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { transactionIdSchema } from '../transaction/fields.ts';
import { contract } from './contract.ts';
import { ofTicket, reason, words, written } from './desk-routes.ts';
import { agentTicketShape } from './shapes.ts';

/** What agents make of disputed transactions, and of two tickets that are one. */
export const moveDispute = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/disputes',
  summary:
    'One step of one disputed transaction, which the customer is told (D9); after the ticket is over by anybody at the desk',
  parts: ofTicket,
  body: z.strictObject({
    transactionId: transactionIdSchema,
    to: z.enum(disputeStatuses),
    /** Credited or given back. */
    amount: z.optional(
      z.strictObject({
        minor: z.int().check(z.minimum(1), z.maximum(999_999_999_999)),
        currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
      }),
    ),
    /** The case number at the card scheme, or the booking's. */
    reference: z.optional(z.string().check(z.regex(/^[\w./#: -]{2,64}$/))),
    cause: z.optional(z.enum(lostCauses)),
    /** What the customer reads. */
    text: z.optional(words),
  }),
  answer: written,
  problems: [
    ...(['not-your-ticket', 'wrong-status', 'no-such-dispute', 'dispute-status'] as const),
    ...(['dispute-details', 'dispute-amount', 'too-many-steps'] as const),
  ],
  desk: 'work',
  rate: 'change',
});

export const mergeTicket = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/merge',
  summary:
    'Makes the ticket part of another of the same customer: its disputes, promises and alerts go on there (D2)',
  parts: ofTicket,
  body: z.strictObject({ into: ticketNumberSchema, reason }),
  answer: z.strictObject({ ticket: agentTicketShape, into: agentTicketShape }),
  problems: ['not-your-ticket', 'wrong-status', 'cannot-merge', 'call-announced', 'too-many-disputes'],
  desk: 'work',
  rate: 'change',
});

export const disputeRoutes = [moveDispute, mergeTicket];
