import { countOf, readArguments, repeated } from '../stage/arguments.ts';
import { PlainError } from '../stage/plain-error.ts';
import { DAY_MS } from './judged.ts';

export const HELP = `Tries a rule set on recorded transactions before it goes live: what it would have found, and whom it would have harmed.

  npm run backtest -- --data FILE … --rules FILE
      --data FILE …            csv or csv.gz of transactions with labels, or the bank's events as JSON lines
                               (npm run generate); several in order of time
      --truth FILE             what npm run generate --truth wrote: frauds nobody reported count as frauds, too
      --about TEXT             what the data are, for the report
      --rules FILE             the rule set as JSON; "shipped": the one a new installation starts with
      --compare FILE           another one beside it on the same transactions, as the live one
      --model FILE             the model a rule set names; repeatable when the two name different ones
      --from YYYY-MM-DD        first day that counts (UTC); those before only teach the cards' profiles
      --to YYYY-MM-DD          last day
      --answer-minutes N       until a customer has answered an alert (15)
      --replaced-after-days N  until a frozen card is replaced (14)
      --out FILE               the report as one HTML page that needs no network
      --json FILE              all figures
      --strict                 stop at a row that cannot be read instead of leaving it out

  npm run backtest -- --write-rules FILE    writes the shipped rule set as a file to start from

What is assumed stands in every report, and in docs/backtest.md.
`;

const ANSWER_MINUTES = 15;
const REPLACED_AFTER_DAYS = 14;

export interface Options {
  readonly kind: 'backtest';
  readonly files: readonly string[];
  readonly truth: string | undefined;
  readonly about: string | undefined;
  readonly rules: string;
  readonly compare: string | undefined;
  readonly models: readonly string[];
  /** Epoch milliseconds; `to` is the end of the last day. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly answerMinutes: number;
  readonly replacedAfterDays: number;
  readonly out: string | undefined;
  readonly json: string | undefined;
  readonly strict: boolean;
  /** The command without where its results are written to. */
  readonly command: string;
}

export type Wanted =
  | Options
  | { readonly kind: 'help' }
  | { readonly kind: 'write_rules'; readonly file: string };

/** What the command line asks for; a {@link PlainError} says what is wrong with it. */
export function readOptions(args: readonly string[] = process.argv.slice(2)): Wanted {
  const values = readArguments(
    {
      data: { type: 'string', multiple: true },
      rules: { type: 'string' },
      compare: { type: 'string' },
      truth: { type: 'string' },
      about: { type: 'string' },
      model: { type: 'string', multiple: true },
      from: { type: 'string' },
      to: { type: 'string' },
      'answer-minutes': { type: 'string' },
      'replaced-after-days': { type: 'string' },
      out: { type: 'string' },
      json: { type: 'string' },
      strict: { type: 'boolean', default: false },
      'write-rules': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    HELP,
    repeated('--data', args),
  );
  if (values.help) return { kind: 'help' };
  if (values['write-rules'] !== undefined) return { kind: 'write_rules', file: values['write-rules'] };
  if (values.data === undefined) throw new PlainError(`Name the data: --data FILE\n\n${HELP}`);
  if (values.rules === undefined) {
    throw new PlainError(`Name the rule set: --rules FILE, or --rules shipped\n\n${HELP}`);
  }
  const from = dayOption('from', values.from);
  const lastDay = dayOption('to', values.to);
  const to = lastDay === undefined ? undefined : lastDay + DAY_MS;
  if (from !== undefined && to !== undefined && from >= to) {
    throw new PlainError(`--from ${values.from} is after --to ${values.to}`);
  }
  return {
    kind: 'backtest',
    files: values.data,
    truth: values.truth,
    about: values.about,
    rules: values.rules,
    compare: values.compare,
    models: values.model ?? [],
    from,
    to,
    answerMinutes: countOf('answer-minutes', values['answer-minutes']) ?? ANSWER_MINUTES,
    replacedAfterDays: countOf('replaced-after-days', values['replaced-after-days']) ?? REPLACED_AFTER_DAYS,
    out: values.out,
    json: values.json,
    strict: values.strict,
    command: commandOf(args),
  };
}

function dayOption(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  const isDay =
    /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  if (!isDay) throw new PlainError(`--${name} ${text}: a day, e.g. 2018-08-08`);
  return at;
}

/** As a shell would take it. */
function commandOf(args: readonly string[]): string {
  const told = args.filter(
    (arg, index) =>
      !isOutput(arg) && !(isOutput(args[index - 1] ?? '') && !(args[index - 1] ?? '').includes('=')),
  );
  return ['npm run backtest --', ...told.map(quoted)].join(' ');
}

const isOutput = (arg: string): boolean => /^--(out|json)(=|$)/.test(arg);
const quoted = (arg: string): string =>
  /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`;
