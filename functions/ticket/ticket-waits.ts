import type { Measured } from './kpi-figures.ts';
import { connectionIn, contactIdOf, isAbandoned } from './ticket-contacts.ts';
import type { TicketEvent } from './ticket-measures.ts';

export interface Waits {
  /** Those that ended with a person. */
  readonly wait: readonly Measured[];
  /** Callers who hung up before one came, and tickets that were over before somebody took them. */
  readonly abandoned: number;
}

/**
 * How long people waited (K2): from each time the ticket was put before people until somebody claimed it, took it over
 * or spoke with the customer; and callers from the queue to a person, unless their call ended the ticket's own wait,
 * which is the same wait seen twice.
 */
export function waitsIn(events: readonly TicketEvent[]): Waits {
  const wait: Measured[] = [];
  const counted = new Set<string | undefined>();
  let abandoned = 0;
  let since: string | undefined;
  for (const event of events) {
    const { type, at, data } = event;
    if (type === 'TicketQueued') since ??= at;
    const taken = takenAt(event);
    if (since !== undefined && taken !== undefined && Date.parse(taken) >= Date.parse(since)) {
      wait.push({ seconds: secondsBetween(since, taken) });
      since = undefined;
      counted.add(contactIdOf(event));
    }
    if (type === 'TicketResolved' && since !== undefined) {
      abandoned += 1;
      since = undefined;
    }
    if (isAbandoned(event)) abandoned += 1;
    else if (
      type === 'contact_ended' &&
      typeof data.waitSeconds === 'number' &&
      !counted.has(contactIdOf(event))
    )
      wait.push({ seconds: data.waitSeconds });
  }
  return { wait, abandoned };
}

/** When somebody of ours was there for it. */
const takenAt = (event: TicketEvent): string | undefined =>
  event.type === 'ticket_claimed' || event.type === 'ticket_taken_over' ? event.at : connectionIn(event)?.at;

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));
