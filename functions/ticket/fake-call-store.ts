import { type Database, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { createOutbox } from '../platform/outbox.ts';

/** The event is emitted again by the sweep when it is not out after this long. */
const EFFECT_DUE_SECONDS = 60;

export interface FakeCall {
  readonly reportId: string;
  readonly customerId: string;
  readonly ticketNumber?: string;
  /** Masked words on what was said. */
  readonly words?: string;
  /** The number that called, as the customer read it off. */
  readonly callerNumber?: string;
}

/** Reports of callers who said they were the bank; each tells the bank's own systems, without words or number. */
export interface FakeCallStore {
  add(report: FakeCall, now: Date): readonly Write<unknown>[];
}

export function createFakeCallStore(options: { db: Database; casesTable: string }): FakeCallStore {
  const { db, casesTable: table } = options;
  const outbox = createOutbox(db, table);
  return {
    add: (report, now) => {
      const pk = `FAKECALL#${report.reportId}`;
      const reportedAt = now.toISOString();
      const expiresAt = expiryOf('fakeCall', now);
      const { reportId, customerId, ticketNumber } = report;
      return [
        write({
          table,
          spec: { kind: 'put', item: { pk, sk: 'META', ...report, reportedAt, expiresAt } },
          when: { item: 'absent' },
          refused: () => ({ fakeCall: 'taken' }) as const,
        }),
        outbox.put({
          pk,
          seq: 1,
          effect: 'publish',
          now,
          dueAfterSeconds: EFFECT_DUE_SECONDS,
          payload: { type: 'FakeCallReported', detail: { reportId, customerId, ticketNumber } },
        }),
      ];
    },
  };
}
