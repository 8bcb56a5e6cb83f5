import type { Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { ExportGrant, TicketExportStore } from '../ticket/ticket-export-store.ts';
import { type NoProof, type ProofDeps, readProof } from './use-proof.ts';
import { verificationEntry } from './verification-entry.ts';

/** A file can be fetched for so long after it was granted, as often as the network needs. */
export const EXPORT_MINUTES = 15;

export type ExportGranted =
  | { readonly outcome: 'granted'; readonly grant: ExportGrant }
  | { readonly outcome: NoProof | 'repeated' };

/** Lets a proven customer fetch one ticket of the card they proved themselves for (D5, D11); the ticket says so. */
export function createGrantExport(
  deps: ProofDeps & { exports: TicketExportStore; now: () => Date; newId: () => string },
) {
  return (request: {
    readonly verificationId: string;
    readonly customerId: string;
    readonly number: string;
    readonly together: (grant: ExportGrant) => readonly Write<unknown>[];
  }): Promise<ExportGranted> =>
    retryWhenChanged<ExportGranted>(8, async () => {
      const { verificationId, customerId, number } = request;
      const now = deps.now();
      const ticket = await deps.tickets.byNumber(number);
      if (ticket?.body.customerId !== customerId) return { outcome: 'not_yours' };
      const proof = await readProof(deps, { verificationId, customerId, action: 'export_ticket' }, now);
      if (proof === 'changed' || proof.outcome !== 'proven') return proof;
      const { verification, standing } = proof;
      if (verification.cardToken !== ticket.body.cardToken) return { outcome: 'not_yours' };
      const { ticketId } = ticket.body;
      const until = new Date(now.getTime() + EXPORT_MINUTES * 60_000).toISOString();
      const grant = { exportId: deps.newId(), ticketId, customerId, until };
      // An earlier ticket of the card is not the one the proof is noted on.
      const isOther = standing.ticket?.body.ticketId !== ticketId;
      const entries = [verificationEntry('ticket_exported', verification)];
      const committed = await deps.db.commit<unknown>([
        ...proof.use({ type: 'ticket_exported' }),
        ...(isOther ? deps.tickets.save(ticket, ticket.body, { now, entries }) : []),
        deps.exports.grant(grant, now),
        ...request.together(grant),
      ]);
      if (committed.outcome === 'done') return { outcome: 'granted', grant };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
