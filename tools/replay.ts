import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Via } from './replay/feed.ts';
import { type Replayed, replay } from './replay/replay.ts';
import { checksOf, isSteady, reportOf } from './replay/report.ts';
import { type Days, readDays } from './replay/rows.ts';
import { createSteeredClock } from './replay/steered-clock.ts';
import { countOf, readArguments } from './stage/arguments.ts';
import { findRunning, startOwnStack } from './stage/local.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';
import type { Target } from './stage/target.ts';

/** Transactions a second that the local stack bears on two busy cores without its queue growing (docs/measurements.md). */
const STEADY_RATE = 30;
const DAY_MS = 86_400_000;

const HELP = `Feeds a day of recorded transactions through the local stack and counts what came of it.

  npm run replay -- --data FILE [--data FILE …]   csv or csv.gz: transaction_id, timestamp, customer_id,
                                                  terminal_id, amount, is_fraud; several in order of time
      --day YYYY-MM-DD   the day (the first in the data)
      --rate N           transactions a second (${STEADY_RATE}); "N/s" is understood too
      --limit N          only the first N of the day
      --warm-up DAYS     builds the cards' profiles from the days before, by the product's own code, each of
                         those transactions taken as cleared; without, every card is new
      --enact-frauds     feeds the rows labelled fraud as an unmistakable theft (abroad, online, 8,888 yuan):
                         exercises the loop, says nothing of detection
      --via bus|queue    by PutEvents (bus), or into the transactions' queue directly
      --own              starts a stack of its own even if npm start is running
      --state DIR        uses the npm start of that folder
      --json FILE        writes all figures there

With npm start running, it is used: the day then ends now, and as a question about a purchase older than an hour
is not texted any more, only the last hour's customers are asked. Otherwise a stack is started for the run, whose
clock follows the day (hours and nights as recorded), so that every event comes in time.
`;

async function main(): Promise<number> {
  const values = readArguments(
    {
      data: { type: 'string', multiple: true },
      day: { type: 'string' },
      rate: { type: 'string' },
      limit: { type: 'string' },
      'warm-up': { type: 'string' },
      'enact-frauds': { type: 'boolean', default: false },
      via: { type: 'string', default: 'bus' },
      own: { type: 'boolean', default: false },
      state: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    HELP,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.data === undefined) throw new PlainError(`Name the data: --data FILE\n\n${HELP}`);
  if (values.day !== undefined && Number.isNaN(Date.parse(`${values.day}T00:00:00Z`))) {
    throw new PlainError(`--day ${values.day}: a day, e.g. 2018-08-08`);
  }
  const all = await readDays({
    files: values.data,
    day: values.day,
    historyDays: countOf('warm-up', values['warm-up']) ?? 0,
  });
  const days = { ...all, rows: all.rows.slice(0, countOf('limit', values.limit)) };
  const via = viaOf(values.via);
  const rate = countOf('rate', values.rate?.replace(/\/s$/, '')) ?? STEADY_RATE;
  const how = { days, rate, via, enactFrauds: values['enact-frauds'] };
  const running = values.own ? undefined : await findRunning(values.state);
  const run = running === undefined ? await onOwnStack(how) : await onRunning(running, how);
  process.stdout.write(`\n${reportOf(run, conditionsOf(how, running !== undefined))}\n`);
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ ...run, rate, via, steady: isSteady(run), checks: checksOf(run) }, null, 2)}\n`,
    );
  }
  return checksOf(run).every(({ holds }) => holds) ? 0 : 1;
}

function viaOf(text: string): Via {
  if (text === 'bus' || text === 'queue') return text;
  throw new PlainError(`--via ${text}: bus or queue`);
}

interface How {
  readonly days: Days;
  readonly rate: number;
  readonly via: Via;
  readonly enactFrauds: boolean;
}

/** The day becomes the last whole one, and the stack's clock goes through it with the feed. */
async function onOwnStack(how: How): Promise<Replayed> {
  const dayStart = Date.parse(`${how.days.day}T00:00:00Z`);
  const yesterday = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
  const clock = createSteeredClock(yesterday);
  const progress = createProgress();
  progress.show('starting a local stack');
  const own = await startOwnStack({ clock, onProgress: progress.show });
  const stopped = () => void own.stop().then(() => process.exit(130));
  process.once('SIGINT', stopped);
  try {
    return await run(own.target, {
      ...how,
      shiftMs: yesterday - dayStart,
      moveClock: clock.moveTo,
    });
  } finally {
    process.off('SIGINT', stopped);
    await own.stop();
  }
}

/** The day ends now: nothing may be dated in the future. */
async function onRunning(target: Target, how: How): Promise<Replayed> {
  const last = how.days.rows.at(-1)?.at ?? 0;
  try {
    return await run(target, { ...how, shiftMs: Math.floor((Date.now() - last) / 60_000) * 60_000 });
  } finally {
    target.close();
  }
}

async function run(
  target: Target,
  how: How & { shiftMs: number; moveClock?: (epochMs: number) => void },
): Promise<Replayed> {
  const progress = createProgress();
  const startedAt = performance.now();
  const onDone = (text: string) => {
    progress.end();
    process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);
  };
  const runId = randomBytes(3).toString('hex');
  const replayed = await replay({ target, runId, ...how, onProgress: progress.show, onDone });
  progress.end();
  return replayed;
}

function conditionsOf(how: How, running: boolean): readonly string[] {
  return [
    `on ${running ? 'the running local stack, the day ending now' : 'a local stack of its own, whose clock follows the day'}; ${cpus().length} cores, Node ${process.version}`,
    `fed by the ${how.via} at ${how.rate} a second; ${how.days.history.length === 0 ? 'every card is new' : `profiles of ${how.days.history.length} transactions before`}`,
    how.enactFrauds
      ? `the ${how.days.rows.filter(({ isFraud }) => isFraud).length} rows labelled fraud are enacted as thefts: this measures the loop, not detection`
      : 'rows as recorded; the labels are not looked at',
  ];
}

await runCommand(main);
