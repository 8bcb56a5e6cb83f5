import { closeSync, openSync, writeSync } from 'node:fs';
import { fraudPatterns } from './generator/events.ts';
import { DEFAULT_FRAUD_SHARE, type GenerateOptions, generate } from './generator/generate.ts';
import { countOf, readArguments } from './stage/arguments.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';

const HELP = `Makes up the life of payment cards as the bank's events, for trying, measuring and training. Synthetic throughout.

  npm run generate -- --out FILE
      --seed N             the same seed and figures give the same bytes (1)
      --cards N            cards, supplementary ones among them (500)
      --days N             days (60)
      --from YYYY-MM-DD    the first of them, in the issuer's zone (2026-01-01)
      --fraud-share X      share of authorisations that are fraud (${DEFAULT_FRAUD_SHARE}; real life has far less)
      --out FILE           one event a line, {"type":…,"detail":…}, in order of time: CardIssued, CustomerContactChanged,
                           TransactionAuthorized, TransactionPosted, TransactionReversed; and FraudConfirmed when the
                           bank learns of a fraud, days later
      --truth FILE         one line for each transaction that is fraud, with pattern and case, and for honest ones out
                           of the ordinary (journeys, large purchases, new telephones). Not for screening to see

Frauds: ${fraudPatterns.join(', ').replaceAll('_', ' ')}.
What is taken from statistics and what is made up stands beside each figure in tools/generator/.
`;

const CHUNK_CHARACTERS = 1 << 20;

async function main(): Promise<number> {
  const values = readArguments(
    {
      seed: { type: 'string', default: '1' },
      cards: { type: 'string', default: '500' },
      days: { type: 'string', default: '60' },
      from: { type: 'string', default: '2026-01-01' },
      'fraud-share': { type: 'string', default: String(DEFAULT_FRAUD_SHARE) },
      out: { type: 'string' },
      truth: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    HELP,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.out === undefined) throw new PlainError(`Name the file: --out FILE\n\n${HELP}`);
  write(
    {
      seed: countOf('seed', values.seed) ?? 1,
      cards: countOf('cards', values.cards) ?? 500,
      days: countOf('days', values.days) ?? 60,
      from: dateOf(values.from),
      fraudShare: shareOf(values['fraud-share']),
    },
    values.out,
    values.truth,
  );
  return 0;
}

function dateOf(text: string): string {
  const isDate = /^20\d\d-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);
  if (!isDate) throw new PlainError(`--from ${text}: a day, e.g. 2026-01-01`);
  return text;
}

function shareOf(text: string): number {
  const share = Number(text);
  if (!(text.trim() !== '' && share >= 0 && share <= 0.5))
    throw new PlainError(`--fraud-share ${text}: a share from 0 to 0.5, e.g. 0.004`);
  return share;
}

/** Writes as it goes: whatever the number of events, only a day and a chunk are held. */
function write(options: GenerateOptions, out: string, truthFile: string | undefined): void {
  const progress = createProgress();
  const events = lineWriter(out);
  const truths = truthFile === undefined ? undefined : lineWriter(truthFile);
  const startedAt = performance.now();
  let [count, authorised, frauds] = [0, 0, 0];
  try {
    for (const { line, truth, at } of generate(options)) {
      events.write(line);
      count++;
      if (line.type === 'TransactionAuthorized') authorised++;
      if (truth) {
        truths?.write(truth);
        if (truth.kind === 'fraud') frauds++;
      }
      if (count % 10_000 === 0) {
        progress.show(
          `${count.toLocaleString('en')} events, until ${new Date(at).toISOString().slice(0, 10)}`,
        );
      }
    }
  } finally {
    progress.end();
    events.close();
    truths?.close();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  process.stderr.write(
    `${count.toLocaleString('en')} events in ${seconds.toFixed(1)} s (${Math.round(count / seconds).toLocaleString('en')} a second): ` +
      `${authorised.toLocaleString('en')} authorisations, ${frauds} of them fraud (${((100 * frauds) / Math.max(1, authorised)).toFixed(2)} %)\n`,
  );
}

function lineWriter(file: string): { write(value: object): void; close(): void } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'w');
  } catch (error) {
    throw new PlainError(
      `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  let waiting = '';
  const flush = () => {
    writeSync(descriptor, waiting);
    waiting = '';
  };
  return {
    write(value) {
      waiting += `${JSON.stringify(value)}\n`;
      if (waiting.length > CHUNK_CHARACTERS) flush();
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}

await runCommand(main);
