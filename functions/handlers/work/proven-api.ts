import * as routes from '../../api/proven-routes.ts';
import { writeExport } from '../../ticket/export-file.ts';
import { wholeView } from '../../ticket/ticket-view.ts';
import { createGrantExport } from '../../verification/grant-export.ts';
import { createRequestReplacement } from '../../verification/request-replacement.ts';
import type { NoProof } from '../../verification/use-proof.ts';
import { type Customer, createServeCustomers } from '../customer-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from '../http.ts';
import type { Handle } from '../serve.ts';
import type { VerificationWork } from './verification-api.ts';

type ProvenWork = Pick<VerificationWork, 'rooms' | 'telemetry' | 'newId' | 'requests' | 'limits'>;

/** What a proof of identity gives beside a released card. */
export function provenApi(deps: ProvenWork): readonly HttpRoute[] {
  const { rooms, requests, limits, telemetry } = deps;
  const serve = createServeCustomers({ contacts: rooms.contacts, requests, limits, telemetry });
  return [
    serve(routes.exportTicket, exporting(deps)),
    serve(routes.fetchExport, fetching(deps)),
    serve(routes.replaceCard, replacing(deps)),
  ];
}

function refused(outcome: NoProof): HttpAnswer {
  switch (outcome) {
    case 'not_yours':
      return refuse('not-found');
    case 'not_proven':
      return refuse('not-verified');
    case 'over':
      return refuse('verification-over');
    case 'changed_since':
      return refuse('verification-void');
  }
}

function exporting({ rooms, telemetry, newId }: ProvenWork): Handle<typeof routes.exportTicket, Customer> {
  const grantExport = createGrantExport({ ...rooms, newId });
  return async ({ who: { customerId }, parts: { number }, body, answer, remember }) => {
    const granted = await grantExport({
      ...{ customerId, number, verificationId: body.verificationId },
      together: ({ exportId, until }) => [remember(answer({ exportId, until }))],
    });
    telemetry.log('export_granted', { outcome: granted.outcome });
    if (granted.outcome === 'repeated') return 'repeated';
    if (granted.outcome !== 'granted') return refused(granted.outcome);
    const { exportId, until } = granted.grant;
    return answer({ exportId, until });
  };
}

function fetching({ rooms, telemetry }: ProvenWork): Handle<typeof routes.fetchExport, Customer> {
  return async ({ who: { customerId }, parts: { exportId }, answer }) => {
    const grant = await rooms.exports.granted(exportId);
    const at = rooms.now().toISOString();
    if (grant?.customerId !== customerId || grant.until <= at) return refuse('not-found');
    const [ticket, items] = await Promise.all([
      rooms.tickets.itself(grant.ticketId),
      rooms.exports.read(grant.ticketId),
    ]);
    if (ticket === undefined) return refuse('not-found');
    const { number } = ticket;
    telemetry.log('export_fetched', { ticketNumber: number });
    return answer({ fileName: `${number}.json`, file: writeExport({ ticket, ...items, at }) });
  };
}

function replacing({ rooms, telemetry }: ProvenWork): Handle<typeof routes.replaceCard, Customer> {
  const requestReplacement = createRequestReplacement(rooms);
  return async ({ who: { customerId }, parts: { cardToken }, body, answer, remember }) => {
    const at = rooms.now().toISOString();
    const requested = await requestReplacement({
      ...{ customerId, cardToken, verificationId: body.verificationId },
      together: (ticket) => [remember(answer({ outcome: 'requested', ticket: wholeView(ticket, { at }) }))],
    });
    telemetry.log('replacement_requested', { outcome: requested.outcome });
    switch (requested.outcome) {
      case 'requested':
      case 'requested_already':
        return answer({ outcome: requested.outcome, ticket: wholeView(requested.ticket, { at }) });
      case 'repeated':
        return 'repeated';
      case 'nothing_to_replace':
        return refuse('nothing-to-replace');
      default:
        return refused(requested.outcome);
    }
  };
}
