import * as z from 'zod';
import type { LocalMapping } from '../model.ts';
import { pause } from './pause.ts';
import type { StreamRecord } from './stream-record.ts';

const FIRST_RETRY_MS = 50;

const failuresSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

export type Deliver = (batch: readonly StreamRecord[]) => Promise<'done' | 'stopped'>;

/** Hands one batch over until it is done, retried out or too old; halves it on errors where asked to. */
export function createStreamDelivery(options: {
  mapping: LocalMapping;
  retryDelayMs: number;
  invoke: (event: unknown) => Promise<unknown>;
  sendToQueue: (queueArn: string, body: string) => Promise<void>;
  newId: () => string;
  now: () => Date;
  signal: AbortSignal;
}): Deliver {
  const { mapping, signal } = options;

  /** Index of the first record that is not done; the batch's length when all are. */
  async function attempt(batch: readonly StreamRecord[]): Promise<number> {
    try {
      const result = await options.invoke({ Records: batch });
      if (!mapping.reportBatchItemFailures) return batch.length;
      const parsed = failuresSchema.safeParse(result ?? {});
      if (!parsed.success) return 0;
      const failed = new Set((parsed.data.batchItemFailures ?? []).map((item) => item.itemIdentifier));
      if (failed.size === 0) return batch.length;
      const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
      return Math.max(0, first);
    } catch {
      return 0;
    }
  }

  async function deliver(batch: readonly StreamRecord[]): Promise<'done' | 'stopped'> {
    let rest = batch;
    let attempts = 0;
    while (!signal.aborted) {
      const done = await attempt(rest);
      if (done === rest.length) return 'done';
      // A restart in the middle of a failure must come back to it.
      if (signal.aborted) break;
      attempts = done > 0 ? 1 : attempts + 1;
      rest = rest.slice(done);
      if (done === 0 && mapping.bisectOnError && rest.length > 1) return deliverHalves(rest);
      const reason = givenUp(rest, attempts);
      if (reason !== undefined) {
        await giveUp(rest, reason, attempts);
        return signal.aborted ? 'stopped' : 'done';
      }
      await pause(Math.min(options.retryDelayMs, FIRST_RETRY_MS * 2 ** attempts), signal);
    }
    return 'stopped';
  }

  async function deliverHalves(batch: readonly StreamRecord[]): Promise<'done' | 'stopped'> {
    const middle = Math.ceil(batch.length / 2);
    const first = await deliver(batch.slice(0, middle));
    return first === 'stopped' ? first : deliver(batch.slice(middle));
  }

  /** A destination that does not answer holds the shard up, as on AWS: the note must not get lost. */
  async function giveUp(batch: readonly StreamRecord[], condition: string, attempts: number): Promise<void> {
    const { onFailureArn } = mapping;
    if (onFailureArn === undefined) return;
    const note = failureNote({ ...options, batch, condition, attempts });
    while (!signal.aborted) {
      try {
        await options.sendToQueue(onFailureArn, JSON.stringify(note));
        return;
      } catch {
        await pause(options.retryDelayMs, signal);
      }
    }
  }

  function givenUp(batch: readonly StreamRecord[], attempts: number): string | undefined {
    const { maximumRetryAttempts: retries, maximumRecordAgeSeconds: ageSeconds = -1 } = mapping;
    if (retries >= 0 && attempts > retries) return 'RetryAttemptsExhausted';
    const created = batch[0]?.dynamodb.ApproximateCreationDateTime ?? 0;
    if (ageSeconds >= 0 && options.now().getTime() / 1000 - created > ageSeconds) return 'RecordAgeExceeded';
    return undefined;
  }

  return deliver;
}

/** The destination gets where the records are, not the records: they stay in the stream for a day. */
function failureNote(failure: {
  mapping: LocalMapping;
  newId: () => string;
  now: () => Date;
  batch: readonly StreamRecord[];
  condition: string;
  attempts: number;
}): Record<string, unknown> {
  const { mapping, batch } = failure;
  const first = batch[0]?.dynamodb;
  const last = batch.at(-1)?.dynamodb;
  const arrival = (record: StreamRecord['dynamodb'] | undefined) =>
    new Date((record?.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
  return {
    requestContext: {
      requestId: failure.newId(),
      functionArn: mapping.functionArn,
      condition: failure.condition,
      approximateInvokeCount: failure.attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: failure.now().toISOString(),
    DDBStreamBatchInfo: {
      shardId: 'shardId-00000000000000000000-00000001',
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: batch.length,
      streamArn: mapping.sourceArn,
    },
  };
}
