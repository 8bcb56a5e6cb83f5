import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Priority, queued } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { AlertStore } from './alert-store.ts';

/** Brings a person to an alert's ticket at `priority` or the higher one it has; harmless when repeated. */
export function createRaiseTicket(deps: {
  db: Database;
  alerts: AlertStore;
  tickets: TicketStore;
  now: () => Date;
}): (alertId: string, order: { priority: Priority; reason: string }) => Promise<void> {
  return async (alertId, order) => {
    await retryWhenChanged(5, async () => {
      const alert = await deps.alerts.get(alertId);
      const ticket = alert && (await deps.tickets.get(alert.body.ticketId));
      if (ticket === undefined) throw new Error('an alert without its ticket');
      const now = deps.now();
      const after = queued(ticket.body, { ...order, at: now.toISOString() });
      if (after === undefined) return 'done';
      const writes: readonly Write<unknown>[] = deps.tickets.save(ticket, after, {
        now,
        entries: [{ type: 'ticket_queued', by: 'system', data: { ...order, alertId } }],
      });
      return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'done';
    });
  };
}
