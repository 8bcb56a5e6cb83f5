import type { Write } from '../platform/database.ts';
import { announced } from './call.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import type { Ticket } from './ticket.ts';

export type CallRefusal = 'not_yours' | 'announced_already';

/**
 * An agent announces a call before the phone rings, so that the customer can check it (D10). Only who holds the claim
 * may call, and one call per ticket is announced at a time. Where the contact centre dials, it is told to by an effect
 * of this very change: it cannot ring before the customer can see who calls.
 */
export function createAnnounceCall(deps: {
  changeTicket: ChangeTicket;
  newId: () => string;
  newCode: () => string;
}) {
  return (order: {
    number: string;
    agent: { id: string; name: string };
    /** The agent's user in the contact centre, which dials; absent: the agent dials by hand. */
    contactCentreUser?: string;
    together: (ticket: Ticket, code: string) => readonly Write<unknown>[];
  }): Promise<TicketChanged<CallRefusal>> => {
    const { number, agent, contactCentreUser } = order;
    const dial = contactCentreUser === undefined ? 'by_hand' : 'contact_centre';
    const [callId, code] = [deps.newId(), deps.newCode()];
    return deps.changeTicket<CallRefusal>({
      number,
      mayChange: () => true,
      change: (ticket, at) => {
        if (ticket.claimedBy !== agent.id) return { refusal: 'not_yours' };
        const calls = announced(ticket, { callId, agent, code, dial, at });
        if (calls === undefined) return { refusal: 'announced_already' };
        const { customerId, ticketId } = ticket;
        const { until } = calls.call;
        const detail = { callId, ticketNumber: number, customerId, agent: agent.name, until };
        return {
          ticket: { ...ticket, ...calls },
          entries: [
            {
              type: 'call_announced',
              by: `agent:${agent.id}`,
              data: { callId, name: agent.name, until, dial },
            },
          ],
          effects: [
            { effect: 'publish', payload: { type: 'CallAnnounced', detail } },
            ...(contactCentreUser === undefined
              ? []
              : [{ effect: 'dial', payload: { callId, ticketId, customerId, contactCentreUser } } as const]),
          ],
        };
      },
      together: (ticket) => order.together(ticket, code),
    });
  };
}
