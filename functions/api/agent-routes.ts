import * as z from 'zod/mini';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { contract } from './contract.ts';
import {
  agentTicketShape,
  cardShape,
  momentSchema,
  queuedTicketShape,
  timelineEntryShape,
} from './shapes.ts';
import { staffRoutes } from './staff-routes.ts';

const ofTicket = { number: ticketNumberSchema };

export const readQueue = contract({
  method: 'GET',
  path: '/agent/queue',
  summary: 'Tickets that wait for a person, most urgent first, then the longest waiting',
  answer: z.strictObject({ asOf: momentSchema, tickets: z.array(queuedTicketShape) }),
  problems: [],
  rate: 'read',
});

export const readTicketAsAgent = contract({
  method: 'GET',
  path: '/agent/tickets/{number}',
  summary: 'Everything about one ticket; who read it is logged',
  parts: ofTicket,
  answer: z.strictObject({
    ticket: agentTicketShape,
    card: z.optional(cardShape),
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
    timeline: z.array(timelineEntryShape),
    timelineIntact: z.boolean(),
  }),
  problems: [],
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
  problems: ['claim-taken', 'not-claimable'],
  rate: 'change',
});

export const agentRoutes = [readQueue, readTicketAsAgent, claimTicket, ...staffRoutes];
