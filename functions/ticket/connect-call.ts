import type { Write } from '../platform/database.ts';
import { connected } from './call.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import { leased } from './claim.ts';
import type { Ticket } from './ticket.ts';

/** The customer answered the announced call: from now on a person speaks with them (DOMAIN 5, CALLBACK). */
export function createConnectCall(deps: { changeTicket: ChangeTicket }) {
  return (order: {
    number: string;
    agent: { id: string; name: string };
    together: (ticket: Ticket) => readonly Write<unknown>[];
  }): Promise<TicketChanged<'no_call'>> =>
    deps.changeTicket<'no_call'>({
      number: order.number,
      mayChange: () => true,
      change: (ticket, at) => {
        const { id, name } = order.agent;
        const calls = connected(ticket, { agentId: id }, at);
        if (calls === undefined) return { refusal: 'no_call' };
        const { callId } = calls.call;
        return {
          ticket: leased({ ...ticket, ...calls }, at),
          entries: [{ type: 'call_connected', by: `agent:${id}`, data: { callId, name } }],
        };
      },
      together: order.together,
    });
}
