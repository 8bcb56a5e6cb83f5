import { readBoard as readBoardRoute, readColleagues } from '../api/board-routes.ts';
import * as routes from '../api/desk-routes.ts';
import { readKpis } from '../api/kpi-routes.ts';
import { MOST_IN_HAND } from '../ticket/claim.ts';
import type { ClaimTicket } from '../ticket/claim-ticket.ts';
import { allowedBy, rolesAmong } from '../ticket/desk-roles.ts';
import { createDayOf } from '../ticket/issuer-day.ts';
import { createKeepLease } from '../ticket/keep-lease.ts';
import { createKpiEventStore } from '../ticket/kpi-event-store.ts';
import { createNextTicket } from '../ticket/next-ticket.ts';
import { createReadBoard } from '../ticket/read-board.ts';
import { createReadKpis } from '../ticket/read-kpis.ts';
import { agentView } from '../ticket/ticket-view.ts';
import type { Agent, ServeAgents } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import { logListed } from './staff-readings.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly serve: ServeAgents;
  readonly telemetry: Telemetry;
  readonly claimTicket: ClaimTicket;
  /** Whether this stage has a contact centre that dials. */
  readonly contactCentre: boolean;
  /** IANA zone in which figures count days. */
  readonly zone: string;
}

/** What agents have in hand and what comes next. */
export function agentDesk(deps: Deps): readonly HttpRoute[] {
  const { rooms, serve, telemetry, contactCentre } = deps;
  const { tickets, now } = rooms;
  const { readBoard, readAgents } = createReadBoard(rooms);
  const kpis = createReadKpis({
    ...{ ...rooms, events: createKpiEventStore(rooms) },
    dayOf: createDayOf(deps.zone),
  });
  return [
    serve(routes.readMe, async ({ who, answer }) => {
      const inHand = await tickets.inHandsOf(who.id);
      return answer({
        id: who.id,
        name: who.name,
        roles: [...rolesAmong(who.groups)],
        may: [...allowedBy(who.groups)],
        inWork: inHand.filter(({ status }) => status === 'in_progress').length,
        mostInWork: MOST_IN_HAND,
        dial:
          contactCentre && who.contactCentreUser !== undefined ? ['contact_centre', 'by_hand'] : ['by_hand'],
      });
    }),
    serve(routes.myTickets, async ({ who, answer }) => {
      const asOf = now().toISOString();
      const own = await tickets.inHandsOf(who.id);
      logListed(
        telemetry,
        who,
        own.map(({ number }) => number),
      );
      return answer({ asOf, tickets: own.map((ticket) => agentView(ticket, asOf)) });
    }),
    serve(readBoardRoute, async ({ who, answer }) => {
      const { at: asOf, waiting, inHand, figures, more } = await readBoard();
      logListed(
        telemetry,
        who,
        [...waiting, ...inHand].map(({ number }) => number),
      );
      return answer({
        asOf,
        waiting: waiting.map((ticket, index) => ({ position: index + 1, ...agentView(ticket, asOf) })),
        inHand: inHand.map((ticket) => agentView(ticket, asOf)),
        ...figures,
        more,
      });
    }),
    serve(readColleagues, async ({ who, answer }) => {
      const { at: asOf, agents } = await readAgents();
      return answer({ asOf, colleagues: agents.filter(({ id }) => id !== who.id) });
    }),
    serve(readKpis, async ({ query, answer }) => answer(await kpis(query))),
    serve(routes.nextTicket, nextTicket(deps)),
    serve(routes.heartbeat, heartbeat(deps)),
  ];
}

function nextTicket({ rooms, telemetry, claimTicket }: Deps): Handle<typeof routes.nextTicket, Agent> {
  const next = createNextTicket({ ...rooms, claimTicket, random: Math.random });
  return async ({ who, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const given = await next(who, (ticket) => {
      response = answer({ outcome: 'claimed', ticket: agentView(ticket, rooms.now().toISOString()) });
      return [remember(response)];
    });
    const claimed = given.outcome === 'claimed' ? { ticketNumber: given.ticket.number } : {};
    telemetry.log('ticket_claimed', { ...claimed, agent: who.id, outcome: given.outcome });
    switch (given.outcome) {
      case 'claimed':
        return response ?? refuse('internal');
      case 'repeated':
        return 'repeated';
      case 'at_capacity':
        return refuse('at-capacity');
      case 'nothing_waits':
        return answer({ outcome: 'nothing_waits' });
    }
  };
}

function heartbeat({ rooms }: Deps): Handle<typeof routes.heartbeat, Agent> {
  const keepLease = createKeepLease(rooms);
  return async ({ who, parts: { number }, body: { focusSeconds }, key, answer }) => {
    const kept = await keepLease({ number, agentId: who.id, focusSeconds, key });
    switch (kept.outcome) {
      case 'kept':
        return answer({ leaseUntil: kept.leaseUntil });
      case 'not_found':
        return refuse('not-found');
      case 'not_yours':
        return refuse('not-your-ticket', kept.by === undefined ? {} : { by: kept.by, at: kept.at });
    }
  };
}
