import { writeFileSync } from 'node:fs';
import { LABEL_DELAY_MS, weekOf } from './detection/protocol.ts';
import { PUBLISHED_TEST_FROM } from './detection/published.ts';
import { reportOf } from './detection/report.ts';
import { runDetection } from './detection/run.ts';
import { shippedModel } from './detection/shipped-model.ts';
import { readHandbook } from './offline/handbook.ts';
import { placeOf } from './offline/labelled.ts';
import { readArguments } from './stage/arguments.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';

const HELP = `Measures detection on the public benchmark, by its published protocol, and prints it beside the published rows.

  npm run bench:detection -- --data DIR   folder of csv or csv.gz files (or one file; repeatable): transaction_id,
                                          timestamp, customer_id, terminal_id, amount, is_fraud
      --test-from YYYY-MM-DD   first day of a test week (${PUBLISHED_TEST_FROM}, the published one); repeatable: several
                               weeks give mean and deviation. Training week and delay week lie in the 14 days before
      --fresh-model            trains on each week's training week even where the shipped model may be used
      --strict                 the first row that cannot be read ends the run; otherwise such rows are counted and shown
      --json FILE              writes all figures there

One pass over all the data by the production code, labels known 7 days after their transaction. Two rows of ours: rules
only, and rules + model (the shipped one where its training data end before the delay week begins, otherwise one trained
on the training week). About three minutes for 1.3 million transactions on two cores. docs/detection.md tells more.
`;

const SEED = 1;

async function main(): Promise<number> {
  const values = readArguments(
    {
      data: { type: 'string', multiple: true },
      'test-from': { type: 'string', multiple: true, default: [PUBLISHED_TEST_FROM] },
      'fresh-model': { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    HELP,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.data === undefined) throw new PlainError(`Name the folder of the data: --data DIR\n\n${HELP}`);
  const weeks = [...new Set(values['test-from'])].map((day) => weekOf(checkedDay(day)));
  const { strict } = values;
  const input = await readHandbook({ data: values.data, labelDelayMs: LABEL_DELAY_MS, strict });
  const progress = createProgress();
  const startedAt = performance.now();
  const run = await runDetection({
    transactions: input.transactions,
    weeks,
    shipped: values['fresh-model'] ? undefined : shippedModel,
    seed: SEED,
    onProgress: progress.show,
  });
  progress.end();
  const { count, examples } = input.bad;
  if (count > 0) {
    process.stderr.write(`${count} rows were left out; the first:\n`);
    for (const row of examples) process.stderr.write(`  ${placeOf(row)}: ${row.reason}\n`);
  }
  process.stdout.write(`${reportOf(run)}\n`);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stderr.write(`${seconds} s, ${Math.round(process.cpuUsage().user / 1e6)} s of CPU\n`);
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ ...run, badRows: count }, null, 2)}\n`);
  return 0;
}

function checkedDay(day: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
  if (!isDay) throw new PlainError(`--test-from ${day}: a day, e.g. ${PUBLISHED_TEST_FROM}`);
  return day;
}

await runCommand(main);
