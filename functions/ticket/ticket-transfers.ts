import { connectionIn, contactIdOf, contactsIn, isAbandoned, isContactOver } from './ticket-contacts.ts';
import type { TicketEvent } from './ticket-measures.ts';

/**
 * What became of each call for a person (K3). Undefined: within the same contact one was connected and had the ticket open;
 * else why not. Somebody on the phone has that call as their contact; elsewhere it is words and calls without a long gap.
 */
export const transfersIn = (events: readonly TicketEvent[], at: string): readonly (string | undefined)[] =>
  events.flatMap((event, place) => {
    if (event.type !== 'person_asked') return [];
    const after = events.slice(place);
    return [contactIdOf(event) === undefined ? failureInWriting(after, at) : failureOnPhone(after, at)];
  });

/** The first event is the asking. */
type Asked = readonly TicketEvent[];

function failureOnPhone(asked: Asked, at: string): string | undefined {
  const [first] = asked;
  const own = asked.filter((event) => first !== undefined && contactIdOf(event) === contactIdOf(first));
  const end = own.find(({ type }) => type === 'contact_ended');
  const within = asked.filter((event) => event.at <= (end?.at ?? at));
  if (own.some((event) => connectionIn(event) !== undefined))
    return within.some(isOfAgent) ? undefined : 'not_opened';
  if (end === undefined) return asked.some(isOver) ? 'not_needed_any_more' : 'waiting';
  return isAbandoned(end) ? 'hung_up' : 'not_put_through';
}

function failureInWriting(asked: Asked, at: string): string | undefined {
  const [contact] = contactsIn(asked);
  const to = contact?.to ?? 0;
  const within = asked.filter((event) => Date.parse(event.at) <= to);
  // Who writes to a customer, or calls one from the ticket, has it open.
  if (within.some((event) => isReached(event) && isOfAgent(event))) return undefined;
  if (within.some(isReached)) return within.some(isOfAgent) ? undefined : 'not_opened';
  if (asked.some(isReached)) return 'late';
  if (asked.some(({ type }) => type === 'call_ended')) return 'customer_not_reached';
  if (asked.some(isOver)) return 'not_needed_any_more';
  return isContactOver(to, at) ? 'nobody_came' : 'waiting';
}

const isReached = (event: TicketEvent): boolean =>
  event.type === 'agent_message' || connectionIn(event) !== undefined;
const isOfAgent = ({ by = '' }: TicketEvent): boolean => by.startsWith('agent:');
const isOver = ({ type }: TicketEvent): boolean => type === 'TicketResolved' || type === 'ticket_merged';
