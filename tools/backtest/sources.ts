import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { readBankJsonl } from '../offline/bank-jsonl.ts';
import { readHandbook } from '../offline/handbook.ts';
import type { Input, Labelled } from '../offline/labelled.ts';
import { PlainError } from '../stage/plain-error.ts';
import { DAY_MS } from './judged.ts';

/** Transactions with what is to be said of them in a report. */
export interface Source {
  readonly input: Input;
  readonly about: string;
  readonly isMadeUp: boolean;
  readonly labels: string;
}

export interface SourceOptions {
  readonly files: readonly string[];
  /** What really was, beside what was reported; only the generator knows. */
  readonly truth: string | undefined;
  readonly about: string | undefined;
  readonly strict: boolean;
}

const LABEL_DELAY_DAYS = 7;
/** Nobody reported it for so long: genuine. */
const QUIET_DAYS = 7;

const KINDS = { csv: /\.csv(\.gz)?$/i, jsonl: /\.jsonl(\.gz)?$/i } as const;

/** By the names of the files: csv of the handbook's format, or JSON lines of bank events. */
export async function readTransactions({
  files: paths,
  truth,
  about,
  strict,
}: SourceOptions): Promise<Source> {
  const files = paths.flatMap(filesOf);
  const source = await sourceOf(files, strict);
  const told = truth === undefined ? source : await withTruth(source, truth);
  return about === undefined ? told : { ...told, about };
}

async function sourceOf(files: readonly string[], strict: boolean): Promise<Source> {
  if (files.every((file) => KINDS.csv.test(file))) {
    return {
      input: await readHandbook({ data: files, labelDelayMs: LABEL_DELAY_DAYS * DAY_MS, strict }),
      about:
        'Rows of the fraud-detection handbook’s format, whose public data are simulated: card, terminal, time and amount only, so that rules about country, device, category or entry mode have nothing to see. Amounts have no currency and are taken as yuan.',
      isMadeUp: true,
      labels: `A fraud becomes known ${LABEL_DELAY_DAYS} days after its transaction, a genuine one after the same time; no rule sees a label before.`,
    };
  }
  if (files.every((file) => KINDS.jsonl.test(file))) {
    return {
      input: await readBankJsonl({ files, quietMs: QUIET_DAYS * DAY_MS, strict }),
      about:
        'The bank’s events as JSON lines; those of npm run generate are synthetic, no real card is in them.',
      isMadeUp: false,
      labels: `A fraud is what the bank reported (FraudConfirmed, not taken back), known from that report on; no rule sees it before. What nobody reported counts as genuine, known after ${QUIET_DAYS} days.`,
    };
  }
  const other = files.find((file) => !KINDS.csv.test(file) && !KINDS.jsonl.test(file));
  throw new PlainError(
    other === undefined
      ? '--data: either csv or JSON lines, not both: their transactions have nothing in common'
      : `--data ${other}: give csv, csv.gz, jsonl or jsonl.gz`,
  );
}

const truthSchema = z.object({ transactionId: z.string(), kind: z.enum(['fraud', 'genuine']) });

/** Counts every fraud as one. Screening still learns only of those reported: the others' labels never arrive. */
async function withTruth(source: Source, file: string): Promise<Source> {
  if (!existsSync(file)) throw new PlainError(`--truth ${file}: there is no such file`);
  const frauds = new Set<string>();
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    const truth = truthSchema.safeParse(parsedJson(text));
    if (!truth.success) {
      throw new PlainError(
        `--truth ${file}, line ${line}: not {"transactionId":…,"kind":"fraud" or "genuine"}`,
      );
    }
    if (truth.data.kind === 'fraud') frauds.add(truth.data.transactionId);
  }
  async function* transactions(): AsyncGenerator<Labelled> {
    for await (const labelled of source.input.transactions) {
      const isUnreported = !labelled.fraud && frauds.has(labelled.transaction.transactionId);
      yield isUnreported ? { ...labelled, fraud: true, knownAt: Infinity } : labelled;
    }
  }
  return {
    ...source,
    input: { transactions: transactions(), bad: source.input.bad },
    about: 'Synthetic card life made by npm run generate: no real card is in it.',
    isMadeUp: true,
    labels: `${source.labels} Frauds that nobody reported are counted as frauds here, from the generator’s own record; screening never learns of them.`,
  };
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function filesOf(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new PlainError(`--data ${path}: there is no such file or folder`);
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => KINDS.csv.test(name) || KINDS.jsonl.test(name));
  if (names.length === 0) {
    throw new PlainError(`--data ${path}: the folder holds no csv, csv.gz, jsonl or jsonl.gz file`);
  }
  return names.sort().map((name) => join(path, name));
}
