import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { withClocks } from './clock-steps.ts';
import type { Ticket } from './ticket.ts';
import type { Changing } from './ticket-effect.ts';
import type { TicketStore } from './ticket-store.ts';

export type { Changing };

export type TicketChanged<Refusal> =
  | { readonly outcome: 'done'; readonly ticket: Ticket }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  /** There is none of this number, or it is not one the caller may change. */
  | { readonly outcome: 'not_found' }
  /** Another delivery of the very same request was faster: its answer is remembered. */
  | { readonly outcome: 'repeated' };

export interface TicketOrder<Refusal> {
  readonly number: string;
  readonly mayChange: (ticket: Ticket) => boolean;
  readonly change: (ticket: Ticket, at: string) => Changing | { readonly refusal: Refusal };
  /** Further writes of the same request, e.g. its idempotency guard. */
  readonly together: (ticket: Ticket) => readonly Write<unknown>[];
}

export type ChangeTicket = <Refusal>(order: TicketOrder<Refusal>) => Promise<TicketChanged<Refusal>>;

/** One change of one ticket asked for from outside: read, decide, commit, and again when somebody was faster. */
export function createChangeTicket(deps: {
  db: Database;
  tickets: TicketStore;
  now: () => Date;
}): ChangeTicket {
  return (order) =>
    retryWhenChanged(8, async () => {
      const before = await deps.tickets.byNumber(order.number);
      if (before === undefined || !order.mayChange(before.body)) return { outcome: 'not_found' };
      const now = deps.now();
      const changing = changed(before.body, order, now.toISOString());
      if ('refusal' in changing) return { outcome: 'refused', refusal: changing.refusal };
      const { ticket, entries, effects } = changing;
      const saved: readonly Write<unknown>[] =
        entries.length === 0 ? [] : deps.tickets.save(before, ticket, { now, entries, effects });
      const writes = [...saved, ...order.together(ticket)];
      if (writes.length === 0) return { outcome: 'done', ticket };
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return { outcome: 'done', ticket };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

/** What the order makes of the ticket, its clocks as they will be stored: the answer shows them. */
function changed<Refusal>(before: Ticket, order: TicketOrder<Refusal>, at: string) {
  const changing = order.change(before, at);
  if ('refusal' in changing || changing.entries.length === 0) return changing;
  const { entries } = changing;
  return { ...changing, ticket: withClocks(before, changing.ticket, { entries, at }) };
}
