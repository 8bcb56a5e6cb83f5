import type { Contract } from '../api/contract.ts';
import * as deskRoutes from '../api/desk-routes.ts';
import * as disputeRoutes from '../api/dispute-routes.ts';
import type { ProblemName } from '../api/problems.ts';
import { maskText } from '../platform/mask.ts';
import { type Changing, createChangeTicket, type TicketChanged } from '../ticket/change-ticket.ts';
import { isFull } from '../ticket/claim-ticket.ts';
import { createConcludeTicket } from '../ticket/conclude-ticket.ts';
import * as acts from '../ticket/desk-acts.ts';
import { mayAtDesk } from '../ticket/desk-roles.ts';
import { createIncidentGuards } from '../ticket/incident-guard-store.ts';
import type { MergeRefusal } from '../ticket/merge.ts';
import { createMergeTickets } from '../ticket/merge-tickets.ts';
import { type MoveRefusal, moveDispute } from '../ticket/move-dispute.ts';
import { createReopenTicket } from '../ticket/reopen-ticket.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { agentView } from '../ticket/ticket-view.ts';
import type { Agent, ServeAgents } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Call } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

const routes = { ...deskRoutes, ...disputeRoutes };

interface Deps {
  readonly rooms: Rooms;
  readonly serve: ServeAgents;
  readonly telemetry: Telemetry;
}

type Refusal = MoveRefusal | MergeRefusal | 'followed' | 'no_such_transaction' | 'at_capacity';
const problemOf: Readonly<Record<Refusal, ProblemName>> = {
  not_yours: 'not-your-ticket',
  at_capacity: 'at-capacity',
  wrong_state: 'wrong-status',
  nothing_to_take_over: 'nothing-to-take-over',
  followed: 'ticket-followed',
  no_such_transaction: 'no-such-transaction',
  disputes_open: 'disputes-open',
  no_such_dispute: 'no-such-dispute',
  dispute_state: 'dispute-status',
  details_missing: 'dispute-details',
  amount_differs: 'dispute-amount',
  too_many_steps: 'too-many-steps',
  cannot_merge: 'cannot-merge',
  call_announced: 'call-announced',
  too_many_disputes: 'too-many-disputes',
};

/** What a handler needs of a call on a ticket, whichever contract it has. */
type TicketCall = Pick<Call<Contract, Agent>, 'who' | 'remember'> & {
  readonly parts: { readonly number: string };
};
type Act = (ticket: Ticket, at: string) => Changing | { readonly refusal: MoveRefusal };
type Answer = (ticket: ReturnType<typeof agentView>) => HttpAnswer;

/** What agents make of a ticket they have in hand. */
export function agentWork(deps: Deps): readonly HttpRoute[] {
  const { rooms, serve } = deps;
  const changeTicket = createChangeTicket(rooms);
  const mergeTickets = createMergeTickets({ ...rooms, guards: createIncidentGuards(rooms) });
  const reopenTicket = createReopenTicket({ ...rooms, changeTicket, mergeTickets });
  const concludeTicket = createConcludeTicket({ ...rooms, changeTicket });
  const view = (ticket: Ticket) => agentView(ticket, rooms.now().toISOString());

  /** Runs one act on one ticket and answers with the ticket after it. */
  async function worked(
    call: TicketCall,
    how: {
      readonly act: Act;
      readonly answer: Answer;
      /** It may put one more ticket into their hands, which hold only so many. */
      readonly takes?: true;
    },
  ) {
    let response: HttpAnswer | undefined;
    const full = how.takes === true && isFull(await rooms.tickets.inHandsOf(call.who.id));
    const changed = await changeTicket<MoveRefusal | 'at_capacity'>({
      number: call.parts.number,
      mayChange: () => true,
      change: (ticket, at) => {
        const changing = how.act(ticket, at);
        const isTaken = 'ticket' in changing && changing.ticket.status === 'in_progress';
        return full && isTaken ? { refusal: 'at_capacity' } : changing;
      },
      together: (ticket) => {
        response = how.answer(view(ticket));
        return [call.remember(response)];
      },
    });
    return answerOf(deps, call, { changed, response });
  }

  return [
    serve(routes.takeOver, (call) => {
      const words = maskText(call.body.reason).text;
      const act: Act = (ticket, at) => acts.takeOver(ticket, { agent: call.who, at, words });
      return worked(call, { act, takes: true, answer: (ticket) => call.answer({ ticket }) });
    }),
    serve(routes.handBack, (call) => {
      const { note, to } = call.body;
      const words = maskText(note).text;
      const act: Act = (ticket, at) => acts.handBack(ticket, { agent: call.who, at, words, to });
      return worked(call, { act, answer: (ticket) => call.answer({ ticket }) });
    }),
    serve(routes.writeToCustomer, (call) => {
      const { words, masked } = maskedWords(call.body.text);
      const act: Act = (ticket, at) => acts.writeToCustomer(ticket, { agent: call.who, at, words });
      return worked(call, { act, answer: (ticket) => call.answer({ ticket, ...masked }) });
    }),
    serve(routes.addNote, (call) => {
      const { words, masked } = maskedWords(call.body.text);
      const act: Act = (ticket, at) => acts.addNote(ticket, { agent: call.who, at, words });
      return worked(call, { act, answer: (ticket) => call.answer({ ticket, ...masked }) });
    }),
    serve(routes.waitFor, (call) => {
      const { whom, text, evidence } = call.body;
      const { words, masked } = maskedWords(text);
      const act: Act = (ticket, at) => acts.waitFor(ticket, { agent: call.who, at, words, whom, evidence });
      return worked(call, { act, answer: (ticket) => call.answer({ ticket, ...masked }) });
    }),
    serve(routes.resumeWork, (call) => {
      const act: Act = (ticket, at) => acts.resume(ticket, { agent: call.who, at });
      return worked(call, { act, takes: true, answer: (ticket) => call.answer({ ticket }) });
    }),
    serve(routes.triageTicket, (call) => {
      const { category, priority, reason } = call.body;
      const words = maskText(reason).text;
      const triaged = { agent: call.who, words, category, priority };
      const act: Act = (ticket, at) => acts.triage(ticket, { ...triaged, at });
      return worked(call, { act, answer: (ticket) => call.answer({ ticket }) });
    }),
    serve(routes.moveDispute, (call) => {
      const { text, ...step } = call.body;
      const { words, masked } = text === undefined ? unmasked : maskedWords(text);
      const act: Act = (ticket, at) => moveDispute(ticket, { ...step, agent: call.who, at, words });
      return worked(call, { act, answer: (ticket) => call.answer({ ticket, ...masked }) });
    }),
    serve(routes.mergeTicket, async (call) => {
      const { into, reason } = call.body;
      let response: HttpAnswer | undefined;
      const merged = await mergeTickets({
        ...{ number: call.parts.number, into, by: call.who, words: maskText(reason).text },
        supervises: mayAtDesk(call.who.groups, 'supervise'),
        together: ({ source, target }) => {
          response = call.answer({ ticket: view(source), into: view(target) });
          return [call.remember(response)];
        },
      });
      const changed =
        merged.outcome === 'merged' ? { outcome: 'done' as const, ticket: merged.source } : merged;
      return answerOf(deps, call, { changed, response });
    }),
    serve(routes.resolveTicket, (call) => {
      const { resolution, text, despiteDisputes: why } = call.body;
      const { words, masked } = maskedWords(text);
      const despiteDisputes = why === undefined ? undefined : maskText(why).text;
      const resolved = { agent: call.who, words, resolution, despiteDisputes };
      const act: Act = (ticket, at) => acts.resolve(ticket, { ...resolved, at });
      return worked(call, { act, answer: (ticket) => call.answer({ ticket, ...masked }) });
    }),
    serve(routes.concludeTicket, async (call) => {
      const { finding, plan, transactionIds } = call.body;
      const { words, masked } = maskedWords(plan);
      let response: HttpAnswer | undefined;
      const changed = await concludeTicket({
        number: call.parts.number,
        conclusion: { agent: call.who, words, finding },
        transactionIds,
        together: (ticket) => {
          response = call.answer({ ticket: view(ticket), ...masked });
          return [call.remember(response)];
        },
      });
      return answerOf(deps, call, { changed, response });
    }),
    serve(routes.reopenTicket, async (call) => {
      let response: HttpAnswer | undefined;
      const changed = await reopenTicket({
        number: call.parts.number,
        agent: call.who,
        words: maskText(call.body.reason).text,
        together: (ticket) => {
          response = call.answer({ ticket: view(ticket) });
          return [call.remember(response)];
        },
      });
      return answerOf(deps, call, { changed, response });
    }),
  ];
}

const unmasked = { words: undefined, masked: { cardNumbersMasked: 0, codesMasked: 0 } };

function maskedWords(text: string) {
  const { text: words, cardNumbers, codes } = maskText(text);
  return { words, masked: { cardNumbersMasked: cardNumbers, codesMasked: codes } };
}

function answerOf<R extends Refusal>(
  { telemetry }: Deps,
  call: TicketCall,
  done: { readonly changed: TicketChanged<R>; readonly response: HttpAnswer | undefined },
): HttpAnswer | 'repeated' {
  const { changed, response } = done;
  const refusal = changed.outcome === 'refused' ? changed.refusal : undefined;
  const outcome = refusal ?? changed.outcome;
  const known = changed.outcome === 'not_found' ? {} : { ticketNumber: call.parts.number };
  telemetry.log('ticket_worked_on', { ...known, agent: call.who.id, outcome });
  if (changed.outcome === 'repeated') return 'repeated';
  if (changed.outcome === 'not_found') return refuse('not-found');
  if (refusal !== undefined) return refuse(problemOf[refusal]);
  return response ?? refuse('internal');
}
