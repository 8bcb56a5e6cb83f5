import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Target } from '../stage/target.ts';

/** How often the stream is looked at: what is measured is at most this much too long. */
export const LOOK_EVERY_MS = 20;

/** What a write to the Cases table tells of one card's way, at `performance.now()` of its being seen. */
export interface Sightings {
  /** Card token → transaction that put the first hold on it, and when the hold was seen. */
  readonly holds: ReadonlyMap<string, { transactionId: string; seenAt: number }>;
  /** Card token → when the issuer's confirmation was seen. */
  readonly confirmations: ReadonlyMap<string, number>;
  /** Transaction that opened an alert → when its first accepted text was seen. */
  readonly texts: ReadonlyMap<string, number>;
}

export interface Watch extends Sightings {
  stop(): Promise<void>;
}

const imageSchema = z.object({ pk: z.string(), sk: z.string() });
const entrySchema = z.object({
  type: z.enum(['alert_opened', 'transaction_joined']),
  data: z.object({ alertId: z.string(), severity: z.string(), held: z.boolean(), transactionId: z.string() }),
});
const effectSchema = z.object({
  outcome: z.string(),
  payload: z.object({ alertId: z.string().optional() }),
});

/**
 * Reads the Cases stream beside the functions that work on it. A hold, its journal entry and its effect are
 * one transaction, so the entry's record shows the hold written; the issuer's confirmation ends the effect in
 * the transaction that writes it to the card. Both are seen a little after they are written, never before.
 */
export async function watchCases(
  target: Target,
  cardOf: (transactionId: string) => string | undefined,
): Promise<Watch> {
  const client = new DynamoDBStreamsClient({ ...target.connection });
  const holds = new Map<string, { transactionId: string; seenAt: number }>();
  const confirmations = new Map<string, number>();
  const texts = new Map<string, number>();
  const openedBy = new Map<string, string>();

  function take({ dynamodb }: _Record): void {
    if (dynamodb?.NewImage === undefined) return;
    const seenAt = performance.now();
    const image: unknown = unmarshall(dynamodb.NewImage as Parameters<typeof unmarshall>[0]);
    const { pk, sk } = imageSchema.parse(image);
    if (sk.startsWith('EVT#')) takeEntry(entrySchema.safeParse(image).data, seenAt);
    if (sk.startsWith('OUT#')) takeEffect({ pk, sk }, effectSchema.safeParse(image).data, seenAt);
  }

  function takeEntry(entry: z.output<typeof entrySchema> | undefined, seenAt: number): void {
    if (entry === undefined) return;
    const { alertId, severity, held, transactionId } = entry.data;
    if (entry.type === 'alert_opened') openedBy.set(alertId, transactionId);
    const card = cardOf(transactionId);
    if (card === undefined || severity !== 'freeze' || !held || holds.has(card)) return;
    holds.set(card, { transactionId, seenAt });
  }

  function takeEffect(
    key: z.output<typeof imageSchema>,
    effect: z.output<typeof effectSchema> | undefined,
    seenAt: number,
  ): void {
    if (effect === undefined) return;
    const card = key.pk.replace(/^CARD#/, '');
    if (key.sk.endsWith('#issuer') && effect.outcome === 'confirmed' && !confirmations.has(card)) {
      confirmations.set(card, seenAt);
    }
    const opener = openedBy.get(effect.payload.alertId ?? '');
    if (
      key.sk.endsWith('#sms') &&
      effect.outcome === 'accepted' &&
      opener !== undefined &&
      !texts.has(opener)
    ) {
      texts.set(opener, seenAt);
    }
  }

  const reading = await readStream(client, target, take);
  return {
    holds,
    confirmations,
    texts,
    async stop() {
      await reading.stop();
      client.destroy();
    },
  };
}

async function readStream(
  client: DynamoDBStreamsClient,
  target: Target,
  take: (record: _Record) => void,
): Promise<{ stop: () => Promise<void> }> {
  const { Table } = await target.dynamodb.send(new DescribeTableCommand({ TableName: target.casesTable }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const iterators = await Promise.all(
    (StreamDescription?.Shards ?? []).map(async ({ ShardId }) => {
      const from = { StreamArn, ShardId, ShardIteratorType: 'LATEST' } as const;
      return (await client.send(new GetShardIteratorCommand(from))).ShardIterator;
    }),
  );
  let stopped = false;
  const follow = async (first: string | undefined): Promise<void> => {
    for (let ShardIterator = first; ShardIterator !== undefined && !stopped; ) {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator }));
      for (const record of Records) take(record);
      ShardIterator = NextShardIterator;
      if (Records.length === 0) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  const following = Promise.all(iterators.map(follow));
  // Noticed at the end: a watch that broke gives no figures.
  following.catch(() => undefined);
  return {
    async stop() {
      stopped = true;
      await following;
    },
  };
}

export interface Quantiles {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank quantiles in whole milliseconds; undefined without values. */
export function quantilesOf(values: readonly number[]): Quantiles | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  if (sorted.length === 0) return undefined;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
