import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { isFresh } from './contact.ts';
import type { ContactStore } from './contact-store.ts';
import type { SimChanged } from './events.ts';
import { type NoteContactChangeDeps, noteContactChange } from './note-contact-change.ts';

export interface RecordSimChangeDeps extends NoteContactChangeDeps {
  readonly db: Database;
  readonly contacts: ContactStore;
  readonly now: () => Date;
}

export type SimChangeRecorded = {
  /** `kept`: the customer's contact has not come yet and will take it along (H32). */
  readonly outcome: 'recorded' | 'older' | 'kept';
};

/**
 * Takes a SIM change or port of a customer's number; the latest counts, whatever comes first (I8). The customer is
 * told and what is open goes to a person: who holds the number now may not be the customer.
 */
export function createRecordSimChange(deps: RecordSimChangeDeps) {
  return (event: SimChanged): Promise<SimChangeRecorded> => {
    let kept = false;
    return retryWhenChanged(8, async () => {
      const { customerId, kind } = event;
      const at = new Date(event.occurredAt).toISOString();
      const before = await deps.contacts.get(customerId);
      if (before === undefined) {
        if (kept) return { outcome: 'kept' };
        // Kept first, looked for once more then: the contact may come in between, and takes only what it has seen.
        await deps.db.commit([deps.contacts.keepSimChange(customerId, { at, kind })]);
        kept = true;
        return 'changed';
      }
      if (before.simChangedAt !== undefined && before.simChangedAt >= at) return { outcome: 'older' };
      const now = deps.now();
      const reachable = before.phoneCipher !== undefined;
      const noted = { customerId, by: 'bank', occurredAt: at, data: { kind }, reachable, doubtful: true };
      const writes: readonly Write<unknown>[] = [
        deps.contacts.save(before, { ...before, simChangedAt: at }),
        ...(isFresh(at, now) ? await noteContactChange(deps, { ...noted, what: 'sim' }, now) : []),
      ];
      const committed = await deps.db.commit(writes);
      return committed.outcome === 'refused' ? 'changed' : { outcome: 'recorded' };
    });
  };
}
