import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { type BuiltBundles, buildBundles, measureImports, median } from './bench/bundles.ts';
import { costOfMillion } from './bench/cost.ts';
import { measureHandlerCpu } from './bench/handler-cpu.ts';
import { type BenchFigures, benchReport, targetsOf } from './bench/report.ts';
import { countRoundTrips } from './bench/round-trips.ts';
import { createSteeredClock } from './replay/steered-clock.ts';
import { readArguments } from './stage/arguments.ts';
import { startOwnStack } from './stage/local.ts';
import { runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';

const HELP = `Measures and counts what the design promises, in one run, each figure beside its target.

  npm run bench -- [--json FILE]

Timed figures want a machine that does nothing else. Ends with 1 when a target is missed.
`;
const ROUNDS = 21;
const DAY_MS = 86_400_000;

const engineSchema = z.object({
  rulesPerCpuSecond: z.number(),
  jsonLogicPerCpuSecond: z.number(),
  ratio: z.number(),
  wholeDecisionsPerCpuSecond: z.number(),
  wholeWithModelPerCpuSecond: z.number(),
});

async function main(): Promise<number> {
  const values = readArguments(
    { json: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    HELP,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const progress = createProgress();
  progress.show('bundling');
  const built = buildBundles();
  try {
    const figures = await measureAll(built, progress.show);
    progress.end();
    process.stdout.write(`${benchReport(figures)}\n`);
    const targets = targetsOf(figures);
    if (values.json !== undefined) {
      writeFileSync(values.json, `${JSON.stringify({ ...figures, targets }, null, 2)}\n`);
    }
    return targets.every(({ met }) => met) ? 0 : 1;
  } finally {
    built.remove();
  }
}

async function measureAll(built: BuiltBundles, show: (text: string) => void): Promise<BenchFigures> {
  const screening = built.bundles.find(({ name }) => name === 'screen-transactions')?.file ?? '';
  const imports = measureImports({
    ours: screening,
    alone: built.clientAlone.file,
    rounds: ROUNDS,
    onRound: (round) => show(`importing: ${round} of ${ROUNDS} pairs of processes`),
  });
  show('engine');
  const engine = measureEngine();
  show('starting a local stack');
  const clock = createSteeredClock(Date.now() - 60 * DAY_MS);
  const own = await startOwnStack({ clock });
  const exchangeFile = join(tmpdir(), `cardguard-bench-${process.pid}.json`);
  try {
    show('counting round trips');
    const trips = await countRoundTrips(own, clock);
    show('measuring the handler');
    const { msPerTransaction } = await measureHandlerCpu({
      target: own.target,
      bundle: screening,
      exchangeFile,
      now: Date.now,
      write: writeFileSync,
      readBack: (file) => z.array(z.number()).parse(JSON.parse(readFileSync(file, 'utf8'))),
    });
    const clearedCpuMs = median(msPerTransaction);
    const { writeUnits, readUnits } = trips.clearedMean;
    const rulesReadUnits = trips.rulesRead.readUnits;
    const counts = { writeUnits, readUnits, rulesReadUnits, cpuMs: clearedCpuMs, logBytes: trips.logBytes };
    return {
      node: process.version,
      cores: cpus().length,
      bundles: built.bundles.map(({ name, bytes, gzipBytes }) => ({ name, bytes, gzipBytes })),
      clientAloneBytes: built.clientAlone.bytes,
      imports,
      trips,
      clearedCpuMs,
      cost: {
        bus: costOfMillion(counts, { via: 'bus' }),
        queue: costOfMillion(counts, { via: 'queue' }),
        busSingly: costOfMillion(counts, { via: 'bus', assumed: { batchSize: 1 } }),
      },
      engine,
    };
  } finally {
    rmSync(exchangeFile, { force: true });
    await own.stop();
  }
}

/** In a process of its own, as it is measured by hand. */
function measureEngine(): z.output<typeof engineSchema> {
  const file = fileURLToPath(new URL('./bench-engine.ts', import.meta.url));
  const run = spawnSync(process.execPath, [file, '--json'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`tools/bench-engine.ts failed:\n${run.stderr}`);
  return engineSchema.parse(JSON.parse(run.stdout));
}

await runCommand(main);
