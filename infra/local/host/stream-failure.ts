import type { LocalMapping } from '../model.ts';
import type { StreamRecord } from './stream-record.ts';

/** The destination gets where the records are, not the records: they stay in the stream for a day. */
export function failureNote(failure: {
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
