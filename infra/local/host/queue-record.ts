import type { Message } from '@aws-sdk/client-sqs';
import type { LocalMapping } from '../model.ts';
import type { PatternMatcher } from './mapping.ts';

/** The record as Lambda shapes it from a received message. */
export function queueRecordOf(message: Message, queueArn: string, region: string): Record<string, unknown> {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body ?? '',
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
        name,
        {
          stringValue: attribute.StringValue,
          binaryValue: attribute.BinaryValue && Buffer.from(attribute.BinaryValue).toString('base64'),
          stringListValues: [],
          binaryListValues: [],
          dataType: attribute.DataType,
        },
      ]),
    ),
    md5OfMessageAttributes: message.MD5OfMessageAttributes,
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

/** A filter on `body` looks into the body's JSON; a body that is no JSON passes only filters without one. */
export function passes(
  record: Record<string, unknown>,
  filters: LocalMapping['filters'],
  matches: PatternMatcher,
): boolean {
  if (filters.length === 0) return true;
  return filters.some((filter) => matches(filter, { ...record, body: parsedBody(record.body) }));
}

function parsedBody(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return body;
  }
}
