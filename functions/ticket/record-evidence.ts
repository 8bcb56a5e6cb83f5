import type { Database } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import {
  accepted,
  type Evidence,
  type EvidenceStep,
  misfitOf,
  received,
  refusalOfScan,
  refused,
  type ScanVerdict,
} from './evidence.ts';
import type { EvidenceKey } from './evidence-keys.ts';
import type { EvidenceShelf } from './evidence-shelf.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { TicketStore } from './ticket-store.ts';

export interface EvidenceSeen extends EvidenceKey {
  readonly versionId?: string;
  /** What a scanner said; undefined: the file came. */
  readonly verdict?: ScanVerdict;
}

export type EvidenceRecorded = {
  readonly outcome:
    | 'received'
    | 'accepted'
    | 'refused'
    | 'already'
    /** Nobody asked for it, or not any more: it is taken off the shelf. */
    | 'removed'
    /** It is not on the shelf any more. */
    | 'missing';
  readonly ticketNumber?: string;
};

export interface RecordEvidenceDeps {
  readonly db: Database;
  readonly tickets: TicketStore;
  readonly evidence: EvidenceStore;
  readonly shelf: EvidenceShelf;
  readonly now: () => Date;
  /** `none`: a file that is what it was said to be may be read without a scan. */
  readonly scan: 'required' | 'none';
}

/**
 * A file came, or was scanned: both are told by the bus, at least once and in any order. Whichever is first looks at the
 * file. What is refused is taken off the shelf after that is written down; a repeat finds it refused and takes it off.
 */
export function createRecordEvidence(
  deps: RecordEvidenceDeps,
): (seen: EvidenceSeen) => Promise<EvidenceRecorded> {
  const record = (seen: EvidenceSeen) =>
    retryWhenChanged(8, async (): Promise<EvidenceRecorded | 'changed'> => {
      const before = await deps.evidence.get(seen);
      const ticket = before && (await deps.tickets.get(before.body.ticketId));
      if (before === undefined || ticket === undefined) return { outcome: 'removed' };
      const ticketNumber = ticket.body.number;
      const at = deps.now().toISOString();
      const start: EvidenceStep = { evidence: before.body, ticket: ticket.body, entries: [] };
      const came = await afterArrival(deps, { before, start, seen, at });
      if (came === undefined) return { outcome: 'missing', ticketNumber };
      const after = afterScan(deps, { step: came, seen, at });
      const { entries } = after;
      if (entries.length === 0) return { outcome: standing(after.evidence), ticketNumber };
      const committed = await deps.db.commit<unknown>([
        deps.evidence.save(before, after.evidence),
        ...deps.tickets.save(ticket, after.ticket, { now: new Date(at), entries }),
      ]);
      if (committed.outcome === 'refused') return 'changed';
      return { outcome: outcomeOf(after.evidence), ticketNumber };
    });
  return async (seen) => {
    const recorded = await record(seen);
    if (recorded.outcome === 'removed' || recorded.outcome === 'refused') await deps.shelf.remove(seen);
    return recorded;
  };
}

/** Looks at a file that was only asked for so far; undefined: it is not there. */
async function afterArrival(
  { shelf }: RecordEvidenceDeps,
  of: { before: Versioned<Evidence>; start: EvidenceStep; seen: EvidenceSeen; at: string },
): Promise<EvidenceStep | undefined> {
  const { before, start, seen, at } = of;
  if (before.body.state !== 'requested') return start;
  const file = await shelf.examine(seen, seen.versionId);
  if (file === undefined) return undefined;
  const misfit = misfitOf(before.body, file);
  return misfit === undefined ? received(start, at) : refused(start, misfit, at);
}

function afterScan(
  { scan }: RecordEvidenceDeps,
  { step, seen: { verdict }, at }: { step: EvidenceStep; seen: EvidenceSeen; at: string },
): EvidenceStep {
  const { state } = step.evidence;
  if (state === 'uploaded') {
    if (verdict === undefined) return scan === 'none' ? accepted(step, at) : step;
    const reason = refusalOfScan(verdict);
    return reason === undefined ? accepted(step, at) : refused(step, reason, at);
  }
  // What was clean yesterday may be known today.
  return state === 'clean' && verdict === 'infected' ? refused(step, 'infected', at) : step;
}

const outcomeOf = ({ state }: Evidence): EvidenceRecorded['outcome'] => {
  if (state === 'clean') return 'accepted';
  return state === 'refused' ? 'refused' : 'received';
};

/** Nothing to write down: heard before, or come when nobody waits for it any more. */
const standing = ({ state }: Evidence): EvidenceRecorded['outcome'] =>
  state === 'refused' || state === 'expired' ? 'removed' : 'already';
