import { type Database, queryAll, type Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { expiryOf } from '../platform/expiry.ts';
import { type Approval, type ApprovalKind, approvalSchema, isWaiting } from './staff-approval.ts';

/** Most that are listed at once, run out ones included. */
const MOST_LISTED = 200;

export interface ApprovalStore {
  get(kind: ApprovalKind, subjectId: string): Promise<Versioned<Approval> | undefined>;
  /** Those that wait for a second person, the longest waiting first. */
  waiting(at: string): Promise<readonly Approval[]>;
  save(previous: Versioned<Approval> | undefined, approval: Approval): Write<Changed<Approval>>;
}

export function createApprovalStore(options: { db: Database; casesTable: string }): ApprovalStore {
  const { db, casesTable: table } = options;
  const documents = createDocuments({
    db,
    table,
    schema: approvalSchema,
    name: 'approval',
    key: (id) => ({ pk: `APPROVAL#${id}`, sk: 'META' }),
    idOf: ({ kind, subjectId }) => `${kind}#${subjectId}`,
    attributes: ({ approvedAt, declinedAt, proposedAt }) =>
      approvedAt === undefined && declinedAt === undefined ? { gsi2pk: 'APPROVALS', gsi2sk: proposedAt } : {},
    expiresAt: ({ until }) => expiryOf('approval', until),
  });
  return {
    get: (kind, subjectId) => documents.get(`${kind}#${subjectId}`),
    save: documents.save,
    waiting: async (at) => {
      const found = await queryAll(db, { table, index: 'gsi2', pk: 'APPROVALS' }, MOST_LISTED);
      const read = await Promise.all(found.map(({ pk, sk }) => db.get(table, { pk, sk })));
      return read
        .flatMap((item) => (item === undefined ? [] : [documents.parse(item).body]))
        .filter((approval) => isWaiting(approval, at));
    },
  };
}
