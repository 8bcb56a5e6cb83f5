import type { Write } from '../platform/database.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import { takesWords } from './conversation.ts';
import { disputesOf } from './dispute.ts';
import { type Evidence, MOST_EVIDENCE, newEvidence, type WantedEvidence } from './evidence.ts';
import type { EvidenceLinks, SignedRequest } from './evidence-shelf.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { Ticket } from './ticket.ts';

export type UploadRefusal =
  /** Of an agent who does not have the ticket in hand. */
  | 'not_yours'
  | 'closed'
  | 'too_many'
  /** The transaction named is none this ticket disputes. */
  | 'not_disputed';

export interface UploadOrder {
  readonly number: string;
  readonly wanted: WantedEvidence;
  readonly mayChange: (ticket: Ticket) => boolean;
  /** Of an agent: only who has the ticket in hand may. */
  readonly agentId?: string;
  readonly together: (
    ticket: Ticket,
    asked: { readonly evidence: Evidence; readonly upload: SignedRequest },
  ) => readonly Write<unknown>[];
}

/**
 * Somebody wants to add a file to a ticket: what it is to be is written down, counted on the ticket itself, and the
 * address to send it to signed for exactly that.
 */
export function createAskEvidenceUpload(deps: {
  evidence: EvidenceStore;
  links: EvidenceLinks;
  changeTicket: ChangeTicket;
  now: () => Date;
}): (order: UploadOrder, ticketId: string) => Promise<TicketChanged<UploadRefusal>> {
  return async ({ number, wanted, mayChange, agentId, together }, ticketId) => {
    const { evidenceId, mediaType, bytes, sha256, transactionId, by } = wanted;
    const upload = await deps.links.upload({ ticketId, evidenceId, mediaType, bytes, sha256 });
    const evidence = newEvidence(ticketId, wanted, deps.now().toISOString());
    return deps.changeTicket<UploadRefusal>({
      number,
      mayChange: (ticket) => ticket.ticketId === ticketId && mayChange(ticket),
      change: (ticket) => {
        const refusal = refusalOf(ticket, { agentId, transactionId });
        if (refusal !== undefined) return { refusal };
        const data = { evidenceId, mediaType, bytes, transactionId };
        return {
          ticket: { ...ticket, evidenceCount: (ticket.evidenceCount ?? 0) + 1 },
          entries: [{ type: 'evidence_announced', by, data }],
        };
      },
      together: (ticket) => [
        deps.evidence.save(undefined, evidence),
        ...together(ticket, { evidence, upload }),
      ],
    });
  };
}

function refusalOf(
  ticket: Ticket,
  { agentId, transactionId }: { agentId?: string; transactionId?: string },
): UploadRefusal | undefined {
  if (agentId !== undefined && ticket.claimedBy !== agentId) return 'not_yours';
  if (!takesWords(ticket)) return 'closed';
  if ((ticket.evidenceCount ?? 0) >= MOST_EVIDENCE) return 'too_many';
  if (transactionId === undefined) return undefined;
  const isDisputed = disputesOf(ticket).some((dispute) => dispute.transactionId === transactionId);
  return isDisputed ? undefined : 'not_disputed';
}
