import type { AlertStore } from '../alert/alert-store.ts';
import type { Database, Item, Write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { isOver, type Ticket } from './ticket.ts';
import type { TicketKeepingStore } from './ticket-keeping-store.ts';
import type { TicketStore } from './ticket-store.ts';

/** A ticket may be reopened; one that has been over for so long hardly is, and if it is, the day is taken off again. */
export const STAMP_AFTER_DAYS = 30;
/** Writes that one transaction takes at most; each of these is harmless alone. */
const AT_ONCE = 25;

export type KeptTicket = 'stamped' | 'taken_off' | 'too_early' | 'changed' | 'missing';

interface KeepTicketDeps {
  readonly db: Database;
  readonly tickets: TicketStore;
  readonly keeping: TicketKeepingStore;
  readonly alerts: Pick<AlertStore, 'stamp'>;
  readonly now: () => Date;
}

/** The tickets the daily run has to look at. */
export const findToKeep = ({ keeping, now }: KeepTicketDeps): Promise<readonly string[]> =>
  keeping.listed(new Date(now().getTime() - STAMP_AFTER_DAYS * 86_400_000).toISOString());

/**
 * Says on every item of a ticket that is over until when it is kept, on the ticket itself last; takes it off one
 * that was reopened. Level-triggered: the ticket as it stands decides, a mark stands until all items agree, so a
 * crash or a reopening in between is put right by the next run.
 */
export function createKeepTicket(deps: KeepTicketDeps): (ticketId: string) => Promise<KeptTicket> {
  const { db, keeping } = deps;
  return async (ticketId) => {
    const ticket = await keeping.ticket(ticketId);
    if (ticket === undefined) return 'missing';
    // What became part of another ticket is kept as long as that one.
    const goesOn = ticket.body.mergedInto === undefined ? ticket : await deps.tickets.get(ticketId);
    const since = goesOn && overSince(goesOn.body);
    const keptUntil = since === undefined ? undefined : expiryOf('ticket', since);
    if (since !== undefined && deps.now().getTime() < Date.parse(since) + STAMP_AFTER_DAYS * 86_400_000) {
      return 'too_early';
    }
    await db.commit([deps.tickets.markForKeeping(ticketId)]);
    const items = await keeping.items(ticketId);
    const stamps: readonly Write<unknown>[] = [
      ...items
        .filter(({ expiresAt }) => expiresAt !== keptUntil)
        .map(({ pk, sk }) => keeping.stamp({ pk, sk }, keptUntil)),
      ...alertsIn(items).map((alertId) => deps.alerts.stamp(alertId, keptUntil)),
    ];
    for (let at = 0; at < stamps.length; at += AT_ONCE) {
      await Promise.all(stamps.slice(at, at + AT_ONCE).map((stamp) => db.commit([stamp])));
    }
    for (const guard of keeping.guards(ticket.body)) {
      await db.commit([keeping.stamp(guard, keptUntil, ticketId)]);
    }
    const dated = keptUntil === undefined ? [] : [{ ...ticket.body, keptUntil }];
    const finished = await db.commit<unknown>([
      ...dated.map((body) => deps.tickets.saveQuietly(ticket, body)),
      keeping.unmark(ticketId),
    ]);
    if (finished.outcome === 'refused') return 'changed';
    return keptUntil === undefined ? 'taken_off' : 'stamped';
  };
}

const overSince = (ticket: Ticket): string | undefined =>
  isOver(ticket) ? (ticket.resolvedAt ?? ticket.asOf) : undefined;

function alertsIn(entries: readonly Item[]): readonly string[] {
  const ids = entries.flatMap(({ data }) =>
    typeof data === 'object' && data !== null && 'alertId' in data && typeof data.alertId === 'string'
      ? [data.alertId]
      : [],
  );
  return [...new Set(ids)];
}
