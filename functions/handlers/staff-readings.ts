import type { Agent } from './agent-serve.ts';
import type { Telemetry } from './telemetry.ts';

type Log = Pick<Telemetry, 'log'>;

/** A list a member of staff was shown: one line, with the ticket numbers that lead to whose they are. */
export function logListed({ log }: Log, { id }: Agent, ticketNumbers: readonly (string | undefined)[]): void {
  const listed = [...new Set(ticketNumbers.filter((number) => number !== undefined))];
  if (listed.length > 0) log('staff_read', { agent: id, ticketNumbers: listed.join(' ') });
}

/** What a search found: a line for each customer whose ticket or card it was, once. */
export function logFound(
  { log }: Log,
  { id }: Agent,
  found: {
    readonly tickets: readonly { readonly customerId: string }[];
    readonly cards: readonly { readonly cardholderId: string }[];
  },
): void {
  const customers = new Set([
    ...found.tickets.map(({ customerId }) => customerId),
    ...found.cards.map(({ cardholderId }) => cardholderId),
  ]);
  for (const customerId of customers) log('staff_read', { agent: id, customerId });
}
