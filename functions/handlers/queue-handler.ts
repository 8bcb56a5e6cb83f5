import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { handleInGroups } from '../platform/queue-batch.ts';
import type { Patience } from './patience.ts';
import type { Telemetry } from './telemetry.ts';

/** A function on a queue: partial failures, one group after the other in order, metrics sent at the end. */
export function queueHandler(options: {
  telemetry: Telemetry;
  handle: (record: SQSRecord) => Promise<void>;
  /** Messages of one group keep their order; by default each message is its own. */
  groupOf?: (record: SQSRecord) => string;
  /** For queues whose messages exist nowhere else; effects have the sweep behind them. */
  patience?: Patience;
  /** Writes what was gathered over the batch; it must not throw. */
  afterBatch?: () => Promise<void>;
}) {
  const { telemetry, patience } = options;
  const handle = async (record: SQSRecord): Promise<void> => {
    try {
      await options.handle(record);
    } catch (error) {
      if (!(await patience?.setAside(record, error))) throw error;
    }
  };
  return middy<SQSEvent, SQSBatchResponse>()
    .after(telemetry.flush)
    .onError(telemetry.flush)
    .handler(async ({ Records }) => {
      const answer = await handleInGroups(Records, {
        groupOf: options.groupOf ?? ((record) => record.messageId),
        handle,
        failed: (record, error) => telemetry.warn('message_failed', error, { messageId: record.messageId }),
      });
      await options.afterBatch?.();
      const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      await patience?.hasten(Records.filter(({ messageId }) => failed.has(messageId)));
      return answer;
    });
}
