import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { newTicket, queued, type Ticket } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { Standing } from './read-situation.ts';
import { incidentOf } from './tries.ts';
import type { TriesStore } from './tries-store.ts';
import { ended, type Verification } from './verification.ts';
import { verificationEntry } from './verification-entry.ts';
import type { VerificationStore } from './verification-store.ts';

interface Ending {
  readonly stored: Versioned<Verification>;
  readonly standing: Standing;
}

type End =
  | { readonly status: 'failed' | 'expired'; readonly reason: string }
  | { readonly status: 'locked'; readonly reason: string };

/**
 * The writes that end a verification, its ticket told. Undefined where it is over already. `locked` also brings a
 * person: the card stays as it is, the ticket waits at P2 or higher, and where there was none one is opened, with no try
 * left in it.
 */
export function endingWrites(
  deps: {
    readonly verifications: VerificationStore;
    readonly tickets: TicketStore;
    readonly tries: Pick<TriesStore, 'spend'>;
  },
  { stored, standing }: Ending,
  end: End & { readonly newTicketIds?: () => Pick<Ticket, 'ticketId' | 'number'> },
  now: Date,
): readonly Write<unknown>[] | undefined {
  const at = now.toISOString();
  const after = ended(stored.body, end.status, { at, reason: end.reason });
  if (after === undefined) return undefined;
  const locked = end.status === 'locked';
  const entries = [
    verificationEntry(locked ? 'verification_locked' : 'verification_failed', after, { reason: end.reason }),
  ];
  const saved = deps.verifications.save(stored, after);
  const { ticket } = standing;
  if (!locked) {
    return [saved, ...(ticket === undefined ? [] : deps.tickets.save(ticket, ticket.body, { now, entries }))];
  }
  const order = { priority: 'P2', reason: 'verification_locked', at } as const;
  if (ticket !== undefined) {
    return [saved, ...deps.tickets.save(ticket, queued(ticket.body, order) ?? ticket.body, { now, entries })];
  }
  if (end.newTicketIds === undefined) throw new Error('a locked verification needs a ticket');
  const fresh = newTicket({
    ...end.newTicketIds(),
    category: 'suspected_fraud',
    priority: 'P2',
    customerId: after.customerId,
    cardToken: after.cardToken,
    lastFour: standing.card.body.lastFour,
    at,
    follows: standing.lastTicketId,
  });
  return [
    saved,
    ...deps.tickets.save(undefined, queued(fresh, order) ?? fresh, { now, entries }),
    deps.tries.spend({ ...standing.triesOf, incident: incidentOf(fresh, at) }),
  ];
}

/** Commits such an end by itself; `changed` when somebody was faster. */
export async function endVerification(
  deps: {
    readonly db: Database;
    readonly verifications: VerificationStore;
    readonly tickets: TicketStore;
    readonly tries: Pick<TriesStore, 'spend'>;
  },
  ending: Ending,
  end: Exclude<End, { status: 'locked' }>,
  now: Date,
): Promise<'changed' | undefined> {
  const writes = endingWrites(deps, ending, end, now);
  if (writes === undefined) return undefined;
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : undefined;
}
