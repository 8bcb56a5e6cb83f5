import * as z from 'zod/mini';
import { CHAIN_START } from '../platform/journal.ts';
import { announcedCallSchema, pastCallSchema } from './call.ts';
import { clocksSchema } from './clocks.ts';
import { leaseFrom, minutesAfter } from './lease.ts';
import { type Priority, priorities, raised } from './ticket-priority.ts';
import { mayFollow, type TicketStatus, ticketStatuses } from './ticket-states.ts';
import { wantedOutcomes } from './wanted-outcome.ts';

/** Texts put out unasked per incident within so many days: the US rule for bank fraud texts without consent. */
const TEXTS_PER_INCIDENT = 3;
const TEXTS_WITHIN_DAYS = 3;
/** A new alert of the card within this time reopens the resolved ticket; later it opens another, linked. */
export const REOPEN_DAYS = 7;

/**
 * The one ticket of an incident (D2). `seq` grows with every journal entry, `version` with what customers
 * see; every channel shows status, version and as-of (D3).
 */
export const ticketSchema = z.object({
  ticketId: z.string(),
  /** What people say on the phone, e.g. `FR-7K3M9QXZ`. */
  number: z.string(),
  status: z.enum(ticketStatuses),
  priority: z.enum(priorities),
  category: z.enum(['suspected_fraud', 'lost_stolen', 'dispute', 'question']),
  customerId: z.string(),
  cardToken: z.string(),
  lastFour: z.optional(z.string()),
  /** The alert now worked on, if one opened the ticket. */
  alertId: z.optional(z.string()),
  openedAt: z.string(),
  /** When what customers see last changed. */
  asOf: z.string(),
  seq: z.int(),
  version: z.int(),
  chain: z.string(),
  cycle: z.int(),
  queuedAt: z.optional(z.string()),
  queuedReason: z.optional(z.string()),
  /** When FIRST_RESPONSE began to run: report or "not mine", else expiry or undeliverable. */
  responseDueFrom: z.optional(z.string()),
  claimedBy: z.optional(z.string()),
  claimedByName: z.optional(z.string()),
  claimedAt: z.optional(z.string()),
  /** Who has it in hand has to show by then that they are there. */
  leaseUntil: z.optional(z.string()),
  /** The agent it was handed to, who is offered it first. */
  reservedFor: z.optional(z.string()),
  /** The preliminary conclusion; its plan is in the conversation. */
  conclusion: z.optional(
    z.object({ finding: z.enum(['fraud', 'genuine', 'unclear']), at: z.string(), by: z.string() }),
  ),
  resolvedAt: z.optional(z.string()),
  resolution: z.optional(z.string()),
  /** When texts were put out unasked, lately: what the budget counts, whatever cycle they belong to. */
  textsPutOutAt: z.array(z.string()),
  /** When the customer was warned of card numbers in texts: once per incident (H15). */
  warnedAt: z.optional(z.string()),
  /** Transactions the customer says are not theirs; who works on them reads them by `disputesOf`. */
  disputes: z.optional(z.array(z.looseObject({}))),
  /** Papers and screenshots asked for in all, whatever became of them. */
  evidenceCount: z.optional(z.int()),
  /** Since when we wait for papers of the customer's (D9). */
  evidenceWantedAt: z.optional(z.string()),
  /** What the customer hopes for, as they said last. */
  wanted: z.optional(z.enum(wantedOutcomes)),
  /** Whether the customer wants to be called, where they said. */
  phoneConsent: z.optional(z.boolean()),
  /** When CALLBACK began to run: a person was asked for. */
  callbackFrom: z.optional(z.string()),
  /** When NEXT_RESPONSE began to run: the customer's oldest message without an answer. */
  nextResponseFrom: z.optional(z.string()),
  /** The clocks of this cycle and of those before; written by the store, off the change itself. */
  clocks: z.optional(clocksSchema),
  pastClocks: z.optional(z.array(clocksSchema)),
  /** The call now announced, and those that were (D10). */
  call: z.optional(announcedCallSchema),
  calls: z.optional(z.array(pastCallSchema)),
  /** When its customer asked to have the card closed and replaced (D14). */
  replacementRequestedAt: z.optional(z.string()),
  /** The earlier ticket of the same card, when it was resolved too long ago to be reopened. */
  follows: z.optional(z.string()),
  /** Number of the ticket that goes on with this one's incident: only of one that was merged. */
  mergedInto: z.optional(z.string()),
  /** The tickets that were merged into this one, with their cards: it is the ticket of those, too. */
  joined: z.optional(z.array(z.object({ number: z.string(), cardToken: z.string() }))),
  /** Epoch seconds at which everything of the ticket is deleted, once its items say so too. */
  keptUntil: z.optional(z.int()),
});
export type Ticket = z.output<typeof ticketSchema>;

/** Nothing is waited for any more; only `resolved` may still be reopened. */
export const isOver = ({ status }: Pick<Ticket, 'status'>): boolean =>
  status === 'resolved' || status === 'closed' || status === 'merged';

/** Its own card, and those of what was merged into it. */
export const cardsOf = ({ cardToken, joined = [] }: Ticket): readonly string[] => [
  ...new Set([cardToken, ...joined.map((one) => one.cardToken)]),
];

export function newTicket(opened: {
  ticketId: string;
  number: string;
  category: Ticket['category'];
  priority: Priority;
  customerId: string;
  cardToken: string;
  lastFour?: string;
  alertId?: string;
  at: string;
  follows?: string;
}): Ticket {
  const { at, ...given } = opened;
  return {
    ...given,
    status: 'awaiting_reply',
    openedAt: at,
    asOf: at,
    seq: 0,
    version: 1,
    chain: CHAIN_START,
    cycle: 1,
    textsPutOutAt: [],
  };
}

function textsStillCounting(ticket: Ticket, at: string): readonly string[] {
  const oldest = Date.parse(at) - TEXTS_WITHIN_DAYS * 86_400_000;
  return ticket.textsPutOutAt.filter((putOutAt) => Date.parse(putOutAt) > oldest);
}

/** Whether the budget of the incident allows one more text (I5). */
export const mayText = (ticket: Ticket, at: string): boolean =>
  textsStillCounting(ticket, at).length < TEXTS_PER_INCIDENT;

export const withText = (ticket: Ticket, at: string): Ticket => ({
  ...ticket,
  textsPutOutAt: [...textsStillCounting(ticket, at), at],
});

/** What customers see changed: a new version as of `at`. */
export const shown = (ticket: Ticket, at: string): Ticket => ({
  ...ticket,
  version: ticket.version + 1,
  asOf: at,
});

/** Moves to `status` when the table allows it; undefined when it does not, or when it stands there already. */
export function moved(ticket: Ticket, status: TicketStatus, at: string): Ticket | undefined {
  return mayFollow(ticket.status, status) ? { ...shown(ticket, at), status } : undefined;
}

/** Nobody works on it just now: it waits for others, or for what follows a conclusion. */
export const isResting = ({ status }: Ticket): boolean =>
  status === 'awaiting_customer' || status === 'awaiting_third_party' || status === 'concluded';

/** With who has it in hand, who has to show that they are there; else before people. */
const backToWork = (ticket: Ticket, reason: string, at: string): Ticket =>
  ticket.claimedBy === undefined
    ? { ...shown(ticket, at), status: 'queued', queuedAt: at, queuedReason: reason }
    : { ...shown(ticket, at), status: 'in_progress', leaseUntil: leaseFrom(at) };

/**
 * The ticket waits for a person at `priority` or the higher one it has. A ticket that a person already works
 * on, or that waits already, keeps its place and only rises. One that rests goes on, and where who had it is gone its
 * lease ends and it waits for anybody (I12). Undefined when nothing changes.
 */
export function queued(
  ticket: Ticket,
  order: { priority: Priority; reason: string; at: string; clockFrom?: string },
): Ticket | undefined {
  const priority = raised(ticket.priority, order.priority);
  const responseDueFrom = ticket.responseDueFrom ?? order.clockFrom ?? order.at;
  if (ticket.status === 'awaiting_reply' || ticket.status === 'resolved') {
    const again = ticket.status === 'resolved';
    return {
      ...shown(ticket, order.at),
      ...(again ? newCycle(ticket) : {}),
      status: 'queued',
      priority,
      queuedAt: order.at,
      queuedReason: order.reason,
      responseDueFrom: again ? (order.clockFrom ?? order.at) : responseDueFrom,
    };
  }
  if (isOver(ticket)) return undefined;
  if (isResting(ticket)) return { ...backToWork(ticket, order.reason, order.at), priority, responseDueFrom };
  // A person had it in hand before there was a reason to wait for one: from now on there is.
  const begins = ticket.responseDueFrom === undefined;
  if (priority === ticket.priority) return begins ? { ...ticket, responseDueFrom } : undefined;
  return { ...ticket, priority, queuedReason: order.reason, responseDueFrom };
}

/** What a cycle begins with: nobody has it in hand, nothing is waited for (H28). */
const newCycle = (ticket: Ticket) => ({
  cycle: ticket.cycle + 1,
  queuedAt: undefined,
  queuedReason: undefined,
  responseDueFrom: undefined,
  callbackFrom: undefined,
  nextResponseFrom: undefined,
  claimedBy: undefined,
  claimedByName: undefined,
  claimedAt: undefined,
  leaseUntil: undefined,
  reservedFor: undefined,
  conclusion: undefined,
  resolvedAt: undefined,
  resolution: undefined,
});

/** A question that turns out to be about fraud is worked on as fraud; what a person set otherwise stays. */
export const aboutFraud = (ticket: Ticket): Ticket =>
  ticket.category === 'question' ? { ...ticket, category: 'suspected_fraud' } : ticket;

/** The customer acted: what waited for them goes on, with who has it in hand or else before people (H27). */
export const heardFromCustomer = (ticket: Ticket, at: string): Ticket =>
  ticket.status === 'awaiting_customer' ? backToWork(ticket, 'customer_answered', at) : ticket;

/** A new alert within 7 days of the resolution brings the ticket back, in a new cycle (H28). */
export function reopenedForAlert(
  ticket: Ticket,
  order: { alertId: string; priority: Priority; at: string },
): Ticket {
  return {
    ...shown(ticket, order.at),
    ...newCycle(ticket),
    status: 'awaiting_reply',
    alertId: order.alertId,
    priority: raised(ticket.priority, order.priority),
  };
}

/** When a resolved ticket closes by itself; until then it may be reopened. */
export const closesAt = ({ status, resolvedAt }: Ticket): string | undefined =>
  status === 'resolved' && resolvedAt !== undefined
    ? minutesAfter(resolvedAt, REOPEN_DAYS * 1_440)
    : undefined;

/** True while a new alert of the card still belongs to this ticket's incident. */
export function continuesIncident(ticket: Ticket, at: string): boolean {
  const until = closesAt(ticket);
  return until === undefined ? !isOver(ticket) : at <= until;
}
