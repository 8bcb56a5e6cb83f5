import type { Database, Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { expiryOf } from '../platform/expiry.ts';
import { type Challenge, challengeSchema } from './device-challenge.ts';

/** The newest challenge of each verification and purpose; a new one takes the place of the one before. */
export interface ChallengeStore {
  get(verificationId: string, purpose: Challenge['purpose']): Promise<Versioned<Challenge> | undefined>;
  save(previous: Versioned<Challenge> | undefined, challenge: Challenge): Write<Changed<Challenge>>;
  /** Uses it up, for good or for bad: refused when somebody was faster. */
  use(challenge: Versioned<Challenge>, at: string): Write<Changed<Challenge>>;
}

export function createChallengeStore(options: { db: Database; casesTable: string }): ChallengeStore {
  const documents = createDocuments({
    db: options.db,
    table: options.casesTable,
    schema: challengeSchema,
    name: 'challenge',
    key: (id) => {
      const [verificationId = '', purpose = ''] = id.split('#');
      return { pk: `VER#${verificationId}`, sk: `CHALLENGE#${purpose}` };
    },
    idOf: ({ verificationId, purpose }) => `${verificationId}#${purpose}`,
    expiresAt: ({ validUntil }) => expiryOf('challenge', validUntil),
  });
  return {
    get: (verificationId, purpose) => documents.get(`${verificationId}#${purpose}`),
    save: documents.save,
    use: (challenge, at) => documents.save(challenge, { ...challenge.body, usedAt: at }),
  };
}
