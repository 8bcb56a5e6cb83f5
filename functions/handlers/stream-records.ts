import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../platform/database.ts';
import type { Telemetry } from './telemetry.ts';

/** The item after the change. Mappings filter on it, so a record without one is a fault of the mapping. */
export function newImage(record: DynamoDBRecord): Item {
  const image = record.dynamodb?.NewImage;
  if (image === undefined) throw new Error('a stream record without its new image');
  return unmarshall(image as Record<string, AttributeValue>) as Item;
}

/**
 * Handles a stream's batch side by side (each record is an effect of its own) and reports the first failure in
 * stream order: everything from there on is delivered again, which effects bear.
 */
export async function handleStream(
  records: readonly DynamoDBRecord[],
  telemetry: Telemetry,
  handle: (item: Item) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  const failed = await Promise.all(
    records.map(async (record) => {
      try {
        await handle(newImage(record));
        return undefined;
      } catch (error) {
        telemetry.warn('message_failed', error);
        return record.dynamodb?.SequenceNumber;
      }
    }),
  );
  const first = failed.find((sequence) => sequence !== undefined);
  return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
}
