import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { startStreamReader } from '../host/stream-reader.ts';
import type { StreamRecord } from '../host/stream-record.ts';
import type { Happening, Observer, TicketSeen } from './happenings.ts';

const itemSchema = z.object({
  pk: z.string().startsWith('TICKET#'),
  sk: z.literal('META'),
  number: z.string(),
  cardToken: z.string(),
  status: z.string(),
  priority: z.string(),
  queuedReason: z.string().optional(),
  claimedByName: z.string().optional(),
  resolution: z.string().optional(),
});

export interface TicketWatch {
  /** Settles when every ticket written so far was seen. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Sees tickets as they are written, in the stream of the table that holds them. */
export async function watchTickets(options: {
  endpoint: string;
  region: string;
  streamArn: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
  observe: Observer;
}): Promise<TicketWatch> {
  const { endpoint, region, streamArn, credentials, observe } = options;
  const client = new DynamoDBStreamsClient({ endpoint, region, credentials });
  const reader = startStreamReader({
    streamArn,
    region,
    client,
    start: { kind: 'LATEST' },
    backlog: () => 0,
    onRecords: (records) => {
      for (const record of records) {
        const seen = ticketChange(record);
        if (seen !== undefined) observe({ kind: 'ticket', ...seen });
      }
    },
  });
  await reader.ready;
  return {
    caughtUp: () => reader.caughtUp(),
    async stop() {
      await reader.stop();
      client.destroy();
    },
  };
}

/** The ticket when what a person looks for in it changed. */
function ticketChange({
  dynamodb,
}: StreamRecord): Omit<Extract<Happening, { kind: 'ticket' }>, 'kind'> | undefined {
  const after = ticketOf(dynamodb.NewImage);
  if (after === undefined) return undefined;
  const before = ticketOf(dynamodb.OldImage);
  const same =
    before !== undefined &&
    before.status === after.status &&
    before.priority === after.priority &&
    before.claimedBy === after.claimedBy;
  const reopened = before?.status === 'resolved' && ['awaiting_reply', 'queued'].includes(after.status);
  return same ? undefined : { ticket: after, isNew: before === undefined, reopened };
}

function ticketOf(image: unknown): TicketSeen | undefined {
  if (typeof image !== 'object' || image === null) return undefined;
  const item = itemSchema.safeParse(unmarshall(image as Parameters<typeof unmarshall>[0]));
  if (!item.success) return undefined;
  const { number, cardToken, status, priority, queuedReason, claimedByName, resolution } = item.data;
  return { number, cardToken, status, priority, reason: queuedReason, claimedBy: claimedByName, resolution };
}
