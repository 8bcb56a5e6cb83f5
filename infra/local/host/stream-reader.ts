import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { pause } from './pause.ts';
import { type StreamRecord, streamRecordOf } from './stream-record.ts';

/** Pause after an empty poll; it grows to the second figure while nothing happens. A write cuts it short. */
const IDLE_POLL_MS = 30;
const LONGEST_IDLE_POLL_MS = 100;
const IDLE_GROWTH = 1.2;
const RETRY_MS = 200;
/** Records a slow function may leave waiting before reading stops. */
const BACKLOG_AT_MOST = 2_000;

/** Reads one stream for all functions that are mapped to it, in order, from a checkpoint on. */
export interface StreamReader {
  /** The position is known: whatever is written from now on is read. */
  readonly ready: Promise<void>;
  /** Settles when the stream was read to its end as of now, or reading has stopped. */
  caughtUp(): Promise<void>;
  /** Something was written: look now instead of after the pause. */
  kick(): void;
  stop(): Promise<void>;
}

export type StreamStart =
  | { readonly kind: 'TRIM_HORIZON' | 'LATEST' }
  | { readonly kind: 'AFTER_SEQUENCE_NUMBER'; readonly sequence: string };

export function startStreamReader(options: {
  streamArn: string;
  region: string;
  client: DynamoDBStreamsClient;
  start: StreamStart;
  backlog: () => number;
  onRecords: (records: readonly StreamRecord[]) => void;
}): StreamReader {
  const { client, streamArn } = options;
  const stopping = new AbortController();
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);
  let idleMs = IDLE_POLL_MS;
  let waiters: { begun: boolean; resolve: () => void }[] = [];
  let position = options.start;
  let sleep: AbortController | undefined;
  let kicked = false;

  async function shardIterator(): Promise<string | undefined> {
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    const shards = StreamDescription?.Shards ?? [];
    // The emulator keeps one shard per table, and shows it an end although it is open: only a missing
    // NextShardIterator means the end.
    if (shards.length !== 1) throw new Error(`${streamArn}: expected one shard, found ${shards.length}`);
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId: shards[0]?.ShardId,
        ShardIteratorType: position.kind,
        SequenceNumber: position.kind === 'AFTER_SEQUENCE_NUMBER' ? position.sequence : undefined,
      }),
    );
    return ShardIterator;
  }

  /** A poll that came back empty, and began after they asked, is proof for those who wait. */
  function foundNothing(): void {
    for (const waiter of waiters) if (waiter.begun) waiter.resolve();
    waiters = waiters.filter(({ begun }) => !begun);
  }

  async function rest(milliseconds: number): Promise<void> {
    if (!kicked) {
      sleep = new AbortController();
      await pause(milliseconds, AbortSignal.any([stopping.signal, sleep.signal]));
    }
    kicked = false;
  }

  /** One poll: hands on what it finds, or rests; the next iterator. */
  async function poll(iterator: string): Promise<string | undefined> {
    if (options.backlog() > BACKLOG_AT_MOST) {
      await rest(LONGEST_IDLE_POLL_MS);
      return iterator;
    }
    for (const waiter of waiters) waiter.begun = true;
    const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator }), {
      abortSignal: stopping.signal,
    });
    const records = (answer.Records ?? []).map((record) => streamRecordOf(record, options));
    const last = records.at(-1);
    if (last === undefined) {
      foundNothing();
      await rest(idleMs);
      idleMs = Math.min(LONGEST_IDLE_POLL_MS, idleMs * IDLE_GROWTH);
    } else {
      position = { kind: 'AFTER_SEQUENCE_NUMBER', sequence: last.dynamodb.SequenceNumber };
      options.onRecords(records);
      idleMs = IDLE_POLL_MS;
    }
    return answer.NextShardIterator;
  }

  async function read(): Promise<void> {
    let iterator: string | undefined;
    while (!stopping.signal.aborted) {
      try {
        iterator ??= await shardIterator();
        ready.resolve();
        iterator = iterator && (await poll(iterator));
      } catch (error) {
        ready.reject(error);
        // The emulator's iterators do not expire; after any other fault the old one goes on.
        if (error instanceof TrimmedDataAccessException) iterator = undefined;
        await pause(RETRY_MS, stopping.signal);
      }
    }
  }

  function kick(): void {
    kicked = true;
    sleep?.abort();
  }

  const reading = read();
  return {
    ready: ready.promise,
    caughtUp() {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (stopping.signal.aborted) resolve();
      waiters.push({ begun: false, resolve });
      kick();
      return promise;
    },
    kick,
    async stop() {
      stopping.abort();
      await reading;
      for (const { resolve } of waiters) resolve();
    },
  };
}
