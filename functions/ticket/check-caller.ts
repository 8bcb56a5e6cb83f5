import type { Write } from '../platform/database.ts';
import { type AnnouncedCall, isAnnounced, isCheckCode } from './call.ts';
import type { ChangeTicket } from './change-ticket.ts';
import type { Ticket } from './ticket.ts';
import type { TicketReadings } from './ticket-reading-store.ts';

/** A call of ours that is announced to this customer right now. */
export interface OurCall {
  readonly ticketNumber: string;
  readonly agent: string;
  readonly announcedAt: string;
  readonly until: string;
}

const ourCall = (ticket: Ticket, call: AnnouncedCall): OurCall => ({
  ticketNumber: ticket.number,
  agent: call.agentName,
  announcedAt: call.announcedAt,
  until: call.until,
});

type Deps = { readonly tickets: Pick<TicketReadings, 'ofCustomer'>; readonly now: () => Date };

const callingNow = async (deps: Deps, customerId: string) => {
  const at = deps.now().toISOString();
  const tickets = await deps.tickets.ofCustomer(customerId);
  return tickets.flatMap((ticket) => (isAnnounced(ticket.call, at) ? [{ ticket, call: ticket.call }] : []));
};

/** Who of the bank is calling this customer now; empty: nobody, hang up (D10). */
export function createCallsNow(deps: Deps) {
  return async (customerId: string): Promise<readonly OurCall[]> =>
    (await callingNow(deps, customerId)).map(({ ticket, call }) => ourCall(ticket, call));
}

export type CallerChecked =
  | { readonly outcome: 'ours'; readonly call: OurCall }
  /** Nobody of ours would read out this code to this customer now. */
  | { readonly outcome: 'not_ours' }
  | { readonly outcome: 'repeated' };

/** Whether the code the caller read out is the one our agent was given for this call; a hit is journalled. */
export function createCheckCaller(deps: Deps & { readonly changeTicket: ChangeTicket }) {
  return async (check: {
    customerId: string;
    code: string;
    together: (call: OurCall) => readonly Write<unknown>[];
  }): Promise<CallerChecked> => {
    const { customerId, code } = check;
    const calls = await callingNow(deps, customerId);
    const found = calls.find(({ call }) => isCheckCode(call, code));
    if (found === undefined) return { outcome: 'not_ours' };
    const call = ourCall(found.ticket, found.call);
    const { callId } = found.call;
    const noted = await deps.changeTicket<'over'>({
      number: found.ticket.number,
      mayChange: (ticket) => ticket.customerId === customerId,
      change: (ticket) =>
        ticket.call?.callId === callId
          ? { ticket, entries: [{ type: 'caller_checked', by: `customer:${customerId}`, data: { callId } }] }
          : { refusal: 'over' },
      together: () => check.together(call),
    });
    if (noted.outcome === 'repeated') return { outcome: 'repeated' };
    return noted.outcome === 'done' ? { outcome: 'ours', call } : { outcome: 'not_ours' };
  };
}
