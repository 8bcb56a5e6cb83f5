import type { Database, Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { expiryOf } from '../platform/expiry.ts';
import { type CallerTries, callerTriesSchema } from './caller-tries.ts';

/** What numbers that call have tried, under their digest: never the number. */
export interface CallerTriesStore {
  get(digest: string): Promise<Versioned<CallerTries> | undefined>;
  save(previous: Versioned<CallerTries> | undefined, tries: CallerTries): Write<Changed<CallerTries>>;
}

export function createCallerTriesStore(options: { db: Database; casesTable: string }): CallerTriesStore {
  const documents = createDocuments({
    db: options.db,
    table: options.casesTable,
    schema: callerTriesSchema,
    name: 'callerTries',
    key: (digest) => ({ pk: `CALLER#${digest}`, sk: 'TRIES' }),
    idOf: ({ digest }) => digest,
    expiresAt: ({ tries }) => expiryOf('callerTries', tries.at(-1)?.at ?? new Date(0)),
  });
  return { get: documents.get, save: documents.save };
}
