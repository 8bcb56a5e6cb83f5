import * as z from 'zod/mini';
import { MESSAGE_CHARACTERS } from '../ticket/conversation.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { wantedOutcomes } from '../ticket/wanted-outcome.ts';
import { cardTokenSchema, transactionIdSchema } from '../transaction/fields.ts';
import { contract } from './contract.ts';
import { agentTicketShape, cardShape, momentSchema, transactionShape } from './shapes.ts';

/** What staff find and do for a customer who is on the phone or at the counter. */
const ofCard = { cardToken: cardTokenSchema };
/** By what staff knew the customer; basic identity is enough to freeze (D5). */
const identifiedBy = z.enum(['caller_id_and_last_four', 'registered_phone', 'document', 'questions']);

/** By POST: a phone number in an address would lie in every access log (I10). */
export const search = contract({
  method: 'POST',
  path: '/agent/search',
  summary:
    'Finds tickets and cards by ticket number, by phone, or by last four digits and day; who looked is logged',
  body: z.strictObject({
    number: z.optional(ticketNumberSchema),
    /** E.164, or as people write it with its country code. */
    phone: z.optional(z.string().check(z.minLength(6), z.maxLength(32))),
    lastFour: z.optional(z.string().check(z.regex(/^\d{4}$/))),
    /** The day it was opened, by any clock of the world: a day more on both sides is looked through. */
    day: z.optional(z.iso.date()),
  }),
  answer: z.strictObject({
    asOf: momentSchema,
    tickets: z.array(agentTicketShape),
    /** Cards of the customers whose number it is; only of a search by phone. */
    cards: z.array(cardShape),
  }),
  problems: ['invalid-phone'],
  desk: 'read',
  rate: 'read',
});

export const freezeForCustomer = contract({
  method: 'POST',
  path: '/agent/cards/{cardToken}/freeze',
  summary: 'Freezes a card as its cardholder asks; it is their precaution, and theirs to lift (D5)',
  parts: ofCard,
  body: z.strictObject({ identifiedBy }),
  answer: z.strictObject({ card: cardShape }),
  problems: ['card-closed'],
  desk: 'freeze',
  rate: 'hold',
});

export const lostForCustomer = contract({
  method: 'POST',
  path: '/agent/cards/{cardToken}/lost',
  summary: 'Reports a card lost or stolen (挂失) for its cardholder: held, and before people',
  parts: ofCard,
  body: z.strictObject({ identifiedBy }),
  answer: z.strictObject({ card: cardShape, ticket: agentTicketShape }),
  problems: ['card-closed'],
  desk: 'freeze',
  rate: 'hold',
});

/** By staff who may report, of the last 30 days; it is logged who read whose. */
export const listForCustomer = contract({
  method: 'GET',
  path: '/agent/cards/{cardToken}/transactions',
  summary:
    'Transactions of the last 30 days, latest first, to tick with the cardholder (D7); who read is logged',
  parts: ofCard,
  answer: z.strictObject({
    asOf: momentSchema,
    transactions: z.array(transactionShape),
    /** There are more than are listed. */
    more: z.boolean(),
  }),
  problems: [],
  desk: 'work',
  rate: 'read',
});

export const reportForCustomer = contract({
  method: 'POST',
  path: '/agent/cards/{cardToken}/report',
  summary: 'Reports transactions as not the cardholder’s: the same ticket and hold as their own report (D2)',
  parts: ofCard,
  body: z.strictObject({
    transactionIds: z.array(transactionIdSchema).check(z.minLength(1), z.maxLength(50)),
    wanted: z.optional(z.enum(wantedOutcomes)),
    note: z.optional(z.string().check(z.minLength(1), z.maxLength(MESSAGE_CHARACTERS))),
  }),
  answer: z.strictObject({ card: cardShape, ticket: agentTicketShape }),
  problems: ['too-many-disputes'],
  desk: 'work',
  rate: 'report',
});

/** Most transactions of one list. */
export const LISTED_FOR_CUSTOMER = 500;

export const behalfRoutes = [search, freezeForCustomer, lostForCustomer, listForCustomer, reportForCustomer];
