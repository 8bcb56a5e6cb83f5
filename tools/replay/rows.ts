import { createReadStream, existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import * as z from 'zod';
import { PlainError } from '../stage/plain-error.ts';

/** One line of the handbook's format. */
export interface Row {
  readonly transactionId: string;
  /** Epoch milliseconds; the simulator's times are read as UTC. */
  readonly at: number;
  readonly customerId: string;
  readonly terminalId: string;
  readonly amountMinor: number;
  /** The label. Screening never sees it; it only says which rows `--enact-frauds` is about. */
  readonly isFraud: boolean;
}

export interface Days {
  /** `YYYY-MM-DD` of the day that is replayed. */
  readonly day: string;
  readonly rows: readonly Row[];
  /** Rows of the days before it that were asked for, oldest first. */
  readonly history: readonly Row[];
}

const DAY_MS = 86_400_000;
const COLUMNS = ['transaction_id', 'timestamp', 'customer_id', 'terminal_id', 'amount', 'is_fraud'] as const;
const rowSchema = z.object({
  transaction_id: z.string().regex(/^\d{1,18}$/),
  timestamp: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a time'),
  customer_id: z.string().regex(/^\d{1,9}$/),
  terminal_id: z.string().regex(/^\d{1,9}$/),
  amount: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/),
  is_fraud: z.enum(['0', '1']),
});

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
    await readFile(file, (row) => {
      const rowDay = new Date(row.at).toISOString().slice(0, 10);
      seen.first ||= rowDay;
      seen.last = rowDay;
      if (day === undefined) {
        day = rowDay;
        from = startOf(day);
      }
      if (rowDay === day) rows.push(row);
      else if (rowDay < day && row.at >= from) history.push(row);
    });
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

async function readFile(file: string, onRow: (row: Row) => void): Promise<void> {
  const parser = parse({
    columns: (header: string[]) => checkedHeader(file, header),
    skip_empty_lines: true,
  });
  let line = 1;
  const take = async (records: AsyncIterable<unknown>): Promise<void> => {
    for await (const record of records) {
      line += 1;
      onRow(rowOf(file, line, record));
    }
  };
  try {
    const source = createReadStream(file);
    if (file.endsWith('.gz')) await pipeline(source, createGunzip(), parser, take);
    else await pipeline(source, parser, take);
  } catch (error) {
    if (error instanceof PlainError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainError(`${file}: cannot be read after line ${line}: ${reason}`, { cause: error });
  }
}

function checkedHeader(file: string, header: readonly string[]): string[] {
  const absent = COLUMNS.filter((column) => !header.includes(column));
  if (absent.length === 0) return [...header];
  throw new PlainError(
    `${file}: no column ${absent.join(', ')}. The first line must name ${COLUMNS.join(', ')}; it has ${header.join(', ')}.`,
  );
}

function rowOf(file: string, line: number, record: unknown): Row {
  const parsed = rowSchema.safeParse(record);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new PlainError(`${file}, line ${line}, ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { transaction_id, timestamp, customer_id, terminal_id, amount, is_fraud } = parsed.data;
  return {
    transactionId: transaction_id,
    at: Date.parse(timestamp),
    customerId: customer_id,
    terminalId: terminal_id,
    amountMinor: Math.round(Number(amount) * 100),
    isFraud: is_fraud === '1',
  };
}
