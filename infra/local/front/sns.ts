import type { LocalModel, LocalTopic } from '../model.ts';
import type { AwsCall, KeyUse, Need, Outcome, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { isRecord, type Json, listOf, recordOf, textOf } from './json.ts';
import { type PhoneLine, shownNumber } from './phone.ts';
import type { TopicDelivery } from './sns-delivery.ts';

/** Settings of the account's SMS, and calls about numbers, that a sender may ask for. */
const smsActions: ReadonlySet<string> = new Set([
  'SetSMSAttributes',
  'GetSMSAttributes',
  'CheckIfPhoneNumberIsOptedOut',
  'ListPhoneNumbersOptedOut',
  'OptInPhoneNumber',
]);
const topicActions: ReadonlySet<string> = new Set([
  'Publish',
  'PublishBatch',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
]);

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

export function createSns(model: LocalModel, delivery: TopicDelivery, phone: PhoneLine): Service {
  const topics = new Map(model.topics.map((topic) => [topic.arn, topic]));
  const smsSettings: Json = {};

  const plan = (call: AwsCall): Plan => {
    const { action, input } = call;
    if (smsActions.has(action) || action === 'ListTopics' || action === 'ListSubscriptions')
      return { needs: [{ action: `sns:${action}`, resource: '*' }], resources: [] };
    if (!topicActions.has(action)) throw unknownAction('sns', action);
    const number = textOf(input.PhoneNumber);
    if (number !== undefined) {
      // The resource of a text is the number itself; people and logs see only its end.
      const need = { action: 'sns:Publish', resource: number, shownAs: shownNumber(number) };
      return { needs: [need], resources: ['sms'] };
    }
    const topic = topicOf(input);
    const need = action.startsWith('Publish')
      ? topicPublishNeed(topic)
      : { action: `sns:${action}`, resource: topic.arn };
    return { needs: [need], resources: [topic.name] };
  };

  const topicOf = (input: Json): LocalTopic => {
    const arn = textOf(input.TopicArn) ?? textOf(input.TargetArn) ?? '';
    const topic = topics.get(arn);
    if (topic) return topic;
    throw new AwsError({
      code: 'NotFoundException',
      queryCode: 'NotFound',
      status: 404,
      message: `Topic does not exist: ${arn}`,
    });
  };

  const publish = async (input: Json): Promise<Json> => {
    const Message = textOf(input.Message) ?? '';
    if (Message === '') throw invalid('Empty message');
    const attributes = recordOf(input.MessageAttributes);
    const number = textOf(input.PhoneNumber);
    if (number !== undefined) return { MessageId: phone.deliver(number, Message, attributes) };
    const message = { text: Message, subject: textOf(input.Subject), attributes };
    return { MessageId: await delivery.publish(topicOf(input), message) };
  };

  const handlers: Readonly<Record<string, (input: Json) => Json | Promise<Json>>> = {
    Publish: publish,
    async PublishBatch(input) {
      const Successful: Json[] = [];
      for (const entry of listOf(input.PublishBatchRequestEntries).filter(isRecord)) {
        const published = await publish({ ...entry, TopicArn: input.TopicArn });
        Successful.push({ Id: entry.Id, ...published });
      }
      return { Successful, Failed: [] };
    },
    ListTopics: () => ({ Topics: model.topics.map(({ arn }) => ({ TopicArn: arn })) }),
    ListSubscriptions: () => ({ Subscriptions: subscriptions(() => true) }),
    ListSubscriptionsByTopic: ({ TopicArn }) => ({
      Subscriptions: subscriptions((arn) => arn === TopicArn),
    }),
    GetTopicAttributes: (input) => ({ Attributes: xmlMap(attributesOf(topicOf(input))) }),
    SetSMSAttributes(input) {
      Object.assign(smsSettings, recordOf(input.attributes));
      return {};
    },
    GetSMSAttributes: () => ({ attributes: xmlMap(smsSettings) }),
    CheckIfPhoneNumberIsOptedOut: ({ phoneNumber }) => ({
      isOptedOut: phone.isOptedOut(textOf(phoneNumber) ?? ''),
    }),
    ListPhoneNumbersOptedOut: () => ({ phoneNumbers: phone.optedOut() }),
    OptInPhoneNumber({ phoneNumber }) {
      phone.optIn(textOf(phoneNumber) ?? '');
      return {};
    },
  };

  const subscriptions = (wanted: (topicArn: string) => boolean): Json[] =>
    model.subscriptions
      .filter(({ topicArn }) => wanted(topicArn))
      .map(({ topicArn, protocol, endpoint }, index) => ({
        SubscriptionArn: `${topicArn}:${index}`,
        Owner: model.account,
        Protocol: protocol,
        Endpoint: endpoint,
        TopicArn: topicArn,
      }));
  const attributesOf = (topic: LocalTopic): Json => ({
    TopicArn: topic.arn,
    Owner: model.account,
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: topic.policy }),
    ...(topic.kmsKeyArn ? { KmsMasterKeyId: topic.kmsKeyArn } : {}),
  });

  const handle = async (call: AwsCall): Promise<Outcome> => {
    const output = await handlers[call.action]?.(call.input);
    return { output: output ?? {} };
  };
  return { plan, handle };
}

function invalid(reason: string): AwsError {
  return new AwsError({ code: 'InvalidParameter', message: `Invalid parameter: ${reason}` });
}

/** A map of the Query protocol: `<entry><key/><value/></entry>` once per member. */
function xmlMap(map: Json): Json {
  return { entry: Object.entries(map).map(([key, value]) => ({ key, value })) };
}
