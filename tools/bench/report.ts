import { prices } from '../prices.ts';
import type { ImportCpu } from './bundles.ts';
import { assumptions, type Cost } from './cost.ts';
import type { RoundTrips, Trips } from './round-trips.ts';

/** Everything one run measured and counted. */
export interface BenchFigures {
  readonly node: string;
  readonly cores: number;
  readonly bundles: readonly { name: string; bytes: number; gzipBytes: number }[];
  readonly clientAloneBytes: number;
  readonly imports: ImportCpu;
  readonly trips: RoundTrips;
  /** Median CPU of one cleared transaction in batches of ten. */
  readonly clearedCpuMs: number;
  readonly cost: { readonly bus: Cost; readonly queue: Cost; readonly busSingly: Cost };
  readonly engine: EngineFigures;
}

export interface EngineFigures {
  readonly rulesPerCpuSecond: number;
  readonly jsonLogicPerCpuSecond: number;
  readonly ratio: number;
  readonly wholeDecisionsPerCpuSecond: number;
  readonly wholeWithModelPerCpuSecond: number;
}

export interface Target {
  readonly what: string;
  readonly figure: string;
  readonly target: string;
  readonly met: boolean;
  /** By counts, the same on every run; the others move with the machine. */
  readonly counted: boolean;
}

/** esbuild's own unit, as in the design: 1 KB is 1,000 bytes. */
const kilobytes = (bytes: number): number => Math.round(bytes / 100) / 10;
const two = (value: number): string => value.toFixed(2);

/** The figures to reach, each beside what was found. */
export function targetsOf(figures: BenchFigures): readonly Target[] {
  const { trips, imports, cost, engine } = figures;
  const screening = figures.bundles.find(({ name }) => name === 'screen-transactions')?.bytes ?? Number.NaN;
  const { cleared, clearedMean } = trips;
  const atMost = (what: string, value: number, most: number, unit: string, counted = true): Target => ({
    what,
    figure: `${Math.round(value * 100) / 100}${unit}`,
    target: `≤ ${most}${unit}`,
    met: value <= most,
    counted,
  });
  const atLeast = (what: string, value: number, least: number): Target => ({
    what,
    figure: value.toLocaleString('en'),
    target: `≥ ${least.toLocaleString('en')}`,
    met: value >= least,
    counted: false,
  });
  return [
    atMost('screening bundle', kilobytes(screening), 420, ' KB'),
    atMost('its import CPU beside client-dynamodb alone', imports.ratio, 1.35, ' ×', false),
    atMost('cleared: read round trips', cleared.reads, 1, ''),
    atMost('cleared: writes', cleared.writes, 2, ''),
    atMost('cleared: write units', cleared.writeUnits, 2, ' WRU'),
    atMost('cleared: read units', cleared.readUnits, 1.5, ' RRU'),
    atMost('mean of a month: write units', clearedMean.writeUnits, 2, ' WRU'),
    atMost('mean of a month: read units', clearedMean.readUnits, 1.5, ' RRU'),
    atMost('1,000,000 cleared, by the bus', cost.bus.usd, 3.6, ' USD', false),
    atMost('1,000,000 cleared, into the queue', cost.queue.usd, 2.25, ' USD', false),
    atLeast('rules with reasons, ratio to json-logic-engine', engine.ratio, 2),
    atLeast('rule decisions per CPU-second', engine.rulesPerCpuSecond, 2_000_000),
    atLeast('whole decisions per CPU-second', engine.wholeDecisionsPerCpuSecond, 100_000),
    atLeast('whole decisions with 200 trees', engine.wholeWithModelPerCpuSecond, 30_000),
  ];
}

export function benchReport(figures: BenchFigures): string {
  const { trips, imports, cost } = figures;
  const assumed = `batches of ${assumptions.batchSize}, ${two(figures.clearedCpuMs)} ms CPU each measured here, ${assumptions.memoryMegabytes} MB = ${two(assumptions.memoryMegabytes / assumptions.megabytesPerCpu)} vCPU, ${assumptions.roundTrips} round trips of ${assumptions.roundTripMs} ms side by side`;
  return [
    `Node ${figures.node}, ${figures.cores} cores`,
    '',
    'bundles, minified, KB (gzip)',
    ...figures.bundles.map(
      ({ name, bytes, gzipBytes }) =>
        `  ${name.padEnd(22)} ${String(kilobytes(bytes)).padStart(6)} (${kilobytes(gzipBytes)})`,
    ),
    `  ${'client-dynamodb alone'.padEnd(22)} ${String(kilobytes(figures.clientAloneBytes)).padStart(6)}`,
    `import, median CPU of ${imports.processes} fresh processes each, in turn: screening ${imports.oursMs.toFixed(1)} ms, client-dynamodb alone ${imports.aloneMs.toFixed(1)} ms`,
    '  (alone: bundled plainly, with its own credential chain, which our bundles replace)',
    '',
    'DynamoDB, counted at the front            reads  writes     RRU     WRU  other requests',
    tripLine('cleared transaction', trips.cleared),
    tripLine(`  mean of ${trips.clearedMean.transactions} over a month`, trips.clearedMean),
    tripLine('  rules in force, once in 30 s', trips.rulesRead),
    tripLine('suspicious, screening alone', trips.suspicious),
    tripLine('suspicious, until the text is recorded', trips.loop),
    ...Object.entries(trips.loop.byFunction).map(([name, some]) => tripLine(`  ${name}`, some)),
    tripLine('the answer NO', trips.answer),
    '',
    `1,000,000 cleared transactions, list prices of ${prices.region} noted ${prices.notedOn}`,
    `  (${assumed})`,
    ...costLines('by the bus', cost.bus),
    ...costLines('into the queue directly', cost.queue),
    `  by the bus, if every message came alone (batches of 1): ${two(cost.busSingly.usd)} USD`,
    '  left out: storage, KMS, alarms, what a suspicious one costs',
    '',
    'figure                                            found          target',
    ...targetsOf(figures).map(
      ({ what, figure, target, met }) =>
        `${met ? '✓' : '✗'} ${what.padEnd(46)} ${figure.padStart(12)}   ${target}`,
    ),
  ].join('\n');
}

function tripLine(name: string, { reads, writes, readUnits, writeUnits, others }: Trips): string {
  const cells = [reads, writes, readUnits, writeUnits, others].map((value) =>
    String(Math.round(value * 100) / 100).padStart(8),
  );
  return `  ${name.padEnd(38)}${cells.join('')}`;
}

function costLines(name: string, cost: Cost): readonly string[] {
  return [
    `  ${name.padEnd(60)} ${two(cost.usd)} USD`,
    ...cost.lines.map(({ what, usd }) => `    ${what.padEnd(58)} ${usd.toFixed(3)}`),
  ];
}
