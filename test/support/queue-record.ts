import type { SQSRecord } from 'aws-lambda';

/** A message as a function on this queue gets it. */
export function queueRecord(queue: string, body: string, message = { id: 'm-1', tries: 1 }): SQSRecord {
  return {
    messageId: message.id,
    receiptHandle: message.id,
    body,
    attributes: {
      ApproximateReceiveCount: String(message.tries),
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${queue}`,
    awsRegion: 'local',
  };
}
