import type { Database, Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { dueAttributes } from '../platform/due.ts';
import { expiryOf } from '../platform/expiry.ts';
import { type BulkRelease, bulkReleaseSchema } from './bulk-release.ts';

export interface BulkReleaseStore {
  get(ruleSetVersion: string): Promise<Versioned<BulkRelease> | undefined>;
  save(previous: Versioned<BulkRelease> | undefined, release: BulkRelease): Write<Changed<BulkRelease>>;
}

/** Releases in bulk; one that runs is due, so that the sweep goes on with it, after a crash as well. */
export function createBulkReleaseStore(options: { db: Database; casesTable: string }): BulkReleaseStore {
  const pkOf = (version: string) => `BULK#${version}`;
  const documents = createDocuments({
    db: options.db,
    table: options.casesTable,
    schema: bulkReleaseSchema,
    name: 'bulk-release',
    key: (version) => ({ pk: pkOf(version), sk: 'META' }),
    idOf: ({ ruleSetVersion }) => ruleSetVersion,
    attributes: ({ ruleSetVersion, dueAt }) =>
      dueAt === undefined ? {} : dueAttributes(pkOf(ruleSetVersion), dueAt),
    expiresAt: ({ status, doneAt, until }) =>
      status === 'running' ? undefined : expiryOf('bulkRelease', doneAt ?? until),
  });
  return { get: documents.get, save: documents.save };
}
