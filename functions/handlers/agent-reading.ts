import { readTicketAsAgent } from '../api/agent-routes.ts';
import { cardView } from '../card/card-view.ts';
import { createNoteAnswer } from '../ticket/note-answer.ts';
import { createReadLinks } from '../ticket/read-links.ts';
import { cardsOf, type Ticket } from '../ticket/ticket.ts';
import { agentView, timelineView } from '../ticket/ticket-view.ts';
import { verificationView } from '../verification/verification-view.ts';
import type { ServeAgents, StaffCall } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import { markOf } from './mark.ts';
import type { Rooms } from './rooms.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly serve: ServeAgents;
  readonly telemetry: Telemetry;
}

/** Everything about one ticket; who read it is logged. */
export const agentReading = (deps: Deps): HttpRoute => deps.serve(readTicketAsAgent, readingTicket(deps));

/**
 * An open page asks every second and a half. The journal, up to ten thousand entries, is read and its chain verified only
 * where there is something new: it grows with its ticket, whose `seq` and `chain` are in the mark.
 */
function readingTicket({ rooms, telemetry }: Deps) {
  const { tickets, now } = rooms;
  const besideOf = createBeside(rooms);
  const noteAnswer = createNoteAnswer({
    ...rooms,
    onFault: (error) => telemetry.warn('status_answer_not_noted', error),
  });
  return async (call: StaffCall<typeof readTicketAsAgent>): Promise<HttpAnswer> => {
    const { number } = call.parts;
    const ticket = (await tickets.byNumber(number))?.body;
    if (ticket === undefined) return refuse('not-found');
    const asOf = now().toISOString();
    const beside = await besideOf(ticket, asOf);
    const { seq, chain } = ticket;
    const mark = markOf({ ...beside, ticket: withoutSeconds(beside.ticket), seq, chain });
    if (mark === call.query.since) {
      call.showsNothing();
      return call.answer({ asOf, mark });
    }
    const timeline = await tickets.timeline(ticket.ticketId);
    telemetry.log('ticket_read', { ticketNumber: number, agent: call.who.id });
    await noteAnswer(ticket, 'desk');
    const { intact: timelineIntact } = timeline;
    return call.answer({ asOf, mark, ...beside, timeline: timelineView(timeline), timelineIntact });
  };
}

/** A running clock's seconds are no news: whoever shows it counts on by itself. Whether it ran out is. */
function withoutSeconds({ clocks, pastClocks: _, ...ticket }: ReturnType<typeof agentView>) {
  return { ...ticket, clocks: clocks.map(({ elapsedSeconds: _seconds, ...clock }) => clock) };
}

/** All that is shown of a ticket but its journal. */
function createBeside(rooms: Rooms) {
  const { alerts, cards, contacts, verifications } = rooms;
  const readLinks = createReadLinks(rooms);
  return async (ticket: Ticket, asOf: string) => {
    const { alertId, cardToken, customerId } = ticket;
    const otherCards = cardsOf(ticket).filter((token) => token !== cardToken);
    const [alert, card, contact, proofs, links, others] = await Promise.all([
      alertId === undefined ? undefined : alerts.get(alertId),
      cards.get(cardToken),
      contacts.get(customerId),
      verifications.ofCard(customerId, cardToken),
      readLinks(ticket),
      Promise.all(otherCards.map((token) => cards.get(token))),
    ]);
    return {
      ticket: agentView(ticket, asOf, links),
      customer: contact && { name: contact.name, language: contact.language },
      card: card && cardView(card.body),
      otherCards: others.flatMap((one) => (one === undefined ? [] : [cardView(one.body)])),
      alert: alert && {
        status: alert.body.status,
        severity: alert.body.severity,
        openedAt: alert.body.openedAt,
        transactions: alert.body.transactions.map(({ judged: _, ...shown }) => shown),
        transactionCount: alert.body.transactionCount,
        undeliverableReason: alert.body.undeliverableReason,
        ruleSetVersion: alert.body.ruleSetVersion,
      },
      verifications: proofs.map((one) => verificationView(one, asOf)),
    };
  };
}
