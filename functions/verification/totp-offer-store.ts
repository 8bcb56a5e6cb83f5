import * as z from 'zod/mini';
import type { Database, Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { expiryOf } from '../platform/expiry.ts';

const offerSchema = z.object({
  verificationId: z.string(),
  customerId: z.string(),
  /** As it will be stored once it is confirmed. */
  secretCipher: z.string(),
  validUntil: z.string(),
});
export type TotpOffer = z.output<typeof offerSchema>;

/** A secret that was shown to a customer and waits for its first right code; the newest of each verification. */
export interface TotpOfferStore {
  get(verificationId: string): Promise<Versioned<TotpOffer> | undefined>;
  save(previous: Versioned<TotpOffer> | undefined, offer: TotpOffer): Write<Changed<TotpOffer>>;
}

export function createTotpOfferStore(options: { db: Database; casesTable: string }): TotpOfferStore {
  const documents = createDocuments({
    db: options.db,
    table: options.casesTable,
    schema: offerSchema,
    name: 'totp_offer',
    key: (verificationId) => ({ pk: `VER#${verificationId}`, sk: 'SECRET' }),
    idOf: (offer) => offer.verificationId,
    expiresAt: ({ validUntil }) => expiryOf('totpOffer', validUntil),
  });
  return { get: documents.get, save: documents.save };
}
