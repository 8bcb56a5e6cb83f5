import type { Write } from '../platform/database.ts';
import { type callOutcomes, ended } from './call.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import type { Ticket } from './ticket.ts';

/** The announced call is over: its length, how it went and where it was transferred stay on the ticket (D10). */
export function createEndCall(deps: { changeTicket: ChangeTicket }) {
  return (order: {
    number: string;
    agentId: string;
    outcome: (typeof callOutcomes)[number];
    seconds: number;
    transferredTo?: string;
    together: (ticket: Ticket) => readonly Write<unknown>[];
  }): Promise<TicketChanged<'no_call'>> =>
    deps.changeTicket<'no_call'>({
      number: order.number,
      mayChange: () => true,
      change: (ticket, at) => {
        const { agentId, outcome, seconds, transferredTo } = order;
        const over = ended(ticket, { agentId, outcome, seconds, transferredTo, at });
        if (over === undefined) return { refusal: 'no_call' };
        const { past, ...calls } = over;
        const { callId, agentName } = past;
        const detail = {
          callId,
          ticketNumber: ticket.number,
          customerId: ticket.customerId,
          outcome,
          seconds,
        };
        return {
          ticket: { ...ticket, ...calls },
          entries: [
            {
              type: 'call_ended',
              by: `agent:${agentId}`,
              data: { callId, name: agentName, outcome, seconds, transferredTo },
            },
          ],
          effects: [{ effect: 'publish', payload: { type: 'CallEnded', detail } }],
        };
      },
      together: order.together,
    });
}
