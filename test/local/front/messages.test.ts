import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CheckIfPhoneNumberIsOptedOutCommand,
  ListTopicsCommand,
  OptInPhoneNumberCommand,
  PublishCommand,
  SetSMSAttributesCommand,
} from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSimulatedClock, type SimulatedClock } from '../../../infra/local/clock.ts';
import { createFront, type Front } from '../../../infra/local/front/front.ts';
import type { Json } from '../../../infra/local/front/json.ts';
import type { PolicyStatement } from '../../../infra/local/model.ts';
import { clientsOf, failure } from './clients.ts';
import { names, smallModel } from './small-model.ts';

const startMs = Date.parse('2026-03-01T10:00:00.250Z');
let clock: SimulatedClock;
let front: Front;
beforeEach(async () => {
  clock = createSimulatedClock(startMs);
  front = await createFront({ model: smallModel(), clock });
});
afterEach(() => front.close());

async function receive(queue: string, from = front) {
  const { sqs } = clientsOf(from, 'admin');
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: names.queueUrl(queue),
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

describe('texts', () => {
  const number = '+8613800138000';

  test('reach the phone, with the sender attributes', async () => {
    const heard: string[] = [];
    front.phone.onMessage(({ text }) => heard.push(text));
    const { MessageId } = await clientsOf(front, 'worker').sns.send(
      new PublishCommand({
        PhoneNumber: number,
        Message: '【示例银行】是您本人吗？ & <ok>',
        MessageAttributes: { 'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: '0.10' } },
      }),
    );
    expect(front.phone.messages(number)).toEqual([
      {
        messageId: MessageId,
        number,
        text: '【示例银行】是您本人吗？ & <ok>',
        at: startMs,
        attributes: { 'AWS.SNS.SMS.MaxPrice': '0.10' },
      },
    ]);
    expect(heard).toHaveLength(1);
  });

  test('fail for a number that is refused, opted out, or none', async () => {
    const { sns } = clientsOf(front, 'admin');
    const send = (PhoneNumber: string) => sns.send(new PublishCommand({ PhoneNumber, Message: 'x' }));
    front.phone.refuse(number, 'OptedOut');
    expect((await failure(send(number))).name).toMatch(/OptedOut/);
    front.phone.refuse(number, 'InvalidParameter');
    expect((await failure(send(number))).name).toBe('InvalidParameterException');
    front.phone.refuse(number, undefined);
    await send(number);
    front.phone.optOut(number);
    const error = await failure(send(number));
    expect(error.message).toContain('opted out');
    const asked = new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: number });
    expect((await sns.send(asked)).isOptedOut).toBe(true);
    await sns.send(new OptInPhoneNumberCommand({ phoneNumber: number }));
    expect((await sns.send(asked)).isOptedOut).toBe(false);
    expect((await failure(send('13800138000'))).name).toBe('InvalidParameterException');
    await sns.send(new SetSMSAttributesCommand({ attributes: { DefaultSMSType: 'Transactional' } }));
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: names.repliesTopicArn }]);
  });

  test('of the customer come through topic and queue in the real envelope', async () => {
    const sns = clientsOf(front, 'worker').sns;
    const { MessageId } = await sns.send(new PublishCommand({ PhoneNumber: number, Message: '?' }));
    await clock.advance(90_000);
    const inboundMessageId = await front.phone.reply(number, 'Y');
    const [message] = await receive('replies');
    const envelope: Json = JSON.parse(message?.Body ?? '');
    expect(envelope).toMatchObject({
      Type: 'Notification',
      TopicArn: names.repliesTopicArn,
      Timestamp: '2026-03-01T10:01:30.250Z',
      SignatureVersion: '1',
    });
    expect(JSON.parse(String(envelope.Message))).toMatchObject({
      originationNumber: number,
      messageBody: 'Y',
      inboundMessageId,
      previousPublishedMessageId: MessageId,
    });
  });

  test('of the customer may be an emoji, and come late with the time they were sent at', async () => {
    const sentAt = startMs - 25 * 3_600_000;
    await front.phone.reply(number, '👍👎 是', { at: sentAt });
    const [message] = await receive('replies');
    const envelope: Json = JSON.parse(message?.Body ?? '');
    expect(envelope.Timestamp).toBe(new Date(sentAt).toISOString());
    expect(JSON.parse(String(envelope.Message))).toMatchObject({ messageBody: '👍👎 是' });
  });

  test('of the customer come under the channel role where the template has one', async () => {
    const model = smallModel();
    const role = {
      name: 'channel',
      arn: 'arn:aws:iam::000000000000:role/channel',
      logicalId: 'SmsChannelRole1',
      managed: [],
    };
    const may: PolicyStatement[] = [
      { Effect: 'Allow', Action: 'sns:Publish', Resource: names.repliesTopicArn },
      { Effect: 'Allow', Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Resource: names.keyArn },
    ];
    for (const statements of [may, may.slice(0, 1)]) {
      const other = await createFront({ model: { ...model, roles: [{ ...role, statements }] }, clock });
      try {
        const reply = other.phone.reply(number, 'Y');
        if (statements === may) await reply;
        else expect((await failure(reply)).message).toContain('kms:GenerateDataKey');
      } finally {
        await other.close();
      }
    }
  });

  test('of the customer wait for their time', async () => {
    await front.phone.reply(number, 'Y', { at: startMs + 3_600_000, inboundMessageId: 'same' });
    expect(await receive('replies')).toEqual([]);
    await clock.advance(3_600_000);
    expect(await receive('replies')).toHaveLength(1);
  });
});

test('SNS into an encrypted queue needs the queue policy and the key; a refusal is recorded', async () => {
  const model = smallModel();
  const keys = model.keys.map((key) => ({ ...key, policy: key.policy.slice(0, 2) }));
  const other = await createFront({ model: { ...model, keys }, clock });
  try {
    const publish = new PublishCommand({ TopicArn: names.repliesTopicArn, Message: 'x' });
    await clientsOf(other, 'admin').sns.send(publish);
    expect(await receive('replies', other)).toEqual([]);
    expect(other.calls.refusals).toMatchObject([
      { principal: 'sns.amazonaws.com', action: 'kms:GenerateDataKey', resource: names.keyArn },
    ]);
    expect((await failure(other.phone.reply('+8613800138000', 'Y'))).message).toContain('sms-voice');
  } finally {
    await other.close();
  }
});

describe('the bus', () => {
  const entry = {
    EventBusName: 'bank',
    Source: 'bank.cards',
    DetailType: 'TransactionPosted',
    Detail: '{"a":1}',
  };

  test('brings a matching event to queue, function and observers, whole', async () => {
    const targets: unknown[] = [];
    const observed: unknown[] = [];
    front.onTarget((arn, event) => targets.push([arn, event]));
    front.bus.subscribe({ detail: { a: [{ numeric: ['>', 0] }] } }, (event) => observed.push(event));
    const { events } = clientsOf(front, 'bank');
    await events.send(new PutEventsCommand({ Entries: [entry, { ...entry, DetailType: 'CardIssued' }] }));
    const messages = await receive('work');
    const event: unknown = JSON.parse(messages[0]?.Body ?? '');
    expect(messages).toHaveLength(1);
    expect(event).toMatchObject({
      version: '0',
      source: 'bank.cards',
      'detail-type': 'TransactionPosted',
      account: '000000000000',
      time: '2026-03-01T10:00:00Z',
      resources: [],
      detail: { a: 1 },
    });
    expect(targets).toEqual([['arn:aws:lambda:us-east-1:000000000000:function:worker-fn', event]]);
    expect(observed).toHaveLength(2);
  });

  test('fails bad entries one by one, and refuses what is too big', async () => {
    const { events } = clientsOf(front, 'admin');
    const Entries = [
      entry,
      { ...entry, Detail: 'no' },
      { ...entry, Source: 'aws.x' },
      { ...entry, DetailType: '' },
    ];
    const answer = await events.send(new PutEventsCommand({ Entries }));
    expect(answer.FailedEntryCount).toBe(3);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'InvalidArgument',
    ]);
    const big = { ...entry, Detail: JSON.stringify({ a: 'x'.repeat(256 * 1024) }) };
    expect((await failure(events.send(new PutEventsCommand({ Entries: [big] })))).message).toContain(
      'over the limit',
    );
    const nowhere = { ...entry, EventBusName: 'nowhere' };
    expect((await failure(events.send(new PutEventsCommand({ Entries: [nowhere] })))).message).toContain(
      'nowhere',
    );
  });
});

describe('a queue', () => {
  const QueueUrl = names.queueUrl('work');

  test('holds a delayed message until its time on the clock, under the id that was told', async () => {
    const { sqs } = clientsOf(front, 'worker');
    const MessageAttributes = { kind: { DataType: 'String', StringValue: 'ask' } };
    const sent = await sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 10, MessageAttributes }),
    );
    await clock.advance(9_999);
    expect(await receive('work')).toEqual([]);
    expect((await front.queueDepths()).work).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    await clock.advance(1);
    const [message] = await receive('work');
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'later', MessageAttributes });
    expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(message?.Attributes?.SentTimestamp).toBe(String(startMs));
    expect(message?.Attributes?.ApproximateFirstReceiveTimestamp).toBe(String(startMs + 10_000));
  });

  test('shows a message again by the clock, and moves it to the dead letters after two tries', async () => {
    const { sqs } = clientsOf(front, 'worker');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    expect(await receive('work')).toHaveLength(1);
    await clock.advance(59_000);
    expect(await receive('work')).toEqual([]);
    await clock.advance(1_000);
    const [again] = await receive('work');
    expect(again?.Attributes?.ApproximateReceiveCount).toBe('2');
    const { ReceiptHandle } = again ?? {};
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 }));
    await clock.advance(5_000);
    expect(await receive('work')).toEqual([]);
    expect(await receive('work-dlq')).toMatchObject([{ Body: 'x', MessageId: again?.MessageId }]);
  });

  test('wakes a long poll when a message comes, and forgets a poll that was broken off', async () => {
    const { sqs } = clientsOf(front, 'admin');
    const poll = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
    const broken = failure(sqs.send(poll, { abortSignal: AbortSignal.timeout(50) }));
    expect((await broken).name).toBe('AbortError');
    const waiting = sqs.send(poll);
    const batch = new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: '1' },
        { Id: 'b', MessageBody: '2', DelaySeconds: 1 },
      ],
    });
    expect((await sqs.send(batch)).Successful).toHaveLength(2);
    const [message] = (await waiting).Messages ?? [];
    expect(message?.Body).toBe('1');
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: names.workArn,
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '1',
      KmsMasterKeyId: names.keyArn,
    });
  });

  test('keeps its messages over a restart, those in flight and those delayed too', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'front-'));
    const first = await createFront({ model: smallModel(), clock, stateDir });
    const { sqs } = clientsOf(first, 'admin');
    const send = (MessageBody: string, DelaySeconds?: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds }));
    await send('done');
    const [done] = await receive('work', first);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: done?.ReceiptHandle }));
    const { MessageId } = await send('in flight');
    await receive('work', first);
    await send('visible');
    await send('delayed', 60);
    await first.close();
    const second = await createFront({ model: smallModel(), clock, stateDir });
    try {
      const kept = await receive('work', second);
      expect(kept.map(({ Body }) => Body)).toEqual(['in flight', 'visible']);
      expect(kept[0]?.MessageId).toBe(MessageId);
      await clock.advance(60_000);
      // The two others show again, too: nobody deleted them.
      expect((await receive('work', second)).map(({ Body }) => Body)).toContain('delayed');
    } finally {
      await second.close();
      rmSync(stateDir, { recursive: true });
    }
  });

  test('is empty after a purge, of delayed messages too', async () => {
    const { sqs } = clientsOf(front, 'admin');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'now' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 5 }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    await clock.advance(10_000);
    expect((await front.queueDepths()).work).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});
