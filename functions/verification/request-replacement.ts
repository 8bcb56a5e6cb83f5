import type { Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type NoProof, type ProofDeps, readProof, type Standing } from './use-proof.ts';

export type ReplacementRequested =
  | { readonly outcome: 'requested' | 'requested_already'; readonly ticket: Ticket }
  | { readonly outcome: NoProof | 'nothing_to_replace' | 'repeated' };

/**
 * Hands a proven wish to close the card and send another on to the bank, whose cards they are (D14): after "not mine" or
 * a loss, once per ticket. Closed it is when the bank says so, by `CardStatusChanged`.
 */
export function createRequestReplacement(deps: ProofDeps & { now: () => Date }) {
  return (request: {
    readonly verificationId: string;
    readonly customerId: string;
    readonly cardToken: string;
    readonly together: (ticket: Ticket) => readonly Write<unknown>[];
  }): Promise<ReplacementRequested> =>
    retryWhenChanged<ReplacementRequested>(8, async () => {
      const { verificationId, customerId, cardToken } = request;
      const now = deps.now();
      const proof = await readProof(deps, { verificationId, customerId, action: 'close_replace' }, now);
      if (proof === 'changed' || proof.outcome !== 'proven') return proof;
      if (proof.verification.cardToken !== cardToken) return { outcome: 'not_yours' };
      const ticket = mayBeReplaced(proof.standing);
      if (ticket === undefined) return { outcome: 'nothing_to_replace' };
      if (ticket.replacementRequestedAt !== undefined) return { outcome: 'requested_already', ticket };
      const requestedAt = now.toISOString();
      const after = { ...ticket, replacementRequestedAt: requestedAt };
      const detail = { cardToken, customerId, ticketNumber: ticket.number, verificationId, requestedAt };
      const committed = await deps.db.commit<unknown>([
        ...proof.use({
          type: 'card_replacement_requested',
          ticket: after,
          effects: [{ effect: 'publish', payload: { type: 'CardReplacementRequested', detail } }],
        }),
        ...request.together(after),
      ]);
      if (committed.outcome === 'done') return { outcome: 'requested', ticket: after };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

/** The ticket of a card that was misused or lost; undefined where there is nothing of the kind. */
function mayBeReplaced({ card, ticket }: Standing): Ticket | undefined {
  const { fraud, lost } = card.body.holds;
  const isMisused = fraud !== undefined || (ticket?.body.disputes ?? []).length > 0;
  return isMisused || lost !== undefined ? ticket?.body : undefined;
}
