import * as z from 'zod/mini';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { ticketStatuses } from '../ticket/ticket-states.ts';
import { cardTokenSchema } from '../transaction/fields.ts';
import { contract } from './contract.ts';
import { caseRoutes } from './customer-case-routes.ts';
import { reachRoutes } from './customer-reach-routes.ts';
import { customerEvidenceRoutes } from './evidence-routes.ts';
import { readLive } from './live-routes.ts';
import {
  bothLanguages,
  cardShape,
  momentSchema,
  named,
  ownCardShape,
  pageQuery,
  ticketShape,
  transactionShape,
  wholeTicketFields,
} from './shapes.ts';

const ofCard = { cardToken: cardTokenSchema };
const ofTicket = { number: ticketNumberSchema };

/** Most transactions of one page. */
export const TRANSACTIONS_PAGE = 100;

export const listCards = contract({
  method: 'GET',
  path: '/cards',
  summary: 'The cards of the customer, and what holds stand on them',
  answer: z.strictObject({ asOf: momentSchema, cards: z.array(ownCardShape) }),
  problems: [],
  rate: 'read',
});

export const listTransactions = contract({
  method: 'GET',
  path: '/cards/{cardToken}/transactions',
  summary: 'The last 30 days, latest first (D7)',
  parts: ofCard,
  query: z.strictObject(pageQuery(TRANSACTIONS_PAGE)),
  answer: z.strictObject({
    asOf: momentSchema,
    transactions: z.array(transactionShape),
    next: z.optional(z.string()),
  }),
  problems: ['cardholder-only'],
  rate: 'read',
});

/** A card with a new hold. `ticketOpened`: for the account owner of another's card, whose ticket is not theirs. */
const heldShape = z.strictObject({
  card: cardShape,
  ticket: z.optional(ticketShape),
  ticketOpened: z.optional(z.literal(true)),
});

export const freezeCard = contract({
  method: 'POST',
  path: '/cards/{cardToken}/freeze',
  summary: 'Freezes the card at once (D5)',
  parts: ofCard,
  answer: heldShape,
  problems: ['card-closed'],
  rate: 'hold',
});

export const reportLost = contract({
  method: 'POST',
  path: '/cards/{cardToken}/lost',
  summary: 'Reports the card lost or stolen (挂失): freezes it and brings a person (D14)',
  parts: ofCard,
  answer: heldShape,
  problems: ['card-closed'],
  rate: 'hold',
});

export const listTickets = contract({
  method: 'GET',
  path: '/tickets',
  summary: 'The tickets of the customer, latest first',
  answer: z.strictObject({ asOf: momentSchema, tickets: z.array(ticketShape) }),
  problems: [],
  rate: 'read',
});

/** The same for a client that says which version it has. */
const openTicketShape = named(
  'OpenTicket',
  z.strictObject({
    ...wholeTicketFields,
    /** Only where `since` was asked: what was shown after it, oldest first; empty: nothing is new. */
    missed: z.optional(
      z.array(
        z.strictObject({
          version: z.int(),
          status: z.enum(ticketStatuses),
          wording: bothLanguages,
          at: momentSchema,
        }),
      ),
    ),
  }),
);

export const readTicket = contract({
  method: 'GET',
  path: '/tickets/{number}',
  summary:
    'One ticket: status, version and as-of time (D3). `since`: the version the client has; what was shown after it comes along',
  parts: ofTicket,
  query: z.strictObject({ since: z.optional(z.string().check(z.regex(/^\d{1,6}$/))) }),
  answer: openTicketShape,
  problems: [],
  rate: 'read',
});

export const customerRoutes = [
  listCards,
  listTransactions,
  freezeCard,
  reportLost,
  listTickets,
  readTicket,
  ...caseRoutes,
  ...customerEvidenceRoutes,
  ...reachRoutes,
  readLive,
];
