import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TransactionAuthorized } from '../../functions/transaction/events.ts';
import { PlainError } from '../stage/plain-error.ts';
import { type Row, rowsOf } from './handbook-rows.ts';
import { collectBadRows, type Input, type Labelled } from './labelled.ts';

export interface HandbookOptions {
  /** Folders, whose csv and csv.gz files are taken, or files. */
  readonly data: readonly string[];
  /** How long after its transaction a label is known. */
  readonly labelDelayMs: number;
  /** True: the first bad row ends the run. */
  readonly strict: boolean;
}

/** The public benchmark's files as labelled transactions in order of time. */
export async function readHandbook(options: HandbookOptions): Promise<Input> {
  const files = await inOrderOfTime(options.data.flatMap(filesOf));
  const bad = collectBadRows(options.strict);
  async function* transactions(): AsyncGenerator<Labelled> {
    let latest = -Infinity;
    for (const file of files) {
      for await (const row of rowsOf(file, bad.add)) {
        if (row.at < latest) {
          const reason = `transaction ${row.transactionId} is earlier than the one before it`;
          bad.add({ file, line: undefined, reason });
          continue;
        }
        latest = row.at;
        yield {
          transaction: transactionOf(row),
          fraud: row.isFraud,
          knownAt: row.at + options.labelDelayMs,
        };
      }
    }
  }
  return { transactions: transactions(), bad };
}

/**
 * The data know card, terminal, time and amount; one card per customer. The rest is filled in the same for every row,
 * so that nothing but the data can make one suspicious: yuan, a supermarket in China, the chip read.
 */
export function transactionOf(row: Row): TransactionAuthorized {
  const money = { minor: row.amountMinor, currency: 'CNY' };
  return {
    schemaVersion: 1,
    transactionId: row.transactionId,
    cardToken: row.customerId,
    cardholderId: row.customerId,
    accountOwnerId: row.customerId,
    occurredAt: new Date(row.at).toISOString(),
    outcome: 'approved',
    amount: money,
    billing: money,
    merchant: { id: row.terminalId, name: `Terminal ${row.terminalId}`, mcc: '5411', country: 'CN' },
    entryMode: 'chip',
    recurring: false,
    merchantInitiated: false,
  } as TransactionAuthorized;
}

function filesOf(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new PlainError(`--data ${path}: there is no such file or folder`);
  if (!stats.isDirectory()) return [path];
  const files = readdirSync(path).filter((name) => /\.csv(\.gz)?$/.test(name));
  if (files.length === 0) throw new PlainError(`--data ${path}: the folder holds no csv or csv.gz file`);
  return files.sort().map((name) => join(path, name));
}

/** By the first row of each: names need not tell. */
async function inOrderOfTime(files: readonly string[]): Promise<readonly string[]> {
  const firsts: { file: string; at: number }[] = [];
  for (const file of files) {
    for await (const row of rowsOf(file, () => undefined)) {
      firsts.push({ file, at: row.at });
      break;
    }
  }
  if (firsts.length === 0) throw new PlainError('The data hold no transactions.');
  return firsts.sort((a, b) => a.at - b.at).map(({ file }) => file);
}
