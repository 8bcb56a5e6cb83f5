import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as routes from '../api/agent-routes.ts';
import { cardView } from '../card/card-view.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { phoneDigests } from '../notification/phone-keys.ts';
import { createRequests } from '../platform/requests.ts';
import { createClaimTicket } from '../ticket/claim-ticket.ts';
import { createNoteAnswer } from '../ticket/note-answer.ts';
import { createReadLinks } from '../ticket/read-links.ts';
import { cardsOf } from '../ticket/ticket.ts';
import { agentView, timelineView } from '../ticket/ticket-view.ts';
import { verificationView } from '../verification/verification-view.ts';
import { approvalRoutes } from './agent-approvals.ts';
import { agentBehalf } from './agent-behalf.ts';
import { bulkRoutes } from './agent-bulk.ts';
import { agentCalls } from './agent-calls.ts';
import { agentDecisions } from './agent-decisions.ts';
import { agentDesk } from './agent-desk.ts';
import { agentEvidence } from './agent-evidence.ts';
import { type Agent, createServeAgents } from './agent-serve.ts';
import { agentWork } from './agent-work.ts';
import { CALL_LIMITS } from './clients.ts';
import { agentApiEnvironment, readEnvironment } from './environments.ts';
import { linksOf } from './evidence-parts.ts';
import { type HttpAnswer, httpHandler, refuse } from './http.ts';
import { createRooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import { logListed } from './staff-readings.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(agentApiEnvironment);
const telemetry = createTelemetry('agent-api');
const rooms = createRooms(environment);
const { alerts, cards, db, now, tickets, verifications } = rooms;
const phoneKeys = createPhoneKeyStore({
  client: new SecretsManagerClient(CALL_LIMITS),
  secretArn: environment.PHONE_KEYS_SECRET_ARN,
  now: rooms.now,
  onStale: (error) => telemetry.warn('phone_keys_stale', error),
});
const digestsOf = async (e164: string) => phoneDigests(await phoneKeys(), e164);
const requests = createRequests(db, environment.CASES_TABLE, now);
const claimTicket = createClaimTicket(rooms);
const noteAnswer = createNoteAnswer({
  ...rooms,
  onFault: (error) => telemetry.warn('status_answer_not_noted', error),
});
const readLinks = createReadLinks(rooms);
const contactCentre = environment.CONTACT_CENTRE === 'dials';
const serve = createServeAgents({ requests, telemetry });

/** Everything about one ticket; who read it is logged. */
const readTicket: Handle<typeof routes.readTicketAsAgent, Agent> = async (call) => {
  const { number } = call.parts;
  const ticket = await tickets.byNumber(number);
  if (ticket === undefined) return refuse('not-found');
  const { ticketId, alertId, cardToken, customerId } = ticket.body;
  const otherCards = cardsOf(ticket.body).filter((token) => token !== cardToken);
  const [timeline, alert, card, proofs, links, others] = await Promise.all([
    tickets.timeline(ticketId),
    alertId === undefined ? undefined : alerts.get(alertId),
    cards.get(cardToken),
    verifications.ofCard(customerId, cardToken),
    readLinks(ticket.body),
    Promise.all(otherCards.map((token) => cards.get(token))),
  ]);
  telemetry.log('ticket_read', { ticketNumber: number, agent: call.who.id });
  await noteAnswer(ticket.body, 'desk');
  return call.answer({
    ticket: agentView(ticket.body, now().toISOString(), links),
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
    verifications: proofs.map((one) => verificationView(one, now().toISOString())),
    timeline: timelineView(timeline),
    timelineIntact: timeline.intact,
  });
};

const claim: Handle<typeof routes.claimTicket, Agent> = async (call) => {
  const { number } = call.parts;
  let response: HttpAnswer | undefined;
  const claimed = await claimTicket(number, call.who, (ticket, outcome) => {
    response = call.answer({ outcome, ticket: agentView(ticket, now().toISOString()) });
    return [call.remember(response)];
  });
  if (claimed.outcome === 'no_such_ticket') return refuse('not-found');
  telemetry.log('ticket_claimed', { ticketNumber: number, agent: call.who.id, outcome: claimed.outcome });
  switch (claimed.outcome) {
    case 'claimed':
    case 'already_yours':
      return response ?? refuse('internal');
    case 'repeated':
      return 'repeated';
    case 'taken':
      return refuse('claim-taken', { outcome: 'taken', by: claimed.by, at: claimed.at });
    case 'at_capacity':
      return refuse('at-capacity');
    case 'not_claimable':
      return refuse('not-claimable', { ticketStatus: claimed.status });
  }
};

export const handler = httpHandler(telemetry, [
  serve(routes.readQueue, async ({ who, answer }) => {
    const waiting = await tickets.queue();
    logListed(
      telemetry,
      who,
      waiting.map(({ number }) => number),
    );
    const asOf = now().toISOString();
    return answer({
      asOf,
      tickets: waiting.map((ticket, index) => ({ position: index + 1, ...agentView(ticket, asOf) })),
    });
  }),
  serve(routes.readTicketAsAgent, readTicket),
  serve(routes.claimTicket, claim),
  ...approvalRoutes({ rooms, telemetry, serve }),
  ...bulkRoutes({ rooms, telemetry, serve }),
  ...agentCalls({ rooms, serve, telemetry, contactCentre }),
  ...agentDesk({ rooms, serve, telemetry, claimTicket, contactCentre }),
  ...agentWork({ rooms, serve, telemetry }),
  ...agentBehalf({ rooms, serve, telemetry, digestsOf }),
  agentDecisions({ rooms, serve, telemetry }),
  ...agentEvidence({ rooms, serve, telemetry, links: linksOf(environment, now) }),
]);
