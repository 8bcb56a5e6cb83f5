import { Aws, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface QueueProps {
  readonly key: kms.IKey;
  /** Timeout of the function that reads the queue. */
  readonly consumerTimeout: Duration;
  /** Waits an outage out: see `patience`. */
  readonly patient: boolean;
}

export interface QueueWithDlq {
  readonly queue: sqs.Queue;
  readonly dlq: sqs.Queue;
}

/**
 * A queue and its dead letters. Effects are tried five times within four days: the sweep emits them again. A message
 * that exists nowhere else is tried a thousand times, the most SQS knows, 7 minutes apart (its reader brings the
 * first 120 forward, to at most a minute): 880 × 7 minutes are more than four days of outage. Its retention is longer
 * than that, because a message whose retention ends is gone without being a dead letter. Moving it does not start its
 * retention anew, so ten days are left to look at it.
 */
export function createQueueWithDlq(scope: Construct, id: string, props: QueueProps): QueueWithDlq {
  const dlq = createDlq(scope, id.replace(/Queue$/, 'Dlq'), props.key);
  const queue = new sqs.Queue(scope, id, {
    ...encrypted(props.key),
    retentionPeriod: Duration.days(props.patient ? 14 : 4),
    // Lambda asks for six times the timeout at least, so that a throttled batch is not handed out twice.
    visibilityTimeout: props.patient
      ? Duration.minutes(7)
      : Duration.seconds(props.consumerTimeout.toSeconds() * 6),
    deadLetterQueue: { queue: dlq, maxReceiveCount: props.patient ? 1000 : 5 },
  });
  return { queue, dlq };
}

/** Dead letters of a queue, a rule, a subscription, a stream or an asynchronous call. */
export function createDlq(scope: Construct, id: string, key: kms.IKey): sqs.Queue {
  const dlq = new sqs.Queue(scope, id, { ...encrypted(key), retentionPeriod: Duration.days(14) });
  const reason = 'This is a dead-letter queue itself; an alarm tells people of its first message.';
  acknowledge(dlq, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  return dlq;
}

/** Lets one AWS service deliver into the queue, for this account and the named sources only. */
export function allowDelivery(
  queue: sqs.Queue,
  delivery: { readonly service: 'events' | 'sns'; readonly sourceArns: readonly string[] },
): void {
  if (delivery.sourceArns.length === 0) return;
  queue.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: delivery.service === 'events' ? 'RulesMayDeliver' : 'TopicMayDeliver',
      principals: [new iam.ServicePrincipal(`${delivery.service}.amazonaws.com`)],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnEquals: { 'aws:SourceArn': [...delivery.sourceArns] },
      },
    }),
  );
}

function encrypted(key: kms.IKey): sqs.QueueProps {
  return {
    encryption: sqs.QueueEncryption.KMS,
    encryptionMasterKey: key,
    // One data key an hour rather than every five minutes: a twelfth of the requests to KMS.
    dataKeyReuse: Duration.hours(1),
    enforceSSL: true,
  };
}
