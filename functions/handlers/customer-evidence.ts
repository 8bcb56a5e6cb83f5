import * as routes from '../api/evidence-routes.ts';
import { evidenceView } from '../ticket/evidence.ts';
import { wholeView } from '../ticket/ticket-view.ts';
import type { Customer, ServeCustomers } from './customer-serve.ts';
import { type EvidenceParts, evidenceUses, problemOfUpload, wantedOf } from './evidence-parts.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps extends EvidenceParts {
  readonly serve: ServeCustomers;
  readonly telemetry: Telemetry;
}

/** Papers and screenshots a customer adds to a ticket (D9). */
export function customerEvidence(deps: Deps): readonly HttpRoute[] {
  const { rooms, serve } = deps;
  const uses = evidenceUses(deps);
  const ownTicket = async (number: string, customerId: string) => {
    const ticket = await rooms.tickets.byNumber(number);
    return ticket?.body.customerId === customerId ? ticket.body : undefined;
  };

  const askUpload: Handle<typeof routes.askUpload, Customer> = async (call) => {
    const { customerId } = call.who;
    const { number } = call.parts;
    const ticket = await ownTicket(number, customerId);
    if (ticket === undefined) return refuse('not-found');
    const wanted = wantedOf(call.body, `customer:${customerId}`);
    if (typeof wanted === 'string') return refuse(wanted);
    let response: HttpAnswer | undefined;
    const asked = await uses.askUpload(
      {
        ...{ number, wanted, mayChange: (one) => one.customerId === customerId },
        together: (after, { evidence, upload }) => {
          response = call.answer({
            evidence: evidenceView(evidence),
            upload: { ...upload, method: 'PUT' },
            ticket: wholeView(after, { at: rooms.now().toISOString() }),
          });
          return [call.remember(response)];
        },
      },
      ticket.ticketId,
    );
    deps.telemetry.log('evidence_asked', { ticketNumber: number, outcome: asked.outcome });
    if (asked.outcome === 'repeated') return 'repeated';
    if (asked.outcome === 'not_found') return refuse('not-found');
    if (asked.outcome === 'refused') return refuse(problemOfUpload[asked.refusal]);
    return response ?? refuse('internal');
  };

  return [
    serve(routes.askUpload, askUpload),
    serve(routes.listEvidence, async ({ who, parts, answer }) => {
      const ticket = await ownTicket(parts.number, who.customerId);
      if (ticket === undefined) return refuse('not-found');
      return answer({ asOf: rooms.now().toISOString(), evidence: await uses.list(ticket) });
    }),
    serve(routes.fetchEvidence, async ({ who, parts, answer }) => {
      const ticket = await ownTicket(parts.number, who.customerId);
      const found = ticket && (await uses.fetch(ticket, parts.evidenceId));
      if (found === undefined) return refuse('not-found');
      return found === 'not_ready' ? refuse('evidence-not-ready') : answer(found);
    }),
  ];
}
