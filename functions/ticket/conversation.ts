import { heardFromCustomer, queued, type Ticket } from './ticket.ts';

/** Most characters of one message. */
export const MESSAGE_CHARACTERS = 1_000;

/** Entries of the journal that are the conversation, with who speaks; their words lie beside it (D11). */
export const conversationEntries: Readonly<Record<string, 'customer' | 'agent'>> = {
  customer_message: 'customer',
  agent_message: 'agent',
  ticket_concluded: 'agent',
  ticket_resolved: 'agent',
};

/** Nobody reads a closed ticket any more, and a merged one lives on in another. */
export const takesWords = ({ status }: Ticket): boolean => status !== 'closed' && status !== 'merged';

/**
 * The ticket after the customer wrote: NEXT_RESPONSE runs from their oldest message without an answer. What waited
 * for the customer goes on, and a resolved one comes back, because words that nobody is to read would be lost (I12).
 */
export function withCustomerMessage(ticket: Ticket, at: string): Ticket {
  const back =
    ticket.status === 'resolved'
      ? queued(ticket, { priority: ticket.priority, reason: 'customer_message', at })
      : undefined;
  const heard = back ?? heardFromCustomer(ticket, at);
  return { ...heard, nextResponseFrom: heard.nextResponseFrom ?? at };
}

/** A call back is promised and was not made yet. */
const isCallBackDue = ({ clocks }: Ticket): boolean =>
  clocks?.runs.some(({ leg, until }) => leg === 'CALLBACK' && until === undefined) ?? false;

/**
 * The customer asks for a person (D8): the call-back clock starts with the first time they ask since they were last
 * called, and a ticket nobody works on is queued with what is known. Undefined: it was asked already, in the same way.
 */
export function withPersonAsked(
  ticket: Ticket,
  asked: { phoneConsent: boolean; at: string },
): Ticket | undefined {
  const { phoneConsent, at } = asked;
  const isDue = isCallBackDue(ticket);
  const again = isDue && ticket.callbackFrom !== undefined && ticket.phoneConsent === phoneConsent;
  const waits = ticket.status !== 'awaiting_reply' && ticket.status !== 'resolved';
  if (again && waits) return undefined;
  const heard = queued(ticket, { priority: ticket.priority, reason: 'person_asked', at }) ?? ticket;
  return { ...heard, phoneConsent, callbackFrom: isDue ? (heard.callbackFrom ?? at) : at };
}
