import type { LocalModel, LocalTopic } from '../model.ts';
import type { KeyUse, Need } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { type Json, textOf } from './json.ts';
import { xmlMap } from './wire.ts';

/** Permission to publish to a topic, and what it needs of the topic's key. */
export function topicPublishNeed(topic: LocalTopic): Need {
  const key: KeyUse | undefined = topic.kmsKeyArn
    ? {
        keyArn: topic.kmsKeyArn,
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        via: 'sns',
        encryptionContext: { 'aws:sns:topicArn': topic.arn },
      }
    : undefined;
  return { action: 'sns:Publish', resource: topic.arn, key };
}

/** The topic a call names; throws SNS' NotFound. */
export function createTopicFinder(model: LocalModel): (input: Json) => LocalTopic {
  const topics = new Map(model.topics.map((topic) => [topic.arn, topic]));
  return (input) => {
    const arn = textOf(input.TopicArn) ?? textOf(input.TargetArn) ?? '';
    const topic = topics.get(arn);
    if (topic) return topic;
    const message = `Topic does not exist: ${arn}`;
    throw new AwsError({ code: 'NotFoundException', queryCode: 'NotFound', status: 404, message });
  };
}

/** SNS' calls that describe topics and subscriptions, by action. */
export function createTopicDescriptions(
  model: LocalModel,
  topicOf: (input: Json) => LocalTopic,
): Readonly<Record<string, (input: Json) => Json>> {
  const subscriptions = model.subscriptions.map(({ topicArn, protocol, endpoint }, index) => ({
    SubscriptionArn: `${topicArn}:${index}`,
    Owner: model.account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  }));
  return {
    ListTopics: () => ({ Topics: model.topics.map(({ arn }) => ({ TopicArn: arn })) }),
    ListSubscriptions: () => ({ Subscriptions: subscriptions }),
    ListSubscriptionsByTopic: (input) => {
      const { arn } = topicOf(input);
      return { Subscriptions: subscriptions.filter(({ TopicArn }) => TopicArn === arn) };
    },
    GetTopicAttributes(input) {
      const { arn, policy, kmsKeyArn } = topicOf(input);
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: policy });
      const key = kmsKeyArn ? { KmsMasterKeyId: kmsKeyArn } : {};
      return { Attributes: xmlMap({ TopicArn: arn, Owner: model.account, Policy, ...key }) };
    },
  };
}
