import { randomUUID } from 'node:crypto';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Target } from '../stage/target.ts';
import type { BankEntry } from './events.ts';

/** What PutEvents and SendMessageBatch take at once. */
export const ENTRIES_AT_ONCE = 10;

export type Via = 'bus' | 'queue';

/** Puts up to ten events where the bank puts them; throws when one is not taken. */
export type Put = (entries: readonly BankEntry[]) => Promise<void>;

export function createPut(target: Target, via: Via): Put {
  return via === 'bus' ? (entries) => putEvents(target, entries) : (entries) => sendMessages(target, entries);
}

async function putEvents(target: Target, entries: readonly BankEntry[]): Promise<void> {
  const { Entries = [] } = await target.events.send(
    new PutEventsCommand({
      Entries: entries.map(({ type, detail }) => ({
        EventBusName: target.busName,
        Source: 'bank.cards',
        DetailType: type,
        Detail: JSON.stringify(detail),
      })),
    }),
  );
  const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused) throw new Error(`the bus refused an event: ${refused.ErrorCode} ${refused.ErrorMessage}`);
}

/** The same envelope, without the bus and its price. */
async function sendMessages(target: Target, entries: readonly BankEntry[]): Promise<void> {
  const QueueUrl = target.queues.find(({ name }) => name === 'Transactions')?.url;
  const { Failed = [] } = await target.sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: entries.map(({ type, detail }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify({ id: randomUUID(), source: 'bank.cards', 'detail-type': type, detail }),
      })),
    }),
  );
  if (Failed.length > 0)
    throw new Error(`the queue refused an event: ${Failed[0]?.Code} ${Failed[0]?.Message}`);
}

export interface Batch<Entry> {
  readonly entries: readonly Entry[];
  /** `performance.now()` when the call was sent. */
  readonly sentAt: number;
}

export interface Fed {
  readonly seconds: number;
  /** Of entries a second, over the whole run. */
  readonly rate: number;
  /** Longest a batch went out later than planned. */
  readonly latestMs: number;
}

/**
 * Feeds in batches of ten at a steady rate by the monotonic clock: batch n is due n × 10 / rate seconds after
 * the first, and one that is late is sent at once, so that a stumble does not lower the rate that is stated.
 */
export async function feed<Entry extends BankEntry>(options: {
  entries: readonly Entry[];
  /** Entries a second; `Infinity`: as fast as they are taken. */
  rate: number;
  put: Put;
  before?: (batch: Batch<Entry>) => void | Promise<void>;
  onProgress: (fed: number) => void;
}): Promise<Fed> {
  const { entries, rate } = options;
  const startedAt = performance.now();
  let latestMs = 0;
  for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
    const dueAt = startedAt + (from / rate) * 1000;
    const earlyMs = dueAt - performance.now();
    if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
    else if (Number.isFinite(rate)) latestMs = Math.max(latestMs, -earlyMs);
    const batch = { entries: entries.slice(from, from + ENTRIES_AT_ONCE), sentAt: performance.now() };
    await options.before?.(batch);
    await options.put(batch.entries);
    options.onProgress(from + batch.entries.length);
  }
  // The last batch has its share of time as well, or a short run would seem faster than it was.
  const seconds = Math.max((performance.now() - startedAt) / 1000, entries.length / rate);
  return { seconds, rate: entries.length / seconds, latestMs };
}
