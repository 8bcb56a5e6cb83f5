import * as z from 'zod';
import type { LocalMapping } from '../model.ts';
import { pause } from './pause.ts';
import { failureNote } from './stream-failure.ts';
import type { StreamRecord } from './stream-record.ts';

const FIRST_RETRY_MS = 50;

const failuresSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
});

/** `stopped`: the end came first; the batch is to be handed over again after a restart. */
export type Delivered = 'done' | 'stopped';
export type Deliver = (batch: readonly StreamRecord[]) => Promise<Delivered>;

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

  async function deliver(batch: readonly StreamRecord[]): Promise<Delivered> {
    let rest = batch;
    let attempts = 0;
    while (!signal.aborted) {
      const done = await attempt(options, rest);
      if (done === rest.length) return 'done';
      // A restart in the middle of a failure must come back to it.
      if (signal.aborted) break;
      attempts = done > 0 ? 1 : attempts + 1;
      rest = rest.slice(done);
      if (done === 0 && mapping.bisectOnError && rest.length > 1) return deliverHalves(rest);
      if (await gaveUp(rest, attempts)) return 'done';
      await pause(Math.min(options.retryDelayMs, FIRST_RETRY_MS * 2 ** attempts), signal);
    }
    return 'stopped';
  }

  async function deliverHalves(batch: readonly StreamRecord[]): Promise<Delivered> {
    const middle = Math.ceil(batch.length / 2);
    const first = await deliver(batch.slice(0, middle));
    return first === 'stopped' ? first : deliver(batch.slice(middle));
  }

  /**
   * True once the batch is tried out and noted. A destination that does not answer holds the shard up, as on
   * AWS: the note must not get lost.
   */
  async function gaveUp(batch: readonly StreamRecord[], attempts: number): Promise<boolean> {
    const condition = reasonToGiveUp(batch, attempts);
    if (condition === undefined) return false;
    const { onFailureArn } = mapping;
    if (onFailureArn === undefined) return true;
    const note = failureNote({ ...options, batch, condition, attempts });
    while (!signal.aborted) {
      try {
        await options.sendToQueue(onFailureArn, JSON.stringify(note));
        return true;
      } catch {
        await pause(options.retryDelayMs, signal);
      }
    }
    return false;
  }

  function reasonToGiveUp(batch: readonly StreamRecord[], attempts: number): string | undefined {
    const { maximumRetryAttempts: retries, maximumRecordAgeSeconds: ageSeconds = -1 } = mapping;
    if (retries >= 0 && attempts > retries) return 'RetryAttemptsExhausted';
    const created = batch[0]?.dynamodb.ApproximateCreationDateTime ?? 0;
    if (ageSeconds >= 0 && options.now().getTime() / 1000 - created > ageSeconds) return 'RecordAgeExceeded';
    return undefined;
  }

  return deliver;
}

/** Index of the first record that is not done; the batch's length when all are. */
async function attempt(
  { mapping, invoke }: { mapping: LocalMapping; invoke: (event: unknown) => Promise<unknown> },
  batch: readonly StreamRecord[],
): Promise<number> {
  try {
    const result = await invoke({ Records: batch });
    if (!mapping.reportBatchItemFailures) return batch.length;
    const parsed = failuresSchema.safeParse(result ?? {});
    if (!parsed.success) return 0;
    const failed = new Set((parsed.data.batchItemFailures ?? []).map((item) => item.itemIdentifier));
    if (failed.size === 0) return batch.length;
    const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
    // An identifier that is none of the batch fails all of it, as on AWS.
    return Math.max(0, first);
  } catch {
    return 0;
  }
}
