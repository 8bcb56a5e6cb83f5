import type { Database } from '../platform/database.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import type { MerchantStore } from '../transaction/merchant-store.ts';
import type { StoredBytes } from '../transaction/profile-item.ts';
import { decodeRisk, encodeRisk, sightAtMerchant } from './merchant-risk.ts';

/**
 * Counts a judged transaction at a merchant under suspicion. Writes nothing at any other, and ever less often at a busy
 * one. Refused by somebody who wrote meanwhile, it stays uncounted: the count is a measure of size, not a ledger.
 */
export type NoteSighting = (event: TransactionAuthorized, stored: StoredBytes | undefined) => Promise<void>;

export function createNoteSighting(deps: {
  readonly db: Database;
  readonly merchants: Pick<MerchantStore, 'saveRisk'>;
  readonly now: () => Date;
}): NoteSighting {
  return async ({ transactionId, occurredAt, merchant }, stored) => {
    if (stored === undefined) return;
    const risk = decodeRisk(stored.bytes);
    const sighted = sightAtMerchant(risk, { transactionId, occurredAt: Date.parse(occurredAt) });
    if (sighted === risk) return;
    const change = { bytes: encodeRisk(sighted), now: deps.now() };
    await deps.db.commit([deps.merchants.saveRisk(merchant.id, stored, change)]);
  };
}
