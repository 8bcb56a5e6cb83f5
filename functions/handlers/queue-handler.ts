import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { handleInGroups } from '../platform/queue-batch.ts';
import type { Telemetry } from './telemetry.ts';

/** A function on a queue: partial failures, one group after the other in order, metrics sent at the end. */
export function queueHandler(options: {
  telemetry: Telemetry;
  handle: (record: SQSRecord) => Promise<void>;
  /** Messages of one group keep their order; by default each message is its own. */
  groupOf?: (record: SQSRecord) => string;
}) {
  const { telemetry } = options;
  return middy<SQSEvent, SQSBatchResponse>()
    .after(telemetry.flush)
    .onError(telemetry.flush)
    .handler((event) =>
      handleInGroups(event.Records, {
        groupOf: options.groupOf ?? ((record) => record.messageId),
        handle: options.handle,
        failed: (record, error) => telemetry.warn('message_failed', error, { messageId: record.messageId }),
      }),
    );
}

/** The queue's name: the last part of its ARN. */
export const queueName = (record: SQSRecord): string => record.eventSourceARN.split(':').at(-1) ?? '';
