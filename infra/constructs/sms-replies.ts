import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { allowDelivery, type QueueWithDlq } from './queue-with-dlq.ts';

/**
 * Customers' texts, topic to queue. Not raw: the message inside carries no time, the envelope does, and
 * YES and NO are ordered by it (H4).
 */
export function createSmsRepliesSubscription(
  scope: Construct,
  props: { readonly topicArn: string; readonly target: QueueWithDlq },
): void {
  const { queue, dlq } = props.target;
  for (const each of [queue, dlq]) allowDelivery(each, { service: 'sns', sourceArns: [props.topicArn] });
  new sns.CfnSubscription(scope, 'SmsRepliesSubscription', {
    topicArn: props.topicArn,
    protocol: 'sqs',
    endpoint: queue.queueArn,
    rawMessageDelivery: false,
    redrivePolicy: { deadLetterTargetArn: dlq.queueArn },
  });
}
