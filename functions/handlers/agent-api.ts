import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as routes from '../api/agent-routes.ts';
import { createPhoneKeyStore } from '../notification/phone-key-store.ts';
import { phoneDigests } from '../notification/phone-keys.ts';
import { createRequests } from '../platform/requests.ts';
import { createClaimTicket } from '../ticket/claim-ticket.ts';
import { createCountQueue } from '../ticket/count-queue.ts';
import { MOST_LISTED } from '../ticket/ticket-reading-store.ts';
import { agentView } from '../ticket/ticket-view.ts';
import { approvalRoutes } from './agent-approvals.ts';
import { agentBehalf } from './agent-behalf.ts';
import { bulkRoutes } from './agent-bulk.ts';
import { agentCalls } from './agent-calls.ts';
import { agentDecisions } from './agent-decisions.ts';
import { agentDesk } from './agent-desk.ts';
import { agentEvidence } from './agent-evidence.ts';
import { agentReading } from './agent-reading.ts';
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
const { db, now, tickets } = rooms;
const phoneKeys = createPhoneKeyStore({
  client: new SecretsManagerClient(CALL_LIMITS),
  secretArn: environment.PHONE_KEYS_SECRET_ARN,
  now: rooms.now,
  onStale: (error) => telemetry.warn('phone_keys_stale', error),
});
const digestsOf = async (e164: string) => phoneDigests(await phoneKeys(), e164);
const requests = createRequests(db, environment.CASES_TABLE, now);
const claimTicket = createClaimTicket(rooms);
const contactCentre = environment.CONTACT_CENTRE === 'dials';
const queue = createCountQueue(rooms);
const serve = createServeAgents({ requests, telemetry });

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
    // A list that is not full is all of it.
    const all = waiting.length < MOST_LISTED ? { total: waiting.length, more: false } : await queue.total();
    const asOf = now().toISOString();
    return answer({
      asOf,
      total: Math.max(all.total, waiting.length),
      more: all.more || all.total > waiting.length,
      tickets: waiting.map((ticket, index) => ({ position: index + 1, ...agentView(ticket, asOf) })),
    });
  }),
  agentReading({ rooms, serve, telemetry }),
  serve(routes.claimTicket, claim),
  ...approvalRoutes({ rooms, telemetry, serve }),
  ...bulkRoutes({ rooms, telemetry, serve }),
  ...agentCalls({ rooms, serve, telemetry, contactCentre }),
  ...agentDesk({ rooms, serve, telemetry, claimTicket, contactCentre, zone: environment.ISSUER_ZONE }),
  ...agentWork({ rooms, serve, telemetry }),
  ...agentBehalf({ rooms, serve, telemetry, digestsOf }),
  agentDecisions({ rooms, serve, telemetry }),
  ...agentEvidence({ rooms, serve, telemetry, links: linksOf(environment, now) }),
]);
