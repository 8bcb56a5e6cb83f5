import * as routes from '../api/agent-routes.ts';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { createAnnounceCall } from '../ticket/announce-call.ts';
import { CHECK_CODE_LENGTH } from '../ticket/call.ts';
import { createChangeTicket } from '../ticket/change-ticket.ts';
import { createConnectCall } from '../ticket/connect-call.ts';
import { createEndCall } from '../ticket/end-call.ts';
import { agentView, callView } from '../ticket/ticket-view.ts';
import type { Agent, ServeAgents } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly serve: ServeAgents;
  readonly telemetry: Telemetry;
  /** Whether this stage has a contact centre that dials. */
  readonly contactCentre: boolean;
}

/** Calls to customers, announced before the phone rings. */
export function agentCalls(deps: Deps): readonly HttpRoute[] {
  const { serve } = deps;
  return [
    serve(routes.announceCall, announceCall(deps)),
    serve(routes.callConnected, callConnected(deps)),
    serve(routes.endCall, endCall(deps)),
  ];
}

function announceCall({ rooms, telemetry, contactCentre }: Deps): Handle<typeof routes.announceCall, Agent> {
  const announce = createAnnounceCall({
    changeTicket: createChangeTicket(rooms),
    newId,
    newCode: () => newSpokenCode(CHECK_CODE_LENGTH),
  });
  return async ({ who, parts: { number }, body: { dial = 'by_hand' }, answer, remember }) => {
    const byCentre = dial === 'contact_centre';
    if (byCentre && !contactCentre) return refuse('no-contact-centre');
    if (byCentre && who.contactCentreUser === undefined) return refuse('no-contact-centre-user');
    let response: HttpAnswer | undefined;
    const announced = await announce({
      number,
      agent: who,
      contactCentreUser: byCentre ? who.contactCentreUser : undefined,
      together: (ticket, checkCode) => {
        const { call, phoneConsent } = ticket;
        const until = call?.until ?? '';
        response = answer({
          checkCode,
          until,
          phoneConsent,
          ticket: agentView(ticket, rooms.now().toISOString()),
        });
        return [remember(response)];
      },
    });
    const { outcome } = announced;
    telemetry.log('call_announced', { ticketNumber: number, agent: who.id, dial, outcome });
    if (announced.outcome === 'repeated') return 'repeated';
    if (announced.outcome === 'not_found') return refuse('not-found');
    if (announced.outcome === 'refused') {
      return refuse(announced.refusal === 'not_yours' ? 'not-your-ticket' : 'call-announced');
    }
    return response ?? refuse('internal');
  };
}

function callConnected({ rooms, telemetry }: Deps): Handle<typeof routes.callConnected, Agent> {
  const connect = createConnectCall({ changeTicket: createChangeTicket(rooms) });
  return async ({ who, parts: { number }, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const connected = await connect({
      number,
      agent: who,
      together: (ticket) => {
        response = answer({ ticket: agentView(ticket, rooms.now().toISOString()) });
        return [remember(response)];
      },
    });
    telemetry.log('call_connected', { ticketNumber: number, agent: who.id, outcome: connected.outcome });
    if (connected.outcome === 'repeated') return 'repeated';
    if (connected.outcome === 'not_found') return refuse('not-found');
    if (connected.outcome === 'refused') return refuse('no-call');
    return response ?? refuse('internal');
  };
}

function endCall({ rooms, telemetry }: Deps): Handle<typeof routes.endCall, Agent> {
  const end = createEndCall({ changeTicket: createChangeTicket(rooms) });
  return async ({ who, parts: { number }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const ended = await end({
      ...body,
      number,
      agentId: who.id,
      together: (ticket) => {
        const last = ticket.calls?.at(-1);
        if (last === undefined) throw new Error('a call ended and is not on its ticket');
        response = answer({ call: callView(last), ticket: agentView(ticket, rooms.now().toISOString()) });
        return [remember(response)];
      },
    });
    telemetry.log('call_ended', { ticketNumber: number, agent: who.id, outcome: ended.outcome });
    if (ended.outcome === 'repeated') return 'repeated';
    if (ended.outcome === 'not_found') return refuse('not-found');
    if (ended.outcome === 'refused') return refuse('no-call');
    return response ?? refuse('internal');
  };
}
