import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LocalMapping, LocalQueue } from '../model.ts';
import type { Mapping, PatternMatcher } from './mapping.ts';
import { pause } from './pause.ts';
import { passes, queueRecordOf } from './queue-record.ts';

/** Longest wait of one receive, as SQS has it. */
const LONG_POLL_SECONDS = 20;
/** SQS hands out at most this many messages at once; larger batches are gathered. */
const RECEIVE_AT_MOST = 10;
/** Pause after the queue could not be read, so that a stopping front is not hammered. */
const RECEIVE_RETRY_MS = 200;

const failuresSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/**
 * Feeds a function from a queue the way Lambda's poller does: long polls under the function's own role, hands
 * over batches, deletes what succeeded. What failed shows again after `retryDelayMs`: on AWS that is the
 * queue's visibility timeout, six times the function's timeout, which nobody wants to sit through locally.
 */
export function startQueueMapping(options: {
  mapping: LocalMapping;
  queue: LocalQueue;
  client: SQSClient;
  region: string;
  /** Batches worked on at the same time. */
  concurrency: number;
  retryDelayMs: number;
  invoke: (event: unknown) => Promise<unknown>;
  matches: PatternMatcher;
}): Mapping {
  const { mapping, queue, client } = options;
  const stopping = new AbortController();
  const retries = new Set<NodeJS.Timeout>();
  let batches = 0;
  let handled = 0;
  let wake: (() => void) | undefined;

  async function receive(most: number, waitSeconds: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MaxNumberOfMessages: Math.min(most, RECEIVE_AT_MOST),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    try {
      const { Messages = [] } = await client.send(command, { abortSignal: stopping.signal });
      return Messages;
    } catch {
      if (!stopping.signal.aborted) await pause(RECEIVE_RETRY_MS);
      return [];
    }
  }

  /** One batch: the first receive's messages, and more of them while the batching window is open. */
  async function gather(): Promise<Message[]> {
    const batch = await receive(mapping.batchSize, LONG_POLL_SECONDS);
    const windowEnds = Date.now() + mapping.maximumBatchingWindowSeconds * 1000;
    while (batch.length > 0 && batch.length < mapping.batchSize && Date.now() < windowEnds) {
      batch.push(...(await receive(mapping.batchSize - batch.length, 1)));
    }
    return batch;
  }

  function showAgainLater(messages: readonly Message[]): void {
    const timer = setTimeout(() => {
      retries.delete(timer);
      for (const { ReceiptHandle } of messages) {
        const input = { QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout: 0 };
        // When this fails the queue's own visibility timeout brings the message back.
        void client.send(new ChangeMessageVisibilityCommand(input)).catch(() => undefined);
      }
    }, options.retryDelayMs);
    retries.add(timer);
  }

  async function remove(messages: readonly Message[]): Promise<void> {
    for (let from = 0; from < messages.length; from += RECEIVE_AT_MOST) {
      const Entries = messages
        .slice(from, from + RECEIVE_AT_MOST)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }));
    }
  }

  async function handle(received: readonly Message[]): Promise<void> {
    const records = received.map((message) => ({
      message,
      record: queueRecordOf(message, queue.arn, options.region),
    }));
    const wanted = records.filter(({ record }) => passes(record, mapping.filters, options.matches));
    // As on AWS, a message no filter wants is deleted unseen.
    const unwanted = records.filter((item) => !wanted.includes(item));
    if (unwanted.length > 0) await remove(unwanted.map(({ message }) => message));
    if (wanted.length === 0) return;
    const failed = await failedIds(() => options.invoke({ Records: wanted.map(({ record }) => record) }));
    const hasFailed = ({ message }: { message: Message }) =>
      failed === 'all' || failed.has(message.MessageId ?? '');
    const succeeded = wanted.filter((item) => !hasFailed(item)).map(({ message }) => message);
    if (succeeded.length > 0) await remove(succeeded);
    const again = wanted.filter(hasFailed).map(({ message }) => message);
    if (again.length > 0) showAgainLater(again);
  }

  async function failedIds(invoke: () => Promise<unknown>): Promise<'all' | ReadonlySet<string>> {
    try {
      const result = await invoke();
      if (!mapping.reportBatchItemFailures) return new Set();
      const parsed = failuresSchema.safeParse(result ?? {});
      if (!parsed.success) return 'all';
      const ids = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
      return ids.includes('') ? 'all' : new Set(ids);
    } catch {
      return 'all';
    }
  }

  async function poll(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (batches >= options.concurrency) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const batch = await gather();
      if (batch.length === 0) continue;
      batches += 1;
      handled += 1;
      void handle(batch)
        .catch(() => undefined)
        .finally(() => {
          batches -= 1;
          wake?.();
        });
    }
  }

  const polling = poll();
  return {
    source: queue.arn,
    get activity() {
      return handled;
    },
    get busy() {
      return batches > 0;
    },
    async stop() {
      stopping.abort();
      wake?.();
      for (const timer of retries) clearTimeout(timer);
      await polling;
    },
  };
}
