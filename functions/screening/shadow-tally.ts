import type { Database, Write } from '../platform/database.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import type { Decision } from './decide.ts';
import { type Compared, cellOf, differs, newAlertCodes, type ShadowCell } from './shadow-comparison.ts';

/** Agreements wait in memory this long at most before they are written, while transactions come. */
const KEPT_MS = 30_000;
/** Examples written at the end of one batch. */
const MOST_EXAMPLES = 5;
/** Reasons kept of one example. */
const MOST_REASONS = 6;

export interface ShadowCountsOf {
  readonly cells: Readonly<Partial<Record<ShadowCell, number>>>;
  readonly newAlerts: Readonly<Record<string, number>>;
  /** ISO, UTC. */
  readonly at: string;
}

export interface ShadowExamples {
  readonly transactionId: string;
  readonly cardToken: string;
  readonly occurredAt: string;
  readonly live: Judged;
  readonly other: Judged;
}
type Judged = {
  readonly outcome: string;
  readonly score: number;
  readonly reasons: readonly {
    readonly code: string;
    readonly values: Readonly<Record<string, string | number>>;
  }[];
};

/** Where results go. */
export interface ShadowSink {
  addCounts(version: string, counts: ShadowCountsOf): Write<never>;
  putExample(version: string, cell: ShadowCell, example: ShadowExamples): Write<never>;
}

/**
 * Counts what sets in shadow would have done. Where all agree nothing is written for the transaction: agreements are
 * counted in memory and written together, at most once in half a minute. A difference is written at the end of its
 * batch, with all that waited. A function that dies loses what it had not written: the counts are never too high.
 */
export interface ShadowTally {
  /** Of a transaction whose decision was just stored. */
  note(event: TransactionAuthorized, compared: readonly Compared[]): void;
  /** At the end of a batch; a fault is told and harms nothing else. */
  flush(): Promise<void>;
}

interface Pending {
  readonly cells: Partial<Record<ShadowCell, number>>;
  readonly newAlerts: Record<string, number>;
  readonly since: number;
  differs: boolean;
}

export function createShadowTally(deps: {
  readonly db: Database;
  readonly sink: ShadowSink;
  readonly now: () => Date;
  readonly onLost: (error: unknown, version: string) => void;
}): ShadowTally {
  const { db, sink, now } = deps;
  let pending = new Map<string, Pending>();
  let examples: { version: string; write: Write<never> }[] = [];

  function note(event: TransactionAuthorized, compared: Compared): void {
    const { version } = compared;
    const counted = pending.get(version) ?? {
      cells: {},
      newAlerts: {},
      since: now().getTime(),
      differs: false,
    };
    pending.set(version, counted);
    const cell = cellOf(compared);
    counted.cells[cell] = (counted.cells[cell] ?? 0) + 1;
    for (const code of newAlertCodes(compared)) counted.newAlerts[code] = (counted.newAlerts[code] ?? 0) + 1;
    if (!differs(compared)) return;
    counted.differs = true;
    if (examples.length < MOST_EXAMPLES)
      examples.push({ version, write: sink.putExample(version, cell, exampleOf(event, compared)) });
  }

  async function commit(version: string, write: Write<never>): Promise<void> {
    try {
      await db.commit([write]);
    } catch (error) {
      deps.onLost(error, version);
    }
  }

  return {
    note: (event, compared) => {
      for (const one of compared) note(event, one);
    },
    flush: async () => {
      const at = now();
      const ripe = [...pending].filter(
        ([, { differs, since }]) => differs || at.getTime() - since >= KEPT_MS || at.getTime() < since,
      );
      const shown = examples;
      examples = [];
      pending = new Map([...pending].filter(([version]) => !ripe.some(([one]) => one === version)));
      await Promise.all([
        ...ripe.map(([version, { cells, newAlerts }]) =>
          commit(version, sink.addCounts(version, { cells, newAlerts, at: at.toISOString() })),
        ),
        ...shown.map(({ version, write }) => commit(version, write)),
      ]);
    },
  };
}

const exampleOf = (event: TransactionAuthorized, { live, other }: Compared): ShadowExamples => ({
  transactionId: event.transactionId,
  cardToken: event.cardToken,
  occurredAt: event.occurredAt,
  live: judged(live),
  other: judged(other),
});

const judged = ({ outcome, score, reasons }: Decision): Judged => ({
  outcome,
  score,
  reasons: reasons.slice(0, MOST_REASONS).map(({ code, values }) => ({ code, values })),
});
