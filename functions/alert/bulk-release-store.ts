import { type Database, type Write, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { dueAttributes } from '../platform/due.ts';
import { EXPIRES_AT, expiryOf } from '../platform/expiry.ts';
import { type BulkRelease, bulkReleaseSchema } from './bulk-release.ts';

export interface BulkReleaseStore {
  get(ruleSetVersion: string): Promise<Versioned<BulkRelease> | undefined>;
  save(previous: Versioned<BulkRelease> | undefined, release: BulkRelease): Write<Changed<BulkRelease>>;
  /** That it released this alert; goes into the transaction that does. */
  note(release: BulkRelease, alertId: string, at: Date): Write<never>;
  /** What it has released, to the alert: what a crash left out of its own count is in it. */
  countReleased(release: BulkRelease): Promise<number>;
}

/** Releases in bulk; one that runs is due, so that the sweep goes on with it, after a crash as well. */
export function createBulkReleaseStore(options: { db: Database; casesTable: string }): BulkReleaseStore {
  const { db, casesTable: table } = options;
  const pkOf = (version: string) => `BULK#${version}`;
  // Asked for again, a version's release counts its own.
  const releasedBy = ({ approvedAt = '' }: BulkRelease) => `RELEASED#${approvedAt}#`;
  const documents = createDocuments({
    db,
    table,
    schema: bulkReleaseSchema,
    name: 'bulk-release',
    key: (version) => ({ pk: pkOf(version), sk: 'META' }),
    idOf: ({ ruleSetVersion }) => ruleSetVersion,
    attributes: ({ ruleSetVersion, dueAt }) =>
      dueAt === undefined ? {} : dueAttributes(pkOf(ruleSetVersion), dueAt),
    expiresAt: ({ status, doneAt, until }) =>
      status === 'running' ? undefined : expiryOf('bulkRelease', doneAt ?? until),
  });
  return {
    get: documents.get,
    save: documents.save,
    note: (release, alertId, at) => {
      const key = { pk: pkOf(release.ruleSetVersion), sk: `${releasedBy(release)}${alertId}` };
      return write({
        table,
        spec: { kind: 'put', item: { ...key, [EXPIRES_AT]: expiryOf('bulkReleased', at) } },
      });
    },
    async countReleased(release) {
      let count = 0;
      let after: string | undefined;
      do {
        const sk = { beginsWith: releasedBy(release) };
        const page = await db.query({ table, pk: pkOf(release.ruleSetVersion), sk, consistent: true, after });
        count += page.items.length;
        after = page.next;
      } while (after !== undefined);
      return count;
    },
  };
}
