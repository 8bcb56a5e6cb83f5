import type { TicketEvent } from './ticket-measures.ts';

/** Words and calls with no longer a gap between them are one contact. */
const CONTACT_GAP_MS = 3_600_000;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The moment a person and the customer were on the phone together. */
export interface Connection {
  readonly at: string;
  /** Of the contact centre's contact or the agent's own call: told more than once, it is one. */
  readonly id: string | undefined;
}

/** A call an agent made, or one the contact centre put through; undefined: the event tells of none. */
export function connectionIn({ type, at, data }: TicketEvent): Connection | undefined {
  const id = text(data.contactId) ?? text(data.callId);
  const connectedAt = text(data.connectedAt);
  if (type === 'call_connected') return { at: connectedAt ?? at, id };
  if (type === 'contact_ended') return connectedAt === undefined ? undefined : { at: connectedAt, id };
  if (type !== 'call_ended' || data.outcome !== 'connected') return undefined;
  if (connectedAt !== undefined) return { at: connectedAt, id };
  const seconds = typeof data.seconds === 'number' ? data.seconds : 0;
  return { at: new Date(Date.parse(at) - seconds * 1000).toISOString(), id };
}

export const contactIdOf = ({ data }: TicketEvent): string | undefined => text(data.contactId);

/** Hung up before a person came. */
export const isAbandoned = ({ type, data }: TicketEvent): boolean =>
  type === 'contact_ended' && data.abandoned === true;

const wordTypes = new Set([
  ...['customer_message', 'customer_wrote', 'customer_answered', 'person_asked', 'agent_message'],
  ...['transactions_reported', 'lost_reported', 'fraud_reported'],
]);

interface Span {
  readonly from: number;
  readonly to: number;
}

/** From when to when customer and bank were in touch; a call that nobody answered touched nobody. */
function touchIn(event: TicketEvent): Span | undefined {
  const to = Date.parse(event.at);
  if (wordTypes.has(event.type)) return { from: to, to };
  const connection = connectionIn(event);
  return connection && { from: Math.min(Date.parse(connection.at), to), to };
}

/** The contacts over all channels, each from its first word to its last, in order. */
export function contactsIn(events: readonly TicketEvent[]): readonly Span[] {
  const contacts: Span[] = [];
  const touches = events.flatMap((event) => touchIn(event) ?? []).sort((a, b) => a.from - b.from);
  for (const touch of touches) {
    const last = contacts.at(-1);
    if (last === undefined || touch.from - last.to > CONTACT_GAP_MS) contacts.push(touch);
    else contacts[contacts.length - 1] = { from: last.from, to: Math.max(last.to, touch.to) };
  }
  return contacts;
}

/** Nothing that comes now would still belong to a contact whose last word was then. */
export const isContactOver = (to: number, at: string): boolean => Date.parse(at) - to > CONTACT_GAP_MS;
