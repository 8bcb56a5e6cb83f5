import { readFileSync, writeFileSync } from 'node:fs';
import { compileRuleSet } from '../functions/screening/compile-rule-set.ts';
import { featureNames } from '../functions/screening/features.ts';
import { defaultRuleSet } from '../functions/screening/rule-set.default.ts';
import { readBankJsonl } from './offline/bank-jsonl.ts';
import { readHandbook } from './offline/handbook.ts';
import { type Input, placeOf } from './offline/labelled.ts';
import { countOf, readArguments } from './stage/arguments.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';
import { gatherRows } from './training/gather-rows.ts';
import { DEFAULT_BAGS, trainModel } from './training/train-model.ts';

const HELP = `Trains a model on labelled transactions: they stream through the screening code as they came, labels known when they
were known, and the rows of features of the days asked for are what it learns from. Same data, same options, same file.

  npm run train -- --data PATH --version NAME --out FILE
      --data PATH            the bank's events, one a line (.jsonl, .jsonl.gz), or a folder or file of csv.gz in the public
                             benchmark's form; repeatable
      --from, --to DAY       first and last day of the training rows (all); days before them still make history
      --rules FILE           rule set the transactions are judged by (the shipped one): its zone, currency and lists go
                             into the features
      --name TEXT            what the data are, in words, for the training record
      --synthetic            no real card is in them
      --label-delay-days N   csv: how long after its transaction a label is known (7)
      --seed N               (1)
      --bags N               trainings over differently drawn rows, averaged (${DEFAULT_BAGS})
      --genuine-share X      share of the genuine rows each of them sees, beside all frauds (1); the log-odds are corrected
      --inputs A,B           features it may ask about; -A,B: all but these (all)
      --strict               the first row that cannot be read ends the run
`;
const DAY_MS = 86_400_000;

async function main(): Promise<number> {
  const values = readArguments(
    {
      data: { type: 'string', multiple: true },
      version: { type: 'string' },
      out: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      rules: { type: 'string' },
      name: { type: 'string' },
      synthetic: { type: 'boolean', default: false },
      'label-delay-days': { type: 'string', default: '7' },
      seed: { type: 'string', default: '1' },
      bags: { type: 'string', default: String(DEFAULT_BAGS) },
      'genuine-share': { type: 'string', default: '1' },
      inputs: { type: 'string' },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
    HELP,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { data, version, out, strict } = values;
  if (data === undefined || version === undefined || out === undefined)
    throw new PlainError(`Name data, version and file.\n\n${HELP}`);
  const labelDelayMs = (countOf('label-delay-days', values['label-delay-days']) ?? 7) * DAY_MS;
  const input = await readInput(data, { labelDelayMs, strict });
  const ruleSet = compileRuleSet(
    values.rules === undefined ? defaultRuleSet : JSON.parse(readFileSync(values.rules, 'utf8')),
  );
  const progress = createProgress();
  const gathered = await gatherRows({
    transactions: input.transactions,
    ruleSet,
    from: dayOf('from', values.from),
    to: dayOf('to', values.to),
    onProgress: (count, day) => progress.show(`${day}: ${count.toLocaleString('en')} transactions judged`),
  });
  progress.end();
  for (const row of input.bad.examples)
    process.stderr.write(`left out (of ${input.bad.count}): ${placeOf(row)}: ${row.reason}\n`);
  if (gathered.rows.length === 0)
    throw new PlainError('No transactions in these days: check --from and --to.');
  const model = await trainModel(gathered.rows, gathered.labels, {
    version,
    featureNames,
    inputs: inputsOf(values.inputs),
    seed: countOf('seed', values.seed) ?? 1,
    bags: countOf('bags', values.bags) ?? DEFAULT_BAGS,
    genuineShare: shareOf(values['genuine-share']),
    record: {
      data: values.name ?? data.map((path) => path.split('/').filter(Boolean).at(-1)).join(', '),
      synthetic: values.synthetic,
      from: gathered.from,
      to: gathered.to,
      protocol: `Rows of these days, features by the screening code in one streaming pass by rule set ${ruleSet.version}; a label counts from when it was known.`,
    },
    onProgress: (text) => process.stderr.write(`${text}\n`),
  });
  writeFileSync(out, `${JSON.stringify(model)}\n`);
  const { rows, frauds, figures } = model.training;
  process.stdout.write(
    `${version}: ${rows.toLocaleString('en')} rows of ${gathered.from} to ${gathered.to}, ${frauds} frauds; ${figures.trees} trees, ${figures.splits} splits → ${out}\n`,
  );
  return 0;
}

function readInput(
  data: readonly string[],
  options: { labelDelayMs: number; strict: boolean },
): Promise<Input> {
  const lines = data.filter((path) => /\.jsonl(\.gz)?$/.test(path));
  if (lines.length > 0 && lines.length < data.length)
    throw new PlainError('--data: either events, one a line, or csv files, not both');
  const { labelDelayMs, strict } = options;
  return lines.length > 0
    ? readBankJsonl({ files: lines, quietMs: labelDelayMs, strict })
    : readHandbook({ data: [...data], labelDelayMs, strict });
}

function dayOf(option: string, day: string | undefined): string | undefined {
  if (day === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
    throw new PlainError(`--${option} ${day}: a day, e.g. 2018-06-26`);
  return day;
}

function shareOf(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share <= 1)) throw new PlainError(`--genuine-share ${text}: above 0, at most 1`);
  return share;
}

function inputsOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = text.replace(/^-/, '').split(',');
  const unknown = names.filter((name) => !(featureNames as readonly string[]).includes(name));
  if (unknown.length > 0) throw new PlainError(`--inputs: not features: ${unknown.join(', ')}`);
  return text.startsWith('-') ? featureNames.filter((name) => !names.includes(name)) : names;
}

await runCommand(main);
