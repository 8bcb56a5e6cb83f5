import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { PreferenceStore } from './preference-store.ts';
import { defaultPreferences, type PreferenceChange, type Preferences, withChange } from './preferences.ts';

/** A customer says how they want to be reached; what they leave out stays. */
export function createSetPreferences(deps: { db: Database; preferences: PreferenceStore; now: () => Date }) {
  return (order: {
    customerId: string;
    change: PreferenceChange;
    together: (preferences: Preferences) => readonly Write<unknown>[];
  }): Promise<'set' | 'repeated'> =>
    retryWhenChanged(5, async () => {
      const { customerId } = order;
      const before = await deps.preferences.get(customerId);
      const after = withChange(before?.body ?? defaultPreferences, order.change);
      const changedAt = deps.now().toISOString();
      const saved = deps.preferences.save(before, { ...after, customerId, changedAt });
      const committed = await deps.db.commit<unknown>([saved, ...order.together(after)]);
      if (committed.outcome === 'done') return 'set';
      return committed.refusals.some(isRequestKnown) ? 'repeated' : 'changed';
    });
}
