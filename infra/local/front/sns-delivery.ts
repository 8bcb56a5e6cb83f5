import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';
import type { LocalModel, LocalSubscription, LocalTopic } from '../model.ts';
import type { Deliver } from './deliver.ts';
import { matchesPattern } from './event-pattern.ts';
import { isRecord, type Json, queueJson, recordOf, textOf } from './json.ts';

export interface TopicMessage {
  readonly text: string;
  readonly subject?: string;
  /** `{name: {DataType, StringValue | BinaryValue}}` */
  readonly attributes: Json;
  /** Epoch milliseconds of the local clock; now, unless told. */
  readonly sentAt?: number;
}

export interface TopicDelivery {
  /** Hands the message to every subscription whose filter it passes; its id. */
  publish(topic: LocalTopic, message: TopicMessage): Promise<string>;
}

export function createTopicDelivery(options: {
  model: LocalModel;
  clock: LocalClock;
  deliver: Deliver;
}): TopicDelivery {
  const { model, clock, deliver } = options;

  return {
    async publish(topic, message) {
      const id = randomUUID();
      const timestamp = new Date(message.sentAt ?? clock.now()).toISOString();
      for (const [index, subscription] of model.subscriptions.entries()) {
        if (subscription.topicArn !== topic.arn || !passes(subscription, message)) continue;
        const subscriptionArn = `${topic.arn}:${index}`;
        const envelope = envelopeOf({ id, timestamp, topic, message, subscriptionArn });
        if (subscription.protocol === 'lambda') {
          deliver.toFunction(subscription.endpoint, lambdaEvent(envelope, subscriptionArn, message));
          continue;
        }
        const body: Json = subscription.rawDelivery
          ? {
              MessageBody: message.text,
              ...(Object.keys(message.attributes).length > 0
                ? { MessageAttributes: message.attributes }
                : {}),
            }
          : { MessageBody: queueJson(envelope) };
        await deliver.toQueue({
          service: 'sns.amazonaws.com',
          sourceArn: topic.arn,
          queueArn: subscription.endpoint,
          deadLetterArn: subscription.deadLetterArn,
          message: body,
        });
      }
      return id;
    },
  };
}

/** The JSON that SNS puts into a queue (SNS developer guide, "Fanout to Amazon SQS queues"). */
function envelopeOf(options: {
  id: string;
  timestamp: string;
  topic: LocalTopic;
  message: TopicMessage;
  subscriptionArn: string;
}): Json {
  const { id, timestamp, topic, message, subscriptionArn } = options;
  const attributes = Object.entries(message.attributes).map(([name, value]) => {
    const { DataType, StringValue, BinaryValue } = recordOf(value);
    return [name, { Type: DataType, Value: StringValue ?? BinaryValue }];
  });
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic.arn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: message.text,
    Timestamp: timestamp,
    SignatureVersion: '1',
    Signature: 'bG9jYWw=',
    SigningCertURL: 'https://sns.local/SimpleNotificationService.pem',
    UnsubscribeURL: `https://sns.local/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  };
}

function lambdaEvent(envelope: Json, EventSubscriptionArn: string, message: TopicMessage): Json {
  const { SigningCertURL, UnsubscribeURL, MessageAttributes = {}, ...rest } = envelope;
  const Sns = {
    ...rest,
    Subject: message.subject ?? null,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: UnsubscribeURL,
    MessageAttributes,
  };
  return { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn, Sns }] };
}

/** Filter policies look at message attributes; a number compares as one, a `String.Array` by its elements. */
function passes({ filterPolicy }: LocalSubscription, { attributes }: TopicMessage): boolean {
  if (!isRecord(filterPolicy)) return true;
  const values = Object.entries(attributes).map(([name, attribute]) => {
    const { DataType, StringValue } = recordOf(attribute);
    const text = textOf(StringValue) ?? '';
    if (DataType === 'Number') return [name, Number(text)];
    return [name, DataType === 'String.Array' ? JSON.parse(text) : text];
  });
  return matchesPattern(filterPolicy, Object.fromEntries(values));
}
