import * as z from 'zod/mini';
import type { NoticeEvent } from './notices.ts';
import { publicDisputeStatuses, publicStatuses } from './public-wording.ts';
import { textFacts } from './text-facts.ts';

const lastFour = z.string().check(z.regex(/^\d{4}$/));
const isoTime = z.iso.datetime();
const ticketNumber = z.string().check(z.regex(/^[A-Z0-9-]{4,18}$/));
const moneyFact = z.object({ minor: z.int(), currency: z.string() });

/** What happens to a ticket that its customer is written about. */
export const ticketMailEvents = [
  'not_mine_queued',
  'expired_queued',
  'taken_in_hand',
  'customer_needed',
  'preliminary_conclusion',
  'resolved',
  'closed',
  'reopened',
  'merged',
  'dispute_moved',
] as const satisfies readonly NoticeEvent[];
export type TicketMailEvent = (typeof ticketMailEvents)[number];

export const cardMailEvents = ['freeze_confirmed', 'freeze_lifted'] as const satisfies readonly NoticeEvent[];
export type CardMailEvent = (typeof cardMailEvents)[number];

/** A kind of e-mail with its facts: what an effect stores. Words and address are made when it is sent. */
export const mailOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ticket'),
    facts: z.object({
      event: z.enum(ticketMailEvents),
      ticketNumber,
      status: z.enum(publicStatuses),
      version: z.int(),
      asOf: isoTime,
      lastFour: z.optional(lastFour),
      /** The ticket it became part of; only of `merged`. */
      into: z.optional(ticketNumber),
      /** What a dispute came to; only of `dispute_moved`. */
      dispute: z.optional(
        z.object({
          status: z.enum(publicDisputeStatuses),
          merchantName: z.optional(z.string()),
          charged: z.optional(moneyFact),
          /** Credited or given back. */
          amount: z.optional(moneyFact),
        }),
      ),
    }),
  }),
  z.object({
    kind: z.literal('card'),
    facts: z.object({ event: z.enum(cardMailEvents), lastFour, asOf: isoTime }),
  }),
  z.object({ kind: z.literal('contactChanged'), facts: textFacts.contactChanged }),
]);
export type MailOrder = z.output<typeof mailOrder>;
export type MailFacts<Kind extends MailOrder['kind']> = Extract<MailOrder, { kind: Kind }>['facts'];
export type MailDispute = NonNullable<MailFacts<'ticket'>['dispute']>;
