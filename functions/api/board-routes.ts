import * as z from 'zod/mini';
import { contract } from './contract.ts';
import { agentTicketShape, momentSchema, queuedTicketShape } from './shapes.ts';

const agentAtWork = z.strictObject({
  ...{ id: z.string(), name: z.string(), inWork: z.int(), waitingForOthers: z.int() },
});

export const readColleagues = contract({
  method: 'GET',
  path: '/agent/colleagues',
  summary: 'Who else has tickets in hand, and how many: whom one can be handed to by name',
  answer: z.strictObject({ asOf: momentSchema, colleagues: z.array(agentAtWork) }),
  problems: [],
  desk: 'work',
  rate: 'read',
});

export const readBoard = contract({
  method: 'GET',
  path: '/agent/board',
  summary:
    'The desk at a glance: who waits, what is overdue, who has what in hand. All are counted; the 50 that wait first are listed, and the 50 in hand whose clocks are due first',
  answer: z.strictObject({
    asOf: momentSchema,
    waiting: z.array(queuedTicketShape),
    waitingTotal: z.int(),
    inHand: z.array(agentTicketShape),
    inHandTotal: z.int(),
    byPriority: z.strictObject({ P1: z.int(), P2: z.int(), P3: z.int(), P4: z.int() }),
    overdue: z.int(),
    agents: z.array(agentAtWork),
    /** There are more than were counted: each figure is at least what it says. */
    more: z.boolean(),
  }),
  problems: [],
  desk: 'supervise',
  rate: 'read',
});

export const boardRoutes = [readBoard, readColleagues];
