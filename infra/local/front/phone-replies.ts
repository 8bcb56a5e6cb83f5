import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';
import type { LocalModel, LocalTopic } from '../model.ts';
import type { Authoriser } from './authorise.ts';
import { AwsError } from './aws-error.ts';
import type { CallRecorder } from './calls.ts';
import type { PhoneMessage, PhoneReply } from './phone.ts';
import type { TopicDelivery } from './sns-delivery.ts';
import { topicPublishNeed } from './sns-topics.ts';

export interface RepliesDeps {
  readonly model: LocalModel;
  readonly clock: LocalClock;
  readonly authoriser: Authoriser;
  readonly calls: CallRecorder;
  readonly delivery: TopicDelivery;
  /** Topic that two-way SMS publishes to; the one named like "sms-replies" unless told. */
  readonly repliesTopicArn?: string;
}

/** Where a text goes that answers none of ours. */
const localNumber = '+10000000000';

/** Publishes a customer's text as two-way SMS does (AWS End User Messaging, two-way SMS message payload). */
export async function sendReply(
  deps: RepliesDeps,
  text: { number: string; body: string; answers: PhoneMessage | undefined; reply: PhoneReply },
): Promise<string> {
  const { model, clock } = deps;
  const { number, answers, reply } = text;
  const topic = findTopic(model, deps.repliesTopicArn);
  const inboundMessageId = reply.inboundMessageId ?? randomUUID();
  const previousPublishedMessageId = reply.previousPublishedMessageId ?? answers?.messageId;
  const message = JSON.stringify({
    originationNumber: number,
    destinationNumber:
      reply.destinationNumber ?? answers?.attributes['AWS.MM.SMS.OriginationNumber'] ?? localNumber,
    messageKeyword: `KEYWORD_${model.account}`,
    messageBody: text.body,
    inboundMessageId,
    ...(previousPublishedMessageId === undefined ? {} : { previousPublishedMessageId }),
  });
  const sentAt = reply.at ?? clock.now();
  const send = async () => {
    mayPublish(deps, topic);
    await deps.delivery.publish(topic, { text: message, attributes: {}, sentAt });
  };
  const waitMs = sentAt - clock.now();
  if (waitMs > 0) clock.setTimeout(send, waitMs);
  else await send();
  return inboundMessageId;
}

function mayPublish({ model, authoriser, calls }: RepliesDeps, topic: LocalTopic): void {
  const service = 'sms-voice.amazonaws.com';
  // Two-way SMS posts under the channel role where the template has one, as its own service where it has not.
  const role = model.roles.find(({ logicalId }) => logicalId.startsWith('SmsChannelRole'));
  const arn = `arn:aws:sms-voice:${model.region}:${model.account}:phone-number/phone-local`;
  const needs = [topicPublishNeed(topic)];
  const refusal = role
    ? authoriser.refuse({ kind: 'role', name: role.name, arn: role.arn, shownArn: role.arn }, needs)
    : authoriser.refuseService(service, { arn }, needs);
  if (!refusal) return;
  const message = `${service} is not authorized to perform: ${refusal.action} on resource: ${refusal.resource} ${refusal.reason}`;
  calls.refused({ ...refusal, principal: service, message });
  throw new AwsError({ code: 'AuthorizationError', status: 403, message });
}

function findTopic(model: LocalModel, arn: string | undefined): LocalTopic {
  const topic = model.topics.find((candidate) =>
    arn === undefined ? /sms-?replies/i.test(candidate.name) : candidate.arn === arn,
  );
  if (topic) return topic;
  const known = model.topics.map(({ name }) => name).join(', ') || 'none';
  throw new Error(`no topic for texts from customers (looked for "sms-replies"; topics: ${known})`);
}
