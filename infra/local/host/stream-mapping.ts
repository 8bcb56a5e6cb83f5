import { randomUUID } from 'node:crypto';
import type { LocalMapping } from '../model.ts';
import type { Mapping, PatternMatcher } from './mapping.ts';
import { pause } from './pause.ts';
import { createStreamDelivery } from './stream-delivery.ts';
import { isAfter, type StreamRecord } from './stream-record.ts';

/** A mapping fed by a reader it shares with others. */
export interface StreamMapping extends Mapping {
  /** Records that no filter wants are counted as seen at once. */
  push(records: readonly StreamRecord[]): void;
  readonly backlog: number;
}

/**
 * Feeds a function from a stream the way Lambda does: filtered, in order, a batch at a time; a batch that
 * fails holds up what is behind it until it is retried out and noted at the on-failure destination.
 * With a parallelization factor, order holds per item only, as on AWS.
 */
export function startStreamMapping(options: {
  mapping: LocalMapping;
  checkpoint?: string;
  saveCheckpoint: (sequence: string) => void;
  retryDelayMs: number;
  invoke: (event: unknown) => Promise<unknown>;
  sendToQueue: (queueArn: string, body: string) => Promise<void>;
  matches: PatternMatcher;
  now: () => Date;
}): StreamMapping {
  const { mapping } = options;
  const stopping = new AbortController();
  let waiting: StreamRecord[] = [];
  let batches = 0;
  let busy = false;
  let wake = Promise.withResolvers<void>();
  const deliver = createStreamDelivery({ ...options, newId: randomUUID, signal: stopping.signal });

  const wanted = (record: StreamRecord) =>
    mapping.filters.length === 0 || mapping.filters.some((filter) => options.matches(filter, record));

  async function work(): Promise<void> {
    const windowMs = mapping.maximumBatchingWindowSeconds * 1000;
    while (!stopping.signal.aborted) {
      if (waiting.length === 0) {
        await wake.promise;
        wake = Promise.withResolvers<void>();
        continue;
      }
      busy = true;
      if (windowMs > 0 && waiting.length < mapping.batchSize) await pause(windowMs, stopping.signal);
      const factor = mapping.parallelizationFactor;
      const taken = waiting.slice(0, mapping.batchSize * factor);
      batches += 1;
      const outcomes = await Promise.all(lanes(taken, factor).map((lane) => deliverLane(lane)));
      if (outcomes.every((outcome) => outcome === 'done')) {
        const last = taken.at(-1);
        waiting = waiting.slice(taken.length);
        if (last !== undefined) options.saveCheckpoint(last.dynamodb.SequenceNumber);
      }
      busy = false;
    }
  }

  async function deliverLane(lane: readonly StreamRecord[]): Promise<'done' | 'stopped'> {
    for (let from = 0; from < lane.length; from += mapping.batchSize) {
      const outcome = await deliver(lane.slice(from, from + mapping.batchSize));
      if (outcome === 'stopped') return outcome;
    }
    return 'done';
  }

  const working = work();
  return {
    source: mapping.sourceArn,
    get activity() {
      return batches;
    },
    get busy() {
      return busy || waiting.length > 0;
    },
    get backlog() {
      return waiting.length;
    },
    push(records) {
      const fresh = records.filter(({ dynamodb }) => isAfter(dynamodb.SequenceNumber, options.checkpoint));
      waiting.push(...fresh.filter(wanted));
      const last = fresh.at(-1);
      if (waiting.length === 0 && last !== undefined) options.saveCheckpoint(last.dynamodb.SequenceNumber);
      else wake.resolve();
    },
    async stop() {
      stopping.abort();
      wake.resolve();
      await working;
    },
  };
}

/** Splits by item, so that one item's changes stay in one lane and in order. */
function lanes(records: readonly StreamRecord[], factor: number): StreamRecord[][] {
  if (factor <= 1) return [[...records]];
  const split: StreamRecord[][] = Array.from({ length: factor }, () => []);
  for (const record of records) {
    const key = JSON.stringify(record.dynamodb.Keys);
    let sum = 0;
    for (const char of key) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
    split[sum % factor]?.push(record);
  }
  return split.filter((lane) => lane.length > 0);
}
