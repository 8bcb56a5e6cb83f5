import type { TransactionAuthorized } from '../../functions/transaction/events.ts';
import { PlainError } from '../stage/plain-error.ts';

/** A transaction with what it turned out to be; screening sees the label only once it is known. */
export interface Labelled {
  readonly transaction: TransactionAuthorized;
  readonly fraud: boolean;
  /**
   * Epoch milliseconds when the label is known: a fraud's report, or for a genuine one the end of the time in which a
   * report would have come.
   */
  readonly knownAt: number;
}

/** A row that could not be read: counted and shown. */
export interface BadRow {
  readonly file: string;
  /** Unset where it is not known. */
  readonly line?: number;
  readonly reason: string;
}

/** What came out of files: transactions in order of time, and how many rows were left out. */
export interface Input {
  readonly transactions: AsyncIterable<Labelled>;
  /** Complete once the transactions have been read to the end. */
  readonly bad: BadRows;
}

export interface BadRows {
  readonly count: number;
  /** The first few. */
  readonly examples: readonly BadRow[];
}

const MOST_EXAMPLES = 5;

/** Collects rows that cannot be read; with `strict` the first one ends the run. */
export function collectBadRows(strict: boolean): BadRows & { add(row: BadRow): void } {
  let count = 0;
  const examples: BadRow[] = [];
  return {
    get count() {
      return count;
    },
    examples,
    add(row) {
      if (strict) throw new PlainError(`${placeOf(row)}: ${row.reason}`);
      count += 1;
      if (examples.length < MOST_EXAMPLES) examples.push(row);
    },
  };
}

/** Where a bad row stands, for people. */
export const placeOf = ({ file, line }: BadRow): string =>
  line === undefined ? file : `${file}, line ${line}`;
