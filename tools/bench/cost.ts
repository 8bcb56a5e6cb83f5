import { prices } from '../prices.ts';

/** What one cleared transaction took, counted or measured. */
export interface ClearedCounts {
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Of one reading of the rules in force, which serves many. */
  readonly rulesReadUnits: number;
  /** CPU of the handler, the SDK's included. */
  readonly cpuMs: number;
  readonly logBytes: number;
}

/** What no count can tell, written down. */
export const assumptions = {
  /** Messages per call of the function, and per receive and delete: a busy queue. */
  batchSize: 10,
  memoryMegabytes: 1024,
  /** Lambda gives one vCPU at 1,769 MB and less in proportion (Lambda guide, memory). */
  megabytesPerCpu: 1769,
  /** One request to DynamoDB within the Region; the ten of a batch wait side by side. */
  roundTripMs: 5,
  roundTrips: 3,
  /** Transactions one function instance judges between two readings of the rules: half a minute at one a second. */
  transactionsPerRulesReading: 30,
  /** Lambda's own lines, START to REPORT, per call. */
  platformLogBytes: 900,
  /** X-Ray's default rule: one in twenty, and one a second. */
  tracedShare: 0.05,
};
export type Assumptions = typeof assumptions;

export interface CostLine {
  readonly what: string;
  /** Of 1,000,000 transactions. */
  readonly usd: number;
}

export interface Cost {
  readonly lines: readonly CostLine[];
  readonly usd: number;
  readonly billedMsPerBatch: number;
}

const MILLION = 1_000_000;

/** USD of 1,000,000 cleared transactions by list prices. */
export function costOfMillion(
  counts: ClearedCounts,
  options: { via: 'bus' | 'queue'; assumed?: Partial<Assumptions> },
): Cost {
  const assumed = { ...assumptions, ...options.assumed };
  const { perMillion } = prices;
  const perBatch = 1 / assumed.batchSize;
  // The bus sends each event by itself; a bank that feeds the queue sends as many at once as SQS takes.
  const sends = options.via === 'bus' ? 1 : perBatch;
  const cpuShare = assumed.memoryMegabytes / assumed.megabytesPerCpu;
  const billedMsPerBatch = Math.ceil(
    (counts.cpuMs * assumed.batchSize) / cpuShare + assumed.roundTrips * assumed.roundTripMs,
  );
  const gigabyteSeconds = (billedMsPerBatch / 1000) * (assumed.memoryMegabytes / 1024) * perBatch * MILLION;
  const logGigabytes = ((counts.logBytes + assumed.platformLogBytes * perBatch) * MILLION) / 1e9;
  const readUnits = counts.readUnits + counts.rulesReadUnits / assumed.transactionsPerRulesReading;
  const lines: CostLine[] = [
    ...(options.via === 'bus' ? [{ what: 'EventBridge, 1 event', usd: perMillion.busEvents.usd }] : []),
    {
      what: `SQS, ${round(sends + 2 * perBatch)} requests (send, receive, delete)`,
      usd: (sends + 2 * perBatch) * perMillion.queueRequests.usd,
    },
    { what: `Lambda, ${round(perBatch)} requests`, usd: perBatch * perMillion.lambdaRequests.usd },
    {
      what: `Lambda, ${billedMsPerBatch} ms of ${assumed.memoryMegabytes} MB arm64 per batch`,
      usd: gigabyteSeconds * prices.lambdaGigabyteSecond.usd,
    },
    {
      what: `DynamoDB, ${round(counts.writeUnits)} write units`,
      usd: counts.writeUnits * perMillion.writeRequestUnits.usd,
    },
    {
      what: `DynamoDB, ${round(readUnits)} read units`,
      usd: readUnits * perMillion.readRequestUnits.usd,
    },
    {
      what: `CloudWatch Logs, ${Math.round(counts.logBytes)} bytes`,
      usd: logGigabytes * prices.logGigabyte.usd,
    },
    { what: 'X-Ray, sampled', usd: perBatch * assumed.tracedShare * perMillion.tracesRecorded.usd },
  ];
  return { lines, usd: lines.reduce((sum, { usd }) => sum + usd, 0), billedMsPerBatch };
}

const round = (value: number): number => Math.round(value * 100) / 100;
