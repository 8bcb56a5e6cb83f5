import type { LocalModel } from '../model.ts';
import type { AwsCall, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { isRecord, type Json, listOf, recordOf, textOf } from './json.ts';
import { type PhoneLine, shownNumber } from './phone.ts';
import type { TopicDelivery } from './sns-delivery.ts';
import { createSmsSettings } from './sns-sms.ts';
import { createTopicDescriptions, createTopicFinder, topicPublishNeed } from './sns-topics.ts';

/** Actions on one topic; every other is about the account. */
const onTopic: ReadonlySet<string> = new Set([
  'Publish',
  'PublishBatch',
  'GetTopicAttributes',
  'ListSubscriptionsByTopic',
]);

export function createSns(model: LocalModel, delivery: TopicDelivery, phone: PhoneLine): Service {
  const topicOf = createTopicFinder(model);

  const publish = async (input: Json): Promise<Json> => {
    const text = textOf(input.Message) ?? '';
    if (text === '')
      throw new AwsError({ code: 'InvalidParameter', message: 'Invalid parameter: Empty message' });
    const attributes = recordOf(input.MessageAttributes);
    const number = textOf(input.PhoneNumber);
    if (number !== undefined) return { MessageId: phone.deliver(number, text, attributes) };
    const message = { text, subject: textOf(input.Subject), attributes };
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
    ...createTopicDescriptions(model, topicOf),
    ...createSmsSettings(phone),
  };

  const plan = ({ action, input }: AwsCall): Plan => {
    if (!handlers[action]) throw unknownAction('sns', action);
    if (!onTopic.has(action)) return { needs: [{ action: `sns:${action}`, resource: '*' }], resources: [] };
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

  return {
    plan,
    handle: async ({ action, input }) => ({ output: (await handlers[action]?.(input)) ?? {} }),
  };
}
