import type { PastCall } from './call.ts';
import type { Ticket } from './ticket.ts';
import type { Changing } from './ticket-effect.ts';

/** What the end of a call makes of its ticket, whoever tells it: the agent, the contact centre, or nobody could dial. */
export function callOver(
  ticket: Ticket,
  over: { readonly past: PastCall; readonly calls: PastCall[]; readonly call?: Ticket['call'] },
  told: { readonly by: string; readonly reason?: string; readonly contactId?: string },
): Changing {
  const { past, ...calls } = over;
  const { callId, agentName: name, outcome, seconds, transferredTo, announcedAt, connectedAt } = past;
  const { by, reason, contactId } = told;
  const { number: ticketNumber, customerId } = ticket;
  return {
    ticket: { ...ticket, ...calls },
    entries: [
      {
        type: 'call_ended',
        by,
        data: {
          ...{ callId, name, outcome, seconds, transferredTo, reason, contactId },
          ...{ announcedAt, connectedAt },
        },
      },
    ],
    effects: [
      {
        effect: 'publish',
        payload: { type: 'CallEnded', detail: { callId, ticketNumber, customerId, outcome, seconds } },
      },
    ],
  };
}
