import * as z from 'zod/mini';
import { dialWays } from '../ticket/call.ts';
import { MESSAGE_CHARACTERS } from '../ticket/conversation.ts';
import { findings, resolutions } from '../ticket/desk-acts.ts';
import { deskActions } from '../ticket/desk-roles.ts';
import { MOST_FOCUS_SECONDS } from '../ticket/focus.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { priorities } from '../ticket/ticket-priority.ts';
import { transactionIdSchema } from '../transaction/fields.ts';
import { contract } from './contract.ts';
import { agentTicketShape, momentSchema } from './shapes.ts';

/** What agents do with tickets, from taking one to the end of it. */
export const ofTicket = { number: ticketNumberSchema };
export const words = z.string().check(z.minLength(1), z.maxLength(MESSAGE_CHARACTERS));
export const reason = z.string().check(z.minLength(3), z.maxLength(500));
const agentIdSchema = z.string().check(z.regex(/^[\w.@:+-]{1,128}$/));
const changed = z.strictObject({ ticket: agentTicketShape });
/** What of the words was masked before anything was stored (H15). */
export const written = z.strictObject({
  ticket: agentTicketShape,
  cardNumbersMasked: z.int(),
  codesMasked: z.int(),
});

export const readMe = contract({
  method: 'GET',
  path: '/agent/me',
  summary: 'Who is signed in at the desk, what they may do, and how many tickets they have in work',
  answer: z.strictObject({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    may: z.array(z.enum(deskActions)),
    inWork: z.int(),
    mostInWork: z.int(),
    /** Ways to call a customer that are open to them. */
    dial: z.array(z.enum(dialWays)),
  }),
  problems: [],
  desk: 'read',
  rate: 'read',
});

export const nextTicket = contract({
  method: 'POST',
  path: '/agent/queue/next',
  summary: 'Gives the agent the ticket that waits first; nothing where nobody waits',
  answer: z.strictObject({
    outcome: z.enum(['claimed', 'nothing_waits']),
    ticket: z.optional(agentTicketShape),
  }),
  problems: ['at-capacity'],
  desk: 'work',
  rate: 'change',
});

export const myTickets = contract({
  method: 'GET',
  path: '/agent/mine',
  summary: 'Tickets in the agent’s hands, the longest there first',
  answer: z.strictObject({ asOf: momentSchema, tickets: z.array(agentTicketShape) }),
  problems: [],
  desk: 'work',
  rate: 'read',
});

export const heartbeat = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/heartbeat',
  summary:
    'Shows that the agent is still there: the ticket stays with them for 20 minutes more. `focusSeconds`: how long they looked at it since the last time',
  parts: ofTicket,
  body: z.strictObject({
    focusSeconds: z.optional(z.int().check(z.minimum(0), z.maximum(MOST_FOCUS_SECONDS))),
  }),
  answer: z.strictObject({ leaseUntil: z.optional(momentSchema) }),
  problems: ['not-your-ticket'],
  desk: 'work',
  rate: 'change',
});

export const takeOver = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/take-over',
  summary: 'Takes the ticket out of another agent’s hands, with the reason in its journal',
  parts: ofTicket,
  body: z.strictObject({ reason }),
  answer: changed,
  problems: ['nothing-to-take-over', 'wrong-status', 'at-capacity'],
  desk: 'work',
  rate: 'change',
});

export const handBack = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/hand-back',
  summary: 'Gives the ticket back to the queue, with what the next one needs to know; `to`: for a colleague',
  parts: ofTicket,
  body: z.strictObject({ note: words, to: z.optional(agentIdSchema) }),
  answer: changed,
  problems: ['not-your-ticket', 'wrong-status'],
  desk: 'work',
  rate: 'change',
});

export const writeToCustomer = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/messages',
  summary: 'Writes to the customer; only who has the ticket in hand may',
  parts: ofTicket,
  body: z.strictObject({ text: words }),
  answer: written,
  problems: ['not-your-ticket', 'wrong-status'],
  desk: 'work',
  rate: 'message',
});

export const addNote = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/notes',
  summary: 'A note for colleagues, whoever has the ticket in hand; the customer never sees it',
  parts: ofTicket,
  body: z.strictObject({ text: words }),
  answer: written,
  problems: [],
  desk: 'work',
  rate: 'message',
});

export const waitFor = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/wait',
  summary:
    'Waits for the customer, who reads in `text` what for, or for a third party; the resolution clock stands still. `evidence`: papers are what the customer is asked for',
  parts: ofTicket,
  body: z.strictObject({
    whom: z.enum(['customer', 'third_party']),
    text: words,
    evidence: z.optional(z.boolean()),
  }),
  answer: written,
  problems: ['not-your-ticket', 'wrong-status'],
  desk: 'work',
  rate: 'change',
});

export const resumeWork = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/resume',
  summary: 'Goes on with a ticket that waited, or was concluded',
  parts: ofTicket,
  answer: changed,
  problems: ['not-your-ticket', 'wrong-status', 'at-capacity'],
  desk: 'work',
  rate: 'change',
});

export const concludeTicket = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/conclude',
  summary:
    'The preliminary conclusion with its plan, which the customer reads (D6); what it says of transactions teaches the rules',
  parts: ofTicket,
  body: z.strictObject({
    finding: z.enum(findings),
    plan: words,
    transactionIds: z.optional(z.array(transactionIdSchema).check(z.maxLength(20))),
  }),
  answer: written,
  problems: ['not-your-ticket', 'wrong-status', 'no-such-transaction'],
  desk: 'work',
  rate: 'change',
});

export const resolveTicket = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/resolve',
  summary: 'The end of it, with what the customer reads',
  parts: ofTicket,
  body: z.strictObject({
    resolution: z.enum(resolutions),
    text: words,
    /** Why it is over although disputes are undecided; for colleagues. */
    despiteDisputes: z.optional(reason),
  }),
  answer: written,
  problems: ['not-your-ticket', 'wrong-status', 'disputes-open'],
  desk: 'work',
  rate: 'change',
});

export const reopenTicket = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/reopen',
  summary:
    'It was not over: a new cycle, before people again (H28); part of the later ticket of its card where there is one',
  parts: ofTicket,
  body: z.strictObject({ reason }),
  answer: changed,
  problems: ['wrong-status', 'ticket-followed', 'call-announced', 'too-many-disputes'],
  desk: 'work',
  rate: 'change',
});

export const triageTicket = contract({
  method: 'POST',
  path: '/agent/tickets/{number}/triage',
  summary: 'What it is about and how urgent; its clocks are computed anew and keep their pauses',
  parts: ofTicket,
  body: z.strictObject({
    category: z.enum(['suspected_fraud', 'lost_stolen', 'dispute', 'question']),
    priority: z.enum(priorities),
    reason,
  }),
  answer: changed,
  problems: ['wrong-status'],
  desk: 'work',
  rate: 'change',
});

export const deskRoutes = [
  readMe,
  nextTicket,
  myTickets,
  heartbeat,
  takeOver,
  addNote,
  writeToCustomer,
  waitFor,
  resumeWork,
  triageTicket,
  concludeTicket,
  resolveTicket,
  reopenTicket,
  handBack,
];
