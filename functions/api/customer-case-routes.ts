import * as z from 'zod/mini';
import { MESSAGE_CHARACTERS } from '../ticket/conversation.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { wantedOutcomes } from '../ticket/wanted-outcome.ts';
import { cardTokenSchema, transactionIdSchema } from '../transaction/fields.ts';
import { contract } from './contract.ts';
import { alertShape, cardShape, momentSchema, pageQuery, ticketShape, wholeTicketShape } from './shapes.ts';

/** What a customer does about an alert, a transaction or a ticket. */
const ofTicket = { number: ticketNumberSchema };
/** An id of ours: 128 random bits in base64url, or longer. */
const alertIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));

/** Most messages of one page. */
export const MESSAGES_PAGE = 100;

export const listAlerts = contract({
  method: 'GET',
  path: '/alerts',
  summary:
    'Alerts of the last 30 days and whatever stands open: what is asked, why, and what may be answered',
  answer: z.strictObject({ asOf: momentSchema, alerts: z.array(alertShape) }),
  problems: [],
  rate: 'read',
});

export const answerAlert = contract({
  method: 'POST',
  path: '/alerts/{alertId}/answer',
  summary:
    'Answers in the app what a text asks. `not_mine` needs no proof. `mine` on a frozen card only claims: a verification releases it',
  parts: { alertId: alertIdSchema },
  body: z.strictObject({
    says: z.enum(['mine', 'not_mine']),
    /** How many transactions the app showed: what `mine` covers. */
    transactionCount: z.optional(z.int().check(z.minimum(1), z.maximum(1_000_000))),
  }),
  answer: z.strictObject({
    effect: z.enum([
      'fraud',
      'genuine',
      'claimed',
      'ask_again',
      'late_yes',
      'already_fraud',
      'already_settled',
      'held',
    ]),
    verificationNeeded: z.boolean(),
    alert: alertShape,
    card: cardShape,
    ticket: ticketShape,
  }),
  problems: ['alert-changed'],
  rate: 'answer',
});

export const reportTransactions = contract({
  method: 'POST',
  path: '/reports',
  summary:
    'Transactions of the list that are not the customer’s: freezes the card and brings a person (D7, D14)',
  body: z.strictObject({
    cardToken: cardTokenSchema,
    transactionIds: z.array(transactionIdSchema).check(z.minLength(1), z.maxLength(50)),
    wanted: z.optional(z.enum(wantedOutcomes)),
    note: z.optional(z.string().check(z.minLength(1), z.maxLength(MESSAGE_CHARACTERS))),
  }),
  answer: z.strictObject({ card: cardShape, ticket: wholeTicketShape }),
  problems: ['not-found', 'too-many-disputes'],
  rate: 'report',
});

export const askForPerson = contract({
  method: 'POST',
  path: '/tickets/{number}/person',
  summary: 'Asks for a person (D8): the ticket is queued with all that is known',
  parts: ofTicket,
  body: z.strictObject({ phoneConsent: z.boolean() }),
  answer: wholeTicketShape,
  problems: ['ticket-closed'],
  rate: 'change',
});

/** A word of the conversation between customer and bank. */
export const messageShape = z.strictObject({
  seq: z.int(),
  from: z.enum(['customer', 'agent']),
  at: momentSchema,
  /** Absent where they were erased. */
  words: z.optional(z.string()),
});

export const writeMessage = contract({
  method: 'POST',
  path: '/tickets/{number}/messages',
  summary:
    'Writes to whoever works on the ticket. Card numbers and codes are masked before anything is kept (H15)',
  parts: ofTicket,
  body: z.strictObject({ text: z.string().check(z.minLength(1), z.maxLength(MESSAGE_CHARACTERS)) }),
  answer: z.strictObject({
    ticket: wholeTicketShape,
    /** Card numbers found and masked: none of ours ever asks for one. */
    cardNumbersMasked: z.int(),
    codesMasked: z.int(),
  }),
  problems: ['ticket-closed'],
  rate: 'message',
});

export const listMessages = contract({
  method: 'GET',
  path: '/tickets/{number}/messages',
  summary: 'The conversation, oldest first',
  parts: ofTicket,
  query: z.strictObject({
    ...pageQuery(MESSAGES_PAGE),
    after: z.optional(z.string().check(z.regex(/^\d{1,6}$/))),
  }),
  answer: z.strictObject({
    asOf: momentSchema,
    messages: z.array(messageShape),
    next: z.optional(z.string()),
  }),
  problems: [],
  rate: 'read',
});

export const caseRoutes = [
  listAlerts,
  answerAlert,
  reportTransactions,
  askForPerson,
  writeMessage,
  listMessages,
];
