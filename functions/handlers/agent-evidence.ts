import * as routes from '../api/evidence-routes.ts';
import { evidenceView } from '../ticket/evidence.ts';
import { agentView } from '../ticket/ticket-view.ts';
import type { Agent, ServeAgents } from './agent-serve.ts';
import { type EvidenceParts, evidenceUses, problemOfUpload, wantedOf } from './evidence-parts.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps extends EvidenceParts {
  readonly serve: ServeAgents;
  readonly telemetry: Telemetry;
}

/** Papers and screenshots at the desk: read, and added for a customer who has no other way. */
export function agentEvidence(deps: Deps): readonly HttpRoute[] {
  const { rooms, serve, telemetry } = deps;
  const uses = evidenceUses(deps);

  const askUpload: Handle<typeof routes.askUploadAsAgent, Agent> = async (call) => {
    const { number } = call.parts;
    const agentId = call.who.id;
    const ticket = await rooms.tickets.byNumber(number);
    if (ticket === undefined) return refuse('not-found');
    const wanted = wantedOf(call.body, `agent:${agentId}`);
    if (typeof wanted === 'string') return refuse(wanted);
    let response: HttpAnswer | undefined;
    const asked = await uses.askUpload(
      {
        ...{ number, wanted, agentId, mayChange: () => true },
        together: (after, { evidence, upload }) => {
          response = call.answer({
            evidence: evidenceView(evidence),
            upload: { ...upload, method: 'PUT' },
            ticket: agentView(after, rooms.now().toISOString()),
          });
          return [call.remember(response)];
        },
      },
      ticket.body.ticketId,
    );
    telemetry.log('evidence_asked', { ticketNumber: number, agent: agentId, outcome: asked.outcome });
    if (asked.outcome === 'repeated') return 'repeated';
    if (asked.outcome === 'not_found') return refuse('not-found');
    if (asked.outcome === 'refused') return refuse(problemOfUpload[asked.refusal]);
    return response ?? refuse('internal');
  };

  return [
    serve(routes.askUploadAsAgent, askUpload),
    serve(routes.listEvidenceAsAgent, async ({ parts, answer }) => {
      const ticket = await rooms.tickets.byNumber(parts.number);
      if (ticket === undefined) return refuse('not-found');
      return answer({ asOf: rooms.now().toISOString(), evidence: await uses.list(ticket.body) });
    }),
    serve(routes.fetchEvidenceAsAgent, async ({ who, parts, answer }) => {
      const ticket = await rooms.tickets.byNumber(parts.number);
      const found = ticket && (await uses.fetch(ticket.body, parts.evidenceId));
      if (ticket === undefined || found === undefined) return refuse('not-found');
      if (found === 'not_ready') return refuse('evidence-not-ready');
      const { number, customerId } = ticket.body;
      telemetry.log('evidence_fetched', { ticketNumber: number, customerId, agent: who.id });
      return answer(found);
    }),
  ];
}
