import { cardView } from '../card/card-view.ts';
import { createClaimTicket } from '../ticket/claim-ticket.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { agentView, timelineView } from '../ticket/ticket-view.ts';
import { agentApiEnvironment, readEnvironment } from './environments.ts';
import { answer, callerOf, type HttpAnswer, type HttpEvent, httpHandler, pathPart, problem } from './http.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(agentApiEnvironment);
const telemetry = createTelemetry('agent-api');
const rooms = createRooms(environment);
const { alerts, cards, now, tickets } = rooms;
const claimTicket = createClaimTicket(rooms);

const notFound = () => problem(404, 'not-found', 'There is no ticket of this number.');

async function readQueue(): Promise<HttpAnswer> {
  const waiting = await tickets.queue();
  return answer(200, {
    asOf: now().toISOString(),
    tickets: waiting.map((ticket, index) => ({ position: index + 1, ...agentView(ticket) })),
  });
}

/** Everything about one ticket; who read it is logged. */
async function readTicket(event: HttpEvent): Promise<HttpAnswer> {
  const number = pathPart(event, 'number', ticketNumberSchema);
  const ticket = number && (await tickets.byNumber(number));
  if (!ticket) return notFound();
  const { ticketId, alertId, cardToken } = ticket.body;
  const [timeline, alert, card] = await Promise.all([
    tickets.timeline(ticketId),
    alertId === undefined ? undefined : alerts.get(alertId),
    cards.get(cardToken),
  ]);
  telemetry.log('ticket_read', { ticketNumber: number, agent: callerOf(event).subject });
  return answer(200, {
    ticket: agentView(ticket.body),
    card: card && cardView(card.body),
    alert: alert && {
      status: alert.body.status,
      severity: alert.body.severity,
      openedAt: alert.body.openedAt,
      transactions: alert.body.transactions,
      transactionCount: alert.body.transactionCount,
      undeliverableReason: alert.body.undeliverableReason,
      ruleSetVersion: alert.body.ruleSetVersion,
    },
    timeline: timelineView(timeline),
    timelineIntact: timeline.intact,
  });
}

/** Takes no `Idempotency-Key`: a claim that comes again is `already_yours` and changes nothing. */
async function claim(event: HttpEvent): Promise<HttpAnswer> {
  const number = pathPart(event, 'number', ticketNumberSchema);
  if (number === undefined) return notFound();
  const { subject, name } = callerOf(event);
  const claimed = await claimTicket(number, { id: subject, name });
  if (claimed.outcome === 'no_such_ticket') return notFound();
  telemetry.log('ticket_claimed', { ticketNumber: number, agent: subject, outcome: claimed.outcome });
  switch (claimed.outcome) {
    case 'claimed':
    case 'already_yours':
      return answer(200, { outcome: claimed.outcome, ticket: agentView(claimed.ticket) });
    case 'taken':
      return answer(409, { outcome: 'taken', by: claimed.by, at: claimed.at });
    case 'not_claimable':
      return problem(409, 'not-claimable', `A ticket that is ${claimed.status} cannot be claimed.`);
  }
}

export const handler = httpHandler(telemetry, [
  { method: 'GET', path: '/agent/queue', handle: readQueue },
  { method: 'GET', path: '/agent/tickets/{number}', handle: readTicket },
  { method: 'POST', path: '/agent/tickets/{number}/claim', handle: claim },
]);
