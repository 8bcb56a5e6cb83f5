import type { Database, Key, Write } from '../platform/database.ts';
import { write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseBytes, profileKey, type StoredBytes } from './profile-item.ts';

export type RiskRefusal = { readonly merchant: 'changed' };

/** What screening knows before it judges: of the card and of the merchant, each undefined when never written. */
export interface StoredState {
  readonly profile: StoredBytes | undefined;
  readonly risk: StoredBytes | undefined;
}

export interface MerchantStore {
  /** Card and merchant in one round trip; eventually consistent unless told. */
  state(
    cardToken: string,
    merchantId: string,
    options?: { readonly consistent: boolean },
  ): Promise<StoredState>;
  /** Consistent: for whoever changes it. */
  risk(merchantId: string): Promise<StoredBytes | undefined>;
  /** Refused when it changed since it was read. `now` starts its time of keeping anew. */
  saveRisk(
    merchantId: string,
    previous: StoredBytes | undefined,
    change: { readonly bytes: Uint8Array; readonly now: Date },
  ): Write<RiskRefusal>;
}

const riskKey = (merchantId: string): Key => ({ pk: `MERCHANT#${merchantId}`, sk: 'RISK' });

/** Merchants' risk in `Cards`, beside the profiles: one batched read gets both. */
export function createMerchantStore(options: { db: Database; cardsTable: string }): MerchantStore {
  const { db, cardsTable: table } = options;
  return {
    state: async (cardToken, merchantId, { consistent } = { consistent: false }) => {
      const keys = [profileKey(cardToken), riskKey(merchantId)];
      const [profile, risk] = await db.getMany(table, keys, { consistent });
      return { profile: profile && parseBytes(profile), risk: risk && parseBytes(risk) };
    },
    risk: async (merchantId) => {
      const item = await db.get(table, riskKey(merchantId));
      return item && parseBytes(item);
    },
    saveRisk: (merchantId, previous, { bytes, now }) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...riskKey(merchantId),
            p: bytes,
            v: (previous?.lock ?? 0) + 1,
            expiresAt: expiryOf('merchantRisk', now),
          },
        },
        when: previous === undefined ? { item: 'absent' } : { attribute: 'v', is: '=', value: previous.lock },
        refused: () => ({ merchant: 'changed' }) as const,
      }),
  };
}
