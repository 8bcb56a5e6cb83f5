import type { Database } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { expired, refused } from './evidence.ts';
import type { EvidenceKey } from './evidence-keys.ts';
import type { EvidenceShelf } from './evidence-shelf.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { TicketStore } from './ticket-store.ts';

export type EvidenceSwept = 'evidence_expired' | 'evidence_not_scanned' | 'nothing_due';

/**
 * A file that was asked for and never came, and one that no scanner spoke of: neither may wait for ever, and the
 * customer may send it again.
 */
export function createSweepEvidence(deps: {
  db: Database;
  tickets: TicketStore;
  evidence: EvidenceStore;
  shelf: EvidenceShelf;
  now: () => Date;
}): (key: EvidenceKey) => Promise<EvidenceSwept> {
  return async (key) => {
    const swept = await retryWhenChanged(5, async (): Promise<EvidenceSwept | 'changed'> => {
      const before = await deps.evidence.get(key);
      const now = deps.now();
      const at = now.toISOString();
      if (before?.body.dueAt === undefined || before.body.dueAt > at) return 'nothing_due';
      const ticket = await deps.tickets.get(key.ticketId);
      if (ticket === undefined) throw new Error('evidence without its ticket');
      const start = { evidence: before.body, ticket: ticket.body, entries: [] };
      const never = before.body.state === 'requested';
      const after = never ? expired(start, at) : refused(start, 'not_scanned', at);
      const committed = await deps.db.commit<unknown>([
        deps.evidence.save(before, after.evidence),
        ...deps.tickets.save(ticket, after.ticket, { now, entries: after.entries }),
      ]);
      if (committed.outcome === 'refused') return 'changed';
      return never ? 'evidence_expired' : 'evidence_not_scanned';
    });
    if (swept !== 'nothing_due') await deps.shelf.remove(key);
    return swept;
  };
}
