import type { Agent } from './claim.ts';
import { leased } from './claim.ts';
import type { DeskRefusal } from './desk-acts.ts';
import { type Dispute, disputesOf, type Step, type StepRefusal, withStep } from './dispute.ts';
import { isOver, shown, type Ticket } from './ticket.ts';
import type { Changing, TicketEntry } from './ticket-effect.ts';
import { ticketMail } from './ticket-emails.ts';
import { ticketEvent } from './ticket-events.ts';
import { mayFollow } from './ticket-states.ts';

export type MoveRefusal = DeskRefusal | StepRefusal;

export interface DisputeMove extends Omit<Step, 'hasWords'> {
  readonly agent: Agent;
  readonly at: string;
  /** Masked; the customer reads them. */
  readonly words?: string;
}

/**
 * One step of one dispute (D9): a journal entry, a new version, an event for the bank's other systems, and an e-mail to
 * the customer. By who has the ticket in hand. What was handed over comes back after weeks, when the ticket is over
 * already: then by anybody at the desk, and without opening it again, unless the customer is wanted.
 */
export function moveDispute(ticket: Ticket, move: DisputeMove): Changing | { readonly refusal: MoveRefusal } {
  const { agent, at, words, to } = move;
  if (!isOver(ticket) && ticket.claimedBy !== agent.id) return { refusal: 'not_yours' };
  const moved = withStatus(ticket, to);
  if (moved === undefined) return { refusal: 'wrong_state' };
  const stepped = withStep(
    disputesOf(ticket),
    { ...move, hasWords: words !== undefined },
    { at, by: agent.name },
  );
  if ('refusal' in stepped) return stepped;
  const { before, after, disputes } = stepped;
  const told = words === undefined ? {} : { nextResponseFrom: undefined };
  const wanted = to === 'evidence_wanted' ? { evidenceWantedAt: at } : {};
  const next: Ticket = { ...leased(shown(moved, at), at), ...told, ...wanted, disputes: [...disputes] };
  const waitsNow = next.status !== ticket.status;
  return {
    ticket: next,
    entries: entriesOf(move, { from: before.status, waitsNow }),
    effects: [
      ticketEvent('DisputeMoved', next, {
        ...factsOf(move, before.status),
        cardToken: after.cardToken ?? ticket.cardToken,
      }),
      // Where the ticket begins to wait for the customer, the e-mail that says so is enough.
      ...(waitsNow ? [] : [ticketMail('dispute_moved', next, { dispute: mailFacts(after) })]),
    ],
  };
}

/** Wanted evidence makes the ticket wait for its customer; any other step leaves its status. Undefined: it cannot. */
function withStatus(ticket: Ticket, to: Step['to']): Ticket | undefined {
  const { status } = ticket;
  if (status === 'merged') return undefined;
  if (to !== 'evidence_wanted' || status === 'awaiting_customer') return ticket;
  // From waiting for others the way leads through work, which is done in the same moment.
  const works = status === 'awaiting_third_party' && mayFollow(status, 'in_progress');
  return mayFollow(works ? 'in_progress' : status, 'awaiting_customer')
    ? { ...ticket, status: 'awaiting_customer' }
    : undefined;
}

function entriesOf(
  move: DisputeMove,
  about: { readonly from: Dispute['status']; readonly waitsNow: boolean },
): readonly TicketEntry[] {
  const { agent, words } = move;
  const by = `agent:${agent.id}`;
  const { name } = agent;
  return [
    // In the conversation, like whatever else is written to the customer.
    ...(words === undefined
      ? []
      : [{ type: 'agent_message' as const, by, data: { name, channel: 'app' }, words }]),
    { type: 'dispute_moved', by, data: { name, ...factsOf(move, about.from) } },
    ...(about.waitsNow ? [{ type: 'customer_awaited' as const, by, data: { name } }] : []),
  ];
}

const factsOf = ({ transactionId, to, amount, reference, cause }: DisputeMove, from: Dispute['status']) => ({
  ...{ transactionId, from, to, amount, reference, cause },
});

function mailFacts({ status, facts, steps }: Dispute) {
  const amount = steps.at(-1)?.amount;
  return {
    status,
    ...(facts === undefined ? {} : { merchantName: facts.merchantName, charged: facts.amount }),
    ...(amount === undefined ? {} : { amount }),
  };
}
