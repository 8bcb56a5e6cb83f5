import { type CallEnd, type CallOutcome, connected, ended, endedAfterwards } from './call.ts';
import { callOver } from './call-over.ts';
import { leased } from './claim.ts';
import type { Contact } from './contact-log.ts';
import type { Ticket } from './ticket.ts';
import type { Changing } from './ticket-effect.ts';

/**
 * What became of a call the contact centre dialled, by why its contact ended (Connect administrator guide, "Contact
 * records data model", DisconnectReason). A network tells a declined call from a busy phone as it likes.
 */
const outcomes: Readonly<Record<string, CallOutcome>> = {
  TELECOM_BUSY: 'busy',
  TELECOM_UNANSWERED: 'no_answer',
  TELECOM_TIMEOUT: 'no_answer',
  TELECOM_ORIGINATOR_CANCEL: 'no_answer',
  TELECOM_PROBLEM: 'failed',
  TELECOM_NUMBER_INVALID: 'failed',
  TELECOM_POTENTIAL_BLOCKING: 'failed',
  OUTBOUND_DESTINATION_ENDPOINT_ERROR: 'failed',
  OUTBOUND_RESOURCE_ERROR: 'failed',
  OUTBOUND_ATTEMPT_FAILED: 'failed',
  // Somebody picked up, and the agent did not take the call.
  CONTACT_FLOW_DISCONNECT: 'failed',
  AGENT_DISCONNECT: 'failed',
};

/** How a dialled call ended. With an agent it was connected; else what the network said, or whether anybody picked up. */
export function outcomeOf({ connectedAt, answeredAt, disconnectReason }: Contact): CallOutcome {
  if (connectedAt !== undefined) return 'connected';
  const told = disconnectReason === undefined ? undefined : outcomes[disconnectReason];
  return told ?? (answeredAt === undefined ? 'no_answer' : 'hung_up');
}

function endOf(contact: Contact, now: string): CallEnd {
  const { connectedAt, disconnectedAt: at = now, nextContactId } = contact;
  const seconds =
    connectedAt === undefined
      ? 0
      : Math.max(0, Math.round((Date.parse(at) - Date.parse(connectedAt)) / 1000));
  const outcome = outcomeOf(contact);
  return { outcome, seconds, connectedAt, at, transferredTo: nextContactId };
}

/**
 * What the contact of an announced call makes of its ticket; undefined: the agent told it first, and there is nothing
 * to add. Whoever is first wins, so no call is kept twice (D10).
 */
export function dialledContact(
  ticket: Ticket,
  contact: Contact & { readonly callId: string },
  { told, now }: { readonly told: 'connected' | 'ended'; readonly now: string },
): Changing | undefined {
  const { callId, contactId, disconnectReason } = contact;
  if (told === 'connected') {
    const calls = connected(ticket, { callId }, contact.connectedAt ?? now);
    if (calls === undefined) return undefined;
    const { agentId, agentName: name } = calls.call;
    const after = { ...ticket, ...calls };
    return {
      ticket: ticket.claimedBy === agentId ? leased(after, now) : after,
      entries: [
        {
          type: 'call_connected',
          by: 'phone',
          data: { callId, name, contactId, connectedAt: calls.call.connectedAt },
        },
      ],
    };
  }
  const end = endOf(contact, now);
  const over = ended(ticket, { callId }, end) ?? endedAfterwards(ticket, callId, end);
  const reason = end.outcome === 'connected' ? undefined : disconnectReason;
  return over && callOver(ticket, over, { by: 'phone', contactId, reason });
}
