import * as z from 'zod/mini';
import { callOutcomes, dialWays } from '../ticket/call.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { behalfRoutes } from './behalf-routes.ts';
import { boardRoutes } from './board-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { contract } from './contract.ts';
import { readDecisions } from './decision-routes.ts';
import { deskRoutes } from './desk-routes.ts';
import { disputeRoutes } from './dispute-routes.ts';
import { agentEvidenceRoutes } from './evidence-routes.ts';
import { kpiRoutes } from './kpi-routes.ts';
import { markSchema } from './live-routes.ts';
import {
  agentTicketShape,
  callShape,
  cardShape,
  momentSchema,
  queuedTicketShape,
  timelineEntryShape,
} from './shapes.ts';
import { staffRoutes } from './staff-routes.ts';
import { verificationFields } from './verification-routes.ts';

const ofTicket = { number: ticketNumberSchema };

export const readQueue = contract({
  method: 'GET',
  path: '/agent/queue',
  summary:
    'The first 50 tickets that wait for a person: most urgent first, then by the clock that is due next. `total`: how many wait in all',
  answer: z.strictObject({
    asOf: momentSchema,
    tickets: z.array(queuedTicketShape),
    total: z.int(),
    /** More wait than are listed. */
    more: z.boolean(),
  }),
  problems: [],
  desk: 'read',
  rate: 'read',
});

export const readTicketAsAgent = contract({
  method: 'GET',
  path: '/agent/tickets/{number}',
  summary:
    'Everything about one ticket; who read it is logged. `since`: the mark of the reading a client has; where nothing is new, only mark and as-of time come, and nothing was read',
  parts: ofTicket,
  query: z.strictObject({ since: z.optional(markSchema) }),
  answer: z.strictObject({
    asOf: momentSchema,
    mark: z.string(),
    /** Absent, with all that follows, where nothing is new. */
    ticket: z.optional(agentTicketShape),
    /** Whom one speaks to, and in which language; absent where the bank has told of no contact. */
    customer: z.optional(z.strictObject({ name: z.string(), language: z.enum(['zh-CN', 'en']) })),
    card: z.optional(cardShape),
    /** Cards of tickets that were merged into this one. */
    otherCards: z.optional(z.array(cardShape)),
    alert: z.optional(
      z.looseObject({
        status: z.string(),
        severity: z.enum(['alert', 'freeze']),
        openedAt: momentSchema,
        transactions: z.array(z.looseObject({ transactionId: z.string() })),
        transactionCount: z.int(),
        undeliverableReason: z.optional(z.string()),
        ruleSetVersion: z.string(),
      }),
    ),
    /** The latest of each action of this customer and card: what was proven, failed or is under way. */
    verifications: z.optional(z.array(z.strictObject(verificationFields))),
    timeline: z.optional(z.array(timelineEntryShape)),
    timelineIntact: z.optional(z.boolean()),
  }),
  problems: [],
  desk: 'read',
  rate: 'read',
});

export const claimTicket = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/claim',
  summary: 'Takes the ticket in hand; exactly one agent wins (H26)',
  parts: ofTicket,
  answer: z.strictObject({
    outcome: z.enum(['claimed', 'already_yours']),
    ticket: agentTicketShape,
  }),
  problems: ['claim-taken', 'not-claimable', 'at-capacity'],
  desk: 'work',
  rate: 'change',
});

export const announceCall = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/call',
  summary:
    'Announces a call before the phone rings, so that the customer can check it (D10), and has it dialled',
  parts: ofTicket,
  body: z.strictObject({
    /** Who dials; absent: by hand. The contact centre puts the call through to the agent who announced it. */
    dial: z.optional(z.enum(dialWays)),
  }),
  answer: z.strictObject({
    /** To be read out: the customer types it into the app. */
    checkCode: z.string(),
    until: momentSchema,
    phoneConsent: z.optional(z.boolean()),
    ticket: agentTicketShape,
  }),
  problems: ['not-your-ticket', 'call-announced', 'no-contact-centre', 'no-contact-centre-user'],
  desk: 'work',
  rate: 'change',
});

export const callConnected = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/call/connected',
  summary: 'The customer answered the announced call: the clocks that wait for a person stop now',
  parts: ofTicket,
  answer: z.strictObject({ ticket: agentTicketShape }),
  problems: ['no-call'],
  desk: 'work',
  rate: 'change',
});

export const endCall = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/call/end',
  summary: 'The call is over: how it went, how long it took, where it was transferred (D10)',
  parts: ofTicket,
  body: z.strictObject({
    outcome: z.enum(callOutcomes),
    seconds: z.int().check(z.minimum(0), z.maximum(14_400)),
    /** Extension or desk, as people dial it. */
    transferredTo: z.optional(z.string().check(z.regex(/^[+0-9 ()#*-]{2,24}$/))),
  }),
  answer: z.strictObject({ call: callShape, ticket: agentTicketShape }),
  problems: ['no-call'],
  desk: 'work',
  rate: 'change',
});

export const agentRoutes = [
  readQueue,
  readTicketAsAgent,
  claimTicket,
  announceCall,
  callConnected,
  endCall,
  ...staffRoutes,
  ...deskRoutes,
  ...boardRoutes,
  ...disputeRoutes,
  ...behalfRoutes,
  ...agentEvidenceRoutes,
  ...kpiRoutes,
  ...bulkRoutes,
  readDecisions,
];
