import type { Write } from '../platform/database.ts';
import { decodeProfile, encodeProfile } from '../screening/profile.ts';
import { teach, unteach } from '../screening/teach-profile.ts';
import type { TransactionStore } from '../transaction/transaction-store.ts';
import type { Alert, Label } from './alert.ts';

export interface Labelled {
  readonly alert: Alert;
  readonly writes: readonly Write<unknown>[];
}

/**
 * Says what an alert turned out to be, with the writes that follow for the card's profile: genuine teaches it exactly
 * once, fraud takes back what was taught. Commit them with the alert itself; refused when the profile changed.
 */
export type LabelAlert = (alert: Alert, label: Label) => Promise<Labelled>;

export function createLabelAlert(deps: {
  readonly transactions: Pick<TransactionStore, 'profile' | 'saveProfile'>;
}): LabelAlert {
  return async (alert, label) => {
    const labelled = { ...alert, label };
    const learns = label.value === 'genuine' && alert.taught === undefined;
    const forgets = label.value === 'fraud' && alert.taught !== undefined;
    if (!learns && !forgets) return { alert: labelled, writes: [] };
    const stored = await deps.transactions.profile(alert.cardToken);
    if (stored === undefined) return { alert: labelled, writes: [] };
    const before = decodeProfile(stored.bytes);
    const { transactions } = alert;
    const after = learns
      ? teach(before, transactions)
      : { profile: unteach(before, transactions, alert.taught ?? []), taught: undefined };
    return {
      alert: { ...labelled, taught: after.taught === undefined ? undefined : [...after.taught] },
      writes: [deps.transactions.saveProfile(alert.cardToken, stored, encodeProfile(after.profile))],
    };
  };
}
