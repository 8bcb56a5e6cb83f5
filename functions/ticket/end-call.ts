import type { Write } from '../platform/database.ts';
import { type CallOutcome, ended } from './call.ts';
import { callOver } from './call-over.ts';
import type { ChangeTicket, TicketChanged } from './change-ticket.ts';
import type { Ticket } from './ticket.ts';

/** The announced call is over: its length, how it went and where it was transferred stay on the ticket (D10). */
export function createEndCall(deps: { changeTicket: ChangeTicket }) {
  return (order: {
    number: string;
    agentId: string;
    outcome: CallOutcome;
    seconds: number;
    transferredTo?: string;
    together: (ticket: Ticket) => readonly Write<unknown>[];
  }): Promise<TicketChanged<'no_call'>> =>
    deps.changeTicket<'no_call'>({
      number: order.number,
      mayChange: () => true,
      change: (ticket, at) => {
        const { agentId, outcome, seconds, transferredTo } = order;
        const over = ended(ticket, { agentId }, { outcome, seconds, transferredTo, at });
        if (over === undefined) return { refusal: 'no_call' };
        return callOver(ticket, over, { by: `agent:${agentId}` });
      },
      together: order.together,
    });
}
