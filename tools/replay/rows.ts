import { existsSync } from 'node:fs';
import { type Row, rowsOf } from '../offline/handbook-rows.ts';
import type { BadRow } from '../offline/labelled.ts';
import { PlainError } from '../stage/plain-error.ts';

export type { Row } from '../offline/handbook-rows.ts';

export interface Days {
  /** `YYYY-MM-DD` of the day that is replayed. */
  readonly day: string;
  readonly rows: readonly Row[];
  /** Rows of the days before it that were asked for, oldest first. */
  readonly history: readonly Row[];
}

const DAY_MS = 86_400_000;

/** A day is replayed whole or not at all. */
const refuse = ({ file, line, reason }: BadRow): never => {
  throw new PlainError(`${file}, line ${line}, ${reason}`);
};

/**
 * Reads the wanted day, and `historyDays` before it, out of csv or csv.gz files given in order of time. A
 * missing file, column or day, and a value that does not fit, is said with where it is.
 */
export async function readDays(options: {
  files: readonly string[];
  /** Unset: the first day found. */
  day?: string;
  historyDays: number;
}): Promise<Days> {
  const missing = options.files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new PlainError(`--data ${missing}: there is no such file`);
  let { day } = options;
  let from = day === undefined ? Number.NEGATIVE_INFINITY : startOf(day) - options.historyDays * DAY_MS;
  const seen = { first: '', last: '' };
  const rows: Row[] = [];
  const history: Row[] = [];
  for (const file of options.files) {
    for await (const row of rowsOf(file, refuse)) {
      const rowDay = new Date(row.at).toISOString().slice(0, 10);
      seen.first ||= rowDay;
      seen.last = rowDay;
      if (day === undefined) {
        day = rowDay;
        from = startOf(day);
      }
      if (rowDay === day) rows.push(row);
      else if (rowDay < day && row.at >= from) history.push(row);
    }
  }
  if (day === undefined) throw new PlainError('The data hold no transactions.');
  if (rows.length === 0) {
    throw new PlainError(`No transactions on ${day}: the data reach from ${seen.first} to ${seen.last}.`);
  }
  if (options.historyDays > 0 && (history[0]?.at ?? startOf(day)) >= from + DAY_MS) {
    throw new PlainError(
      `--warm-up ${options.historyDays}: the data begin on ${seen.first}. Give the file before it as another --data, first.`,
    );
  }
  return { day, rows, history };
}

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
