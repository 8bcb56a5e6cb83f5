import type { Versioned } from '../platform/documents.ts';
import { withCustomerMessage } from '../ticket/conversation.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type AnswerPhoneDeps, answerAlone, answerNeutrally, type Inbound } from './answer-phone.ts';
import type { SettleDeps } from './settle-alert.ts';
import { statusOf, type TellStatusDeps } from './tell-status.ts';

/**
 * Words by text that answer no alert, while a ticket waits for its customer: they are what it waits for, on whatever
 * channel they were asked (H27). Only from a number that is one customer's, with one such ticket; else nothing is
 * revealed (H30).
 */
export async function writeByText(
  deps: SettleDeps & AnswerPhoneDeps & TellStatusDeps,
  inbound: Inbound,
): Promise<string | 'changed'> {
  const ticket = inbound.reading.kind === 'unclear' ? await waitingTicket(deps, inbound) : undefined;
  if (ticket === undefined) return answerNeutrally(deps, inbound);
  const now = deps.now();
  const after = withCustomerMessage(ticket.body, now.toISOString());
  const { customerId, number } = ticket.body;
  return answerAlone(deps, inbound, {
    words: statusOf(after),
    effect: 'written_on_ticket',
    writes: deps.tickets.save(ticket, after, {
      now,
      entries: [
        {
          type: 'customer_message',
          by: `customer:${customerId}`,
          data: { channel: 'sms', sentAt: inbound.text.sentAt },
          words: inbound.words,
        },
      ],
      effects: [
        {
          effect: 'publish',
          payload: { type: 'CustomerWrote', detail: { ticketNumber: number, customerId } },
        },
      ],
    }),
  });
}

async function waitingTicket(
  deps: SettleDeps & TellStatusDeps,
  { sender: { owners } }: Inbound,
): Promise<Versioned<Ticket> | undefined> {
  const [owner, ...othersOfPhone] = owners;
  if (owner === undefined || othersOfPhone.length > 0) return undefined;
  const own = await deps.tickets.ofCustomer(owner.customerId);
  const [waits, ...others] = own.filter(({ status }) => status === 'awaiting_customer');
  if (waits === undefined || others.length > 0) return undefined;
  const ticket = await deps.tickets.get(waits.ticketId);
  return ticket?.body.status === 'awaiting_customer' ? ticket : undefined;
}
