import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import * as z from 'zod';
import { PlainError } from '../stage/plain-error.ts';
import type { BadRow } from './labelled.ts';

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
 * Reads csv or csv.gz row by row. Columns it does not need, the scenario of a fraud among them, are dropped by the
 * parser and never reach a record. A row that does not fit goes to `bad`; a file that cannot be read at all, or lacks a
 * column, is a PlainError with what is wrong.
 */
export async function* rowsOf(file: string, bad: (row: BadRow) => void): AsyncGenerator<Row> {
  const parser = parse({
    columns: (header: string[]) => checkedHeader(file, header),
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: true,
  });
  const source = createReadStream(file);
  const fed = file.endsWith('.gz') ? pipeline(source, createGunzip(), parser) : pipeline(source, parser);
  // A fault of the source destroys the parser with it: the loop below throws it.
  fed.catch(() => undefined);
  let line = 1;
  try {
    for await (const record of parser) {
      line += 1;
      const row = rowOf(record);
      if (typeof row === 'string') bad({ file, line, reason: row });
      else yield row;
    }
  } catch (error) {
    if (error instanceof PlainError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainError(`${file}: cannot be read after line ${line}: ${reason}`, { cause: error });
  }
}

function checkedHeader(file: string, header: readonly string[]): (string | false)[] {
  const absent = COLUMNS.filter((column) => !header.includes(column));
  if (absent.length === 0) {
    return header.map((name) => ((COLUMNS as readonly string[]).includes(name) ? name : false));
  }
  throw new PlainError(
    `${file}: no column ${absent.join(', ')}. The first line must name ${COLUMNS.join(', ')}; it has ${header.join(', ')}.`,
  );
}

/** The row, or what is wrong with it. */
function rowOf(record: unknown): Row | string {
  const parsed = rowSchema.safeParse(record);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `${issue?.path.join('.')}: ${issue?.message}`;
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
