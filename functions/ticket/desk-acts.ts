import { type Agent, givenBack, inHandsOf, leased } from './claim.ts';
import { takesWords } from './conversation.ts';
import { disputesOf, undecided } from './dispute.ts';
import type { EntryType } from './entry-types.ts';
import { isOver, moved, queued, shown, type Ticket } from './ticket.ts';
import type { Changing, TicketEntry } from './ticket-effect.ts';
import type { Priority } from './ticket-priority.ts';

export const findings = ['fraud', 'genuine', 'unclear'] as const;
export type Finding = (typeof findings)[number];
export const resolutions = [
  'fraud_confirmed',
  'genuine',
  'refunded',
  'card_replaced',
  'explained',
  'withdrawn',
  'unreachable',
] as const;
export type Resolution = (typeof resolutions)[number];

export type DeskRefusal =
  /** Only who has it in hand may do this. */
  | 'not_yours'
  /** From its status the ticket does not go there. */
  | 'wrong_state'
  /** Nobody has it in hand, or you do: there is nothing to take over. */
  | 'nothing_to_take_over'
  /** Disputes of it are neither decided nor before those who decide, and no reason was given. */
  | 'disputes_open';

interface Act {
  readonly agent: Agent;
  readonly at: string;
  /** Masked. */
  readonly words: string;
}
type Done = Changing | { readonly refusal: DeskRefusal };

const by = ({ id }: Agent): string => `agent:${id}`;
const refused = (refusal: DeskRefusal) => ({ refusal });
const isYours = (ticket: Ticket, agent: Agent): boolean => ticket.claimedBy === agent.id;

/** An entry in the agent's name; its words, where there are any, are sealed beside it. */
const entryOf = (
  type: EntryType,
  { agent, words }: Omit<Act, 'at'>,
  data: TicketEntry['data'] = {},
): TicketEntry => ({ type, by: by(agent), data: { name: agent.name, ...data }, words });

/** A public message: the answer the customer's oldest message waited for. */
export function writeToCustomer(ticket: Ticket, act: Act): Done {
  if (!isYours(ticket, act.agent)) return refused('not_yours');
  if (!takesWords(ticket)) return refused('wrong_state');
  const { number, customerId } = ticket;
  return {
    ticket: { ...leased(ticket, act.at), nextResponseFrom: undefined },
    entries: [entryOf('agent_message', act, { channel: 'app' })],
    effects: [
      { effect: 'publish', payload: { type: 'AgentWrote', detail: { ticketNumber: number, customerId } } },
    ],
  };
}

/** A note for colleagues, by whoever works at the desk; customers never see it. */
export function addNote(ticket: Ticket, act: Act): Done {
  const yours = isYours(ticket, act.agent);
  return { ticket: yours ? leased(ticket, act.at) : ticket, entries: [entryOf('internal_note', act)] };
}

/** Work waits for the customer, who is told what for, or for somebody else. RESOLUTION stands still meanwhile. */
export function waitFor(
  ticket: Ticket,
  act: Act & {
    readonly whom: 'customer' | 'third_party';
    /** Papers or screenshots are what the customer is asked for. */
    readonly evidence?: boolean;
  },
): Done {
  if (!isYours(ticket, act.agent)) return refused('not_yours');
  const ofCustomer = act.whom === 'customer';
  const waiting = moved(ticket, ofCustomer ? 'awaiting_customer' : 'awaiting_third_party', act.at);
  if (waiting === undefined) return refused('wrong_state');
  const after = leased(waiting, act.at);
  const { agent, words } = act;
  const wanted = act.evidence === true;
  return ofCustomer
    ? {
        ticket: { ...after, nextResponseFrom: undefined, evidenceWantedAt: wanted ? act.at : undefined },
        entries: [
          entryOf('agent_message', { agent, words }, { channel: 'app' }),
          {
            type: 'customer_awaited',
            by: by(agent),
            data: { name: agent.name, kind: wanted ? 'evidence' : undefined },
          },
        ],
      }
    : { ticket: after, entries: [entryOf('third_party_awaited', act)] };
}

/** Work goes on. */
export function resume(ticket: Ticket, act: Omit<Act, 'words'>): Done {
  if (!isYours(ticket, act.agent)) return refused('not_yours');
  const going = moved(ticket, 'in_progress', act.at);
  if (going === undefined || ticket.status === 'queued') return refused('wrong_state');
  const { agent } = act;
  return {
    ticket: leased(going, act.at),
    entries: [{ type: 'work_resumed', by: by(agent), data: { name: agent.name } }],
  };
}

/** Back to those who wait, with why, and for whom where it is meant for somebody: nothing is asked twice (D8). */
export function handBack(ticket: Ticket, act: Act & { readonly to?: string }): Done {
  if (!isYours(ticket, act.agent)) return refused('not_yours');
  // What is resolved comes back by reopening, in a new cycle.
  const waiting = isOver(ticket) ? undefined : moved(ticket, 'queued', act.at);
  if (waiting === undefined) return refused('wrong_state');
  const { at, to } = act;
  const queuedReason = to === undefined ? 'handed_back' : 'transferred';
  return {
    ticket: { ...givenBack(waiting), queuedAt: at, queuedReason, reservedFor: to },
    entries: [entryOf('ticket_handed_back', act, { to })],
  };
}

/** From another agent's hands into one's own, with the reason in the journal. */
export function takeOver(ticket: Ticket, act: Act): Done {
  const { claimedBy: from, claimedByName: fromName, number, customerId, cardToken } = ticket;
  if (from === undefined || from === act.agent.id) return refused('nothing_to_take_over');
  if (isOver(ticket)) return refused('wrong_state');
  const detail = { ticketNumber: number, customerId, cardToken, agent: act.agent.name };
  return {
    ticket: inHandsOf(shown(ticket, act.at), act.agent, act.at),
    entries: [entryOf('ticket_taken_over', act, { from, fromName })],
    effects: [{ effect: 'publish', payload: { type: 'TicketClaimed', detail } }],
  };
}

/** A transaction that the conclusion is about. */
export interface ConcludedTransaction {
  readonly transactionId: string;
  readonly cardToken: string;
  readonly occurredAt: string;
  readonly merchantId?: string;
}

/**
 * The preliminary conclusion and the plan, which the customer reads (D6). What it says of transactions goes out as the
 * desk's own word, so that rules and models learn it as they learn the bank's.
 */
export function conclude(
  ticket: Ticket,
  act: Act & { readonly finding: Finding; readonly transactions: readonly ConcludedTransaction[] },
): Done {
  if (!isYours(ticket, act.agent)) return refused('not_yours');
  const concluded = moved(ticket, 'concluded', act.at);
  if (concluded === undefined) return refused('wrong_state');
  const { agent, at, finding, transactions } = act;
  const transactionIds = transactions.map(({ transactionId }) => transactionId);
  const type = finding === 'fraud' ? 'FraudConfirmed' : 'FraudCleared';
  const { number, cycle } = ticket;
  return {
    ticket: {
      ...leased(concluded, at),
      conclusion: { finding, at, by: agent.name },
      nextResponseFrom: undefined,
    },
    entries: [entryOf('ticket_concluded', act, { finding, transactionIds })],
    effects: (finding === 'unclear' ? [] : transactions).map((one) => ({
      effect: 'publish',
      payload: {
        type,
        detail: {
          ...{ labelId: `${number}-${cycle}-${one.transactionId}`, source: 'agent', at, ...one },
        },
      },
    })),
  };
}

/**
 * The end, with how it ended and what the customer reads of it. A dispute nobody has done anything about ends nothing,
 * unless somebody says why it does; one before the card scheme goes on for weeks after.
 */
export function resolve(
  ticket: Ticket,
  act: Act & {
    readonly resolution: Resolution;
    /** Masked: why it ends although disputes are undecided. For colleagues. */
    readonly despiteDisputes?: string;
  },
): Done {
  if (!isYours(ticket, act.agent)) return refused('not_yours');
  const resolved = ticket.status === 'queued' ? undefined : moved(ticket, 'resolved', act.at);
  if (resolved === undefined) return refused('wrong_state');
  const { resolution, at, agent, despiteDisputes } = act;
  const open = undecided(disputesOf(ticket)).length;
  if (open > 0 && despiteDisputes === undefined) return refused('disputes_open');
  const why = { agent, words: despiteDisputes ?? '' };
  return {
    ticket: { ...leased(resolved, at), resolvedAt: at, resolution, nextResponseFrom: undefined },
    entries: [
      ...(open > 0 ? [entryOf('disputes_left_open', why, { open })] : []),
      entryOf('ticket_resolved', act, { resolution }),
    ],
  };
}

/** It was not over after all: a new cycle, before people again (H28). */
export function reopen(ticket: Ticket, act: Act): Done {
  if (ticket.status !== 'resolved') return refused('wrong_state');
  const again = queued(ticket, { priority: ticket.priority, reason: 'reopened', at: act.at });
  if (again === undefined) return refused('wrong_state');
  return { ticket: again, entries: [entryOf('ticket_reopened', act)] };
}

/** What it is about and how urgent, as a person sees it; a person may lower what the machine raised. */
export function triage(
  ticket: Ticket,
  act: Act & { readonly category: Ticket['category']; readonly priority: Priority },
): Done {
  if (isOver(ticket)) return refused('wrong_state');
  const { category, priority, at } = act;
  const before = { category: ticket.category, priority: ticket.priority };
  const told = category === ticket.category ? ticket : shown(ticket, at);
  return {
    ticket: { ...told, category, priority },
    entries: [entryOf('ticket_triaged', act, { category, priority, before })],
  };
}
