import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** What SQS takes in one call. */
const AT_ONCE = 10;
/** Time for one batch to be sent and deleted; a crash in between shows the messages again after it. */
const HIDDEN_SECONDS = 60;

export interface Moved {
  readonly moved: number;
  /** Taken out and not put back: they show again in the dead letters after a minute. */
  readonly failed: number;
}

/** Messages waiting in a queue, as far as SQS can tell at once. */
export async function countMessages(sqs: SQSClient, url: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/**
 * Works through dead letters, at most `most`: each batch is received, handed to `handle`, and what that
 * settled is deleted, in this order, so that a crash can repeat a message and never lose one.
 */
export async function workThrough(options: {
  sqs: SQSClient;
  url: string;
  most: number;
  /** Which of the messages are settled and may be deleted. */
  handle: (messages: readonly Message[]) => Promise<readonly Message[]>;
  onProgress?: (moved: number) => void;
}): Promise<Moved> {
  const { sqs, url, most } = options;
  let moved = 0;
  let failed = 0;
  while (moved + failed < most) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(AT_ONCE, most - moved - failed),
        WaitTimeSeconds: 1,
        VisibilityTimeout: HIDDEN_SECONDS,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    const settled = await options.handle(Messages);
    const deleted = await remove(sqs, url, settled);
    moved += deleted;
    failed += Messages.length - deleted;
    options.onProgress?.(moved);
  }
  return { moved, failed };
}

/** Sends messages as they were, attributes included; those that the queue took. */
export async function sendAgain(
  sqs: SQSClient,
  url: string,
  messages: readonly Message[],
): Promise<readonly Message[]> {
  const { Successful = [] } = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: messages.map(({ Body, MessageAttributes }, index) => ({
        Id: String(index),
        MessageBody: Body,
        MessageAttributes,
      })),
    }),
  );
  const taken = new Set(Successful.map(({ Id }) => Id));
  return messages.filter((_, index) => taken.has(String(index)));
}

async function remove(sqs: SQSClient, url: string, messages: readonly Message[]): Promise<number> {
  if (messages.length === 0) return 0;
  const { Successful = [] } = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: url,
      Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    }),
  );
  return Successful.length;
}
