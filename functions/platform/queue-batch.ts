import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';

/**
 * Handles a batch of queue messages: those of one group one after the other, in the order they came; groups side
 * by side. A message that throws is reported as failed, and so is what follows it in its group, because it may
 * build on it; everything else is done and not delivered again.
 */
export async function handleInGroups(
  records: readonly SQSRecord[],
  options: {
    groupOf: (record: SQSRecord) => string;
    handle: (record: SQSRecord) => Promise<void>;
    failed: (record: SQSRecord, error: unknown) => void;
  },
): Promise<SQSBatchResponse> {
  const groups = new Map<string, SQSRecord[]>();
  for (const record of records) {
    const group = options.groupOf(record);
    groups.set(group, [...(groups.get(group) ?? []), record]);
  }
  const failures = await Promise.all([...groups.values()].map((group) => handleGroup(group, options)));
  return { batchItemFailures: failures.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function handleGroup(
  group: readonly SQSRecord[],
  options: {
    handle: (record: SQSRecord) => Promise<void>;
    failed: (record: SQSRecord, error: unknown) => void;
  },
): Promise<readonly SQSRecord[]> {
  for (const [index, record] of group.entries()) {
    try {
      await options.handle(record);
    } catch (error) {
      options.failed(record, error);
      return group.slice(index);
    }
  }
  return [];
}
