import type { Database } from '../../functions/platform/database.ts';
import {
  applyTransaction,
  type CardProfile,
  emptyProfile,
  encodeProfile,
} from '../../functions/screening/profile.ts';
import { bodyDigest, decisionKeyPart } from '../../functions/transaction/digest.ts';
import { createTransactionStore } from '../../functions/transaction/transaction-store.ts';
import { authorisation, type RunIds } from './events.ts';
import type { Row } from './rows.ts';

const WRITES_AT_ONCE = 10;

/** The profiles the cards would have after these days, each transaction taken as cleared, by the product's own code. */
export function buildProfiles(
  ids: RunIds,
  history: readonly Row[],
  shiftMs: number,
): ReadonlyMap<string, CardProfile> {
  const profiles = new Map<string, CardProfile>();
  for (const row of history) {
    const detail = authorisation(ids, row, { shiftMs, enactFrauds: false });
    const before = profiles.get(detail.cardToken) ?? emptyProfile();
    const after = applyTransaction(before, detail, {
      idDigest: decisionKeyPart(detail.transactionId),
      bodyDigest: bodyDigest({ type: 'TransactionAuthorized', detail }),
      receivedAt: row.at + shiftMs,
      outcome: 'clear',
      // Their decisions are not written, so nothing must wait for them.
      addToRing: false,
    });
    profiles.set(detail.cardToken, after);
  }
  return profiles;
}

/** Writes profiles of cards that have none yet. */
export async function writeProfiles(options: {
  db: Database;
  cardsTable: string;
  profiles: ReadonlyMap<string, CardProfile>;
  onProgress: (written: number) => void;
}): Promise<void> {
  const { db, cardsTable } = options;
  const store = createTransactionStore({ db, cardsTable });
  const all = [...options.profiles];
  for (let from = 0; from < all.length; from += WRITES_AT_ONCE) {
    await Promise.all(
      all.slice(from, from + WRITES_AT_ONCE).map(async ([cardToken, profile]) => {
        const write = store.saveProfile(cardToken, undefined, encodeProfile(profile));
        if ((await db.commit([write])).outcome === 'refused') {
          throw new Error(`card ${cardToken} has a profile already`);
        }
      }),
    );
    options.onProgress(Math.min(from + WRITES_AT_ONCE, all.length));
  }
}
