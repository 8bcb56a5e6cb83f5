import type { Write } from '../platform/database.ts';
import { announced } from './call.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import type { Ticket } from './ticket.ts';

export type CallRefusal = 'not_yours' | 'announced_already';

/**
 * An agent announces a call before the phone rings, so that the customer can check it (D10). Only who holds the claim
 * may call, and one call per ticket is announced at a time.
 */
export function createAnnounceCall(deps: {
  changeTicket: ChangeTicket;
  newId: () => string;
  newCode: () => string;
}) {
  return (order: {
    number: string;
    agent: { id: string; name: string };
    together: (ticket: Ticket, code: string) => readonly Write<unknown>[];
  }): Promise<TicketChanged<CallRefusal>> => {
    const { number, agent } = order;
    const [callId, code] = [deps.newId(), deps.newCode()];
    return deps.changeTicket<CallRefusal>({
      number,
      mayChange: () => true,
      change: (ticket, at) => {
        if (ticket.claimedBy !== agent.id) return { refusal: 'not_yours' };
        const calls = announced(ticket, { callId, agent, code, at });
        if (calls === undefined) return { refusal: 'announced_already' };
        const { customerId } = ticket;
        const { until } = calls.call;
        const detail = { callId, ticketNumber: number, customerId, agent: agent.name, until };
        return {
          ticket: { ...ticket, ...calls },
          entries: [
            { type: 'call_announced', by: `agent:${agent.id}`, data: { callId, name: agent.name, until } },
          ],
          effects: [{ effect: 'publish', payload: { type: 'CallAnnounced', detail } }],
        };
      },
      together: (ticket) => order.together(ticket, code),
    });
  };
}
