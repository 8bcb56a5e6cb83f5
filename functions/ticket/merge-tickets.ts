import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { withClocks } from './clock-steps.ts';
import type { IncidentGuards } from './incident-guard-store.ts';
import { joinedClocks } from './joined-clocks.ts';
import { type MergeOrder, type MergeRefusal, merge } from './merge.ts';
import { cardsOf, type Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

export interface MergeRequest extends Omit<MergeOrder, 'at'> {
  readonly number: string;
  readonly into: string;
  readonly together: (after: MergedTickets) => readonly Write<unknown>[];
}

export interface MergedTickets {
  readonly source: Ticket;
  readonly target: Ticket;
}

export type TicketsMerged =
  | ({ readonly outcome: 'merged' } & MergedTickets)
  | { readonly outcome: 'refused'; readonly refusal: MergeRefusal }
  | { readonly outcome: 'not_found' | 'repeated' };

export type MergeTickets = (request: MergeRequest) => Promise<TicketsMerged>;

/**
 * Two tickets become one in one transaction on both as they were read: whoever writes to either in between makes this
 * read again. Of two merges that cross, one finds its target over. The guards of the source's cards lead to the target
 * from then on, so that what comes next of these cards comes there (I6).
 */
export function createMergeTickets(deps: {
  db: Database;
  tickets: Pick<TicketStore, 'byNumber' | 'save'>;
  guards: IncidentGuards;
  now: () => Date;
}): MergeTickets {
  return (request) =>
    retryWhenChanged<TicketsMerged>(8, async () => {
      const [from, into] = await Promise.all([
        deps.tickets.byNumber(request.number),
        deps.tickets.byNumber(request.into),
      ]);
      if (from === undefined || into === undefined) return { outcome: 'not_found' };
      const now = deps.now();
      const at = now.toISOString();
      const merged = merge(from.body, into.body, { ...request, at });
      if ('refusal' in merged) return { outcome: 'refused', refusal: merged.refusal };
      const held = await deps.guards.heldBy(from.body, cardsOf(from.body));
      // The clocks of the target run on from here: what still runs on the source belongs to them.
      const clocks = joinedClocks(into.body.clocks, from.body.clocks);
      const before = { ...into, body: { ...into.body, clocks } };
      const { source, target } = merged;
      const after = {
        source: withClocks(from.body, source.ticket, { entries: source.entries, at }),
        target: withClocks(before.body, target.ticket, { entries: target.entries, at }),
      };
      const tickets = { from: from.body.ticketId, to: into.body.ticketId };
      const writes: readonly Write<unknown>[] = [
        ...deps.tickets.save(from, source.ticket, { ...source, now }),
        ...deps.tickets.save(before, target.ticket, { ...target, now }),
        ...held.map((cardToken) =>
          deps.guards.handOver({ customerId: from.body.customerId, cardToken }, tickets),
        ),
        ...request.together(after),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return { outcome: 'merged', ...after };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
