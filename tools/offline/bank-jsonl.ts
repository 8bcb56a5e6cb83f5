import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import * as z from 'zod';
import { transactionAuthorizedSchema } from '../../functions/transaction/events.ts';
import { PlainError } from '../stage/plain-error.ts';
import { type BadRow, collectBadRows, type Input, type Labelled } from './labelled.ts';

export interface JsonlOptions {
  /** jsonl or jsonl.gz, in order of time. */
  readonly files: readonly string[];
  /** How long after its transaction one that nobody reported counts as genuine. */
  readonly quietMs: number;
  /** True: the first bad line ends the run. */
  readonly strict: boolean;
}

const lineSchema = z.object({ type: z.string(), detail: z.unknown() });
const labelSchema = z.object({ transactionId: z.string(), at: z.iso.datetime() });

interface Line {
  readonly file: string;
  readonly line: number;
  readonly type: string;
  readonly detail: unknown;
}

/**
 * The bank's events, one a line `{"type": …, "detail": …}`, as labelled transactions: `TransactionAuthorized` is
 * judged, `FraudConfirmed` labels a transaction from its `at` on, `FraudCleared` takes that back; other events are
 * passed over. The files are read twice, as a label stands behind its transaction.
 */
export async function readBankJsonl(options: JsonlOptions): Promise<Input> {
  const missing = options.files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new PlainError(`--data ${missing}: there is no such file`);
  const bad = collectBadRows(options.strict);
  const knownAt = await labelsOf(options.files, bad.add);
  async function* transactions(): AsyncGenerator<Labelled> {
    let latest = -Infinity;
    // Lines that are no events were counted on the first reading.
    for await (const { file, line, type, detail } of linesOf(options.files, () => undefined)) {
      if (type !== 'TransactionAuthorized') continue;
      const parsed = transactionAuthorizedSchema.safeParse(detail);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        bad.add({ file, line, reason: `${issue?.path.join('.')}: ${issue?.message ?? issue?.code}` });
        continue;
      }
      const transaction = parsed.data;
      const at = Date.parse(transaction.occurredAt);
      if (at < latest) {
        bad.add({ file, line, reason: 'earlier than the transaction before it' });
        continue;
      }
      latest = at;
      const reportedAt = knownAt.get(transaction.transactionId);
      yield { transaction, fraud: reportedAt !== undefined, knownAt: reportedAt ?? at + options.quietMs };
    }
  }
  return { transactions: transactions(), bad };
}

async function labelsOf(
  files: readonly string[],
  bad: (row: BadRow) => void,
): Promise<ReadonlyMap<string, number>> {
  const knownAt = new Map<string, number>();
  for await (const { file, line, type, detail } of linesOf(files, bad)) {
    if (type !== 'FraudConfirmed' && type !== 'FraudCleared') continue;
    const parsed = labelSchema.safeParse(detail);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      bad({ file, line, reason: `${issue?.path.join('.')}: ${issue?.message}` });
    } else if (type === 'FraudConfirmed') {
      knownAt.set(parsed.data.transactionId, Date.parse(parsed.data.at));
    } else {
      knownAt.delete(parsed.data.transactionId);
    }
  }
  return knownAt;
}

async function* linesOf(files: readonly string[], bad: (row: BadRow) => void): AsyncGenerator<Line> {
  for (const file of files) {
    const source = createReadStream(file);
    const input = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
    let line = 0;
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      line += 1;
      if (text.trim() === '') continue;
      const parsed = lineSchema.safeParse(parsedJson(text));
      if (parsed.success) yield { file, line, type: parsed.data.type, detail: parsed.data.detail };
      else bad({ file, line, reason: 'no line {"type": …, "detail": …}' });
    }
  }
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
