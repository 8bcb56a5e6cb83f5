import * as z from 'zod/mini';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { contract } from './contract.ts';
import { messageShape } from './customer-case-routes.ts';
import { checkBankFields } from './customer-reach-routes.ts';
import { alertShape, momentSchema, ownCardShape, ticketShape, wholeTicketShape } from './shapes.ts';

/** Tells one answer from any other to the same question; sent back as `since`, it says what a client has. */
export const markSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/));

/** Lists a page may show beside a ticket. */
export const liveLists = ['cards', 'alerts', 'tickets'] as const;

/**
 * All that one page shows, in one reading: a page that asks every second and a half for each of its parts would spend
 * what a customer may read in a minute, and its parts would be of different moments.
 */
export const readLive = contract({
  method: 'GET',
  path: '/live',
  summary:
    'What a page shows, in one reading: whether we are calling, the lists and the ticket asked for. `since`: the mark of the reading a client has; where nothing is new, only mark and as-of time come',
  query: z.strictObject({
    /** Of `cards`, `alerts`, `tickets`, with commas. */
    lists: z.optional(z.string().check(z.regex(/^(cards|alerts|tickets)(,(cards|alerts|tickets)){0,2}$/))),
    ticket: z.optional(ticketNumberSchema),
    /** Messages of that ticket after this one; absent: none. */
    after: z.optional(z.string().check(z.regex(/^\d{1,6}$/))),
    since: z.optional(markSchema),
  }),
  answer: z.strictObject({
    asOf: momentSchema,
    /** Tells this answer from any other one to the same question. */
    mark: z.string(),
    /** Absent, with all that follows, where nothing is new. */
    bank: z.optional(z.strictObject(checkBankFields)),
    cards: z.optional(z.array(ownCardShape)),
    alerts: z.optional(z.array(alertShape)),
    tickets: z.optional(z.array(ticketShape)),
    ticket: z.optional(wholeTicketShape),
    messages: z.optional(z.array(messageShape)),
    /** There are more messages than one answer takes: ask again after the last. */
    more: z.optional(z.literal(true)),
  }),
  // A ticket that is not there, or somebody else's.
  problems: ['not-found'],
  rate: 'read',
});
