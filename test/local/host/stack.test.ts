import { createHash } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createSimulatedClock, type SimulatedClock } from '../../../infra/local/clock.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack.ts';
import { writeSmallApp } from './small-app.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
let clock: SimulatedClock;
let stack: LocalStack;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  clock = createSimulatedClock(START);
  stack = await startLocalStack({ assemblyDirectory: writeSmallApp(), clock, quiet: true, retryDelayMs: 60 });
  const settings = { endpoint: stack.url, region: 'us-east-1', credentials: stack.front.identities.admin };
  sqs = new SQSClient(settings);
  dynamodb = new DynamoDBClient(settings);
  await stack.warm;
});
afterEach(() => stack.reset());
afterAll(() => stack.stop());

const queueUrl = (name: string) => `${stack.url}/000000000000/small-${name}`;
async function send(...bodies: string[]): Promise<void> {
  for (const MessageBody of bodies)
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl('Work'), MessageBody }));
}
async function received(queue: string): Promise<string[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(queue), MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '' }) => Body);
}
const lineSchema = z.record(z.string(), z.unknown());
/** What the handlers logged as JSON, oldest first. */
function said(name: string): Record<string, unknown>[] {
  return stack
    .logs(name)
    .filter(({ line }) => line.startsWith('{'))
    .map(({ line }) => lineSchema.parse(JSON.parse(line)));
}
/** How often the worker was handed a message with this body. */
const triesOf = (body: string): number =>
  said('worker').filter(({ bodies }) => z.array(z.string()).parse(bodies).includes(body)).length;
function shown(name: string): unknown {
  const line = stack.logs(name).find((entry) => entry.line.startsWith('RECORD '))?.line ?? 'RECORD null';
  return JSON.parse(line.slice('RECORD '.length));
}

describe('a queue', () => {
  it('hands over records as Lambda shapes them', async () => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl('Work'),
        MessageBody: 'record',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'x' } },
      }),
    );
    await stack.settle();
    expect(shown('worker')).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: 'record',
      attributes: expect.objectContaining({
        ApproximateReceiveCount: '1',
        SentTimestamp: String(START),
        ApproximateFirstReceiveTimestamp: String(START),
      }),
      messageAttributes: {
        kind: { stringValue: 'x', stringListValues: [], binaryListValues: [], dataType: 'String' },
      },
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      md5OfBody: createHash('md5').update('record').digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:small-Work',
      awsRegion: 'us-east-1',
    });
  });

  it('repeats what failed only, and gives it up to the dead letters', async () => {
    await send('fine', 'second-time', 'never');
    await stack.settle();
    expect(['fine', 'second-time', 'never'].map(triesOf)).toEqual([1, 2, 3]);
    expect(await received('Dead')).toEqual(['never']);
    expect(await received('Work')).toEqual([]);
  });

  it('repeats it in whichever environment is free', async () => {
    await send('second-time');
    while (said('worker').length === 0) await new Promise((done) => setTimeout(done, 5));
    await send('slow');
    await stack.settle();
    expect(triesOf('second-time')).toBe(2);
  });

  it('repeats the whole batch when the function throws', async () => {
    await send('throw');
    await stack.settle();
    expect(said('worker').map(({ counts }) => counts)).toEqual([['1'], ['2'], ['3']]);
    expect(await received('Dead')).toEqual(['throw']);
  });

  it('reaches its function within 50 ms', async () => {
    const latencies: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const sentAt = Date.now();
      await send(`quick ${round}`);
      await stack.settle();
      latencies.push(Number(said('worker').at(-1)?.at) - sentAt);
    }
    expect(latencies.sort((a, b) => a - b)[5]).toBeLessThan(50);
  });

  it('shows a message again whose function was killed', async () => {
    await send('slow');
    while (said('worker').length === 0) await new Promise((done) => setTimeout(done, 5));
    expect(await stack.kill('worker')).toBe(1);
    await stack.settle();
    expect(said('worker').map(({ counts }) => counts)).toEqual([['1'], ['2']]);
    expect(await received('Dead')).toEqual([]);
  });
});

async function put(pk: string, n: number, more: Record<string, string>): Promise<void> {
  const texts = Object.fromEntries(Object.entries(more).map(([name, S]) => [name, { S }]));
  await dynamodb.send(
    new PutItemCommand({
      TableName: 'small-Table',
      Item: { pk: { S: pk }, sk: { S: 'x' }, n: { N: String(n) }, ...texts },
    }),
  );
}
const seen = (name: string) => said(name).map((line) => z.array(z.string()).parse(line.seen));

describe('a stream', () => {
  it('hands over what passes the filter, in order', async () => {
    for (let n = 0; n < 30; n += 1) await put(`k${n % 3}`, n, { kind: n % 5 === 4 ? 'other' : 'ordered' });
    await put('k0', 99, { kind: 'ordered', done: 'yes' });
    await stack.settle();
    const all = seen('ordered').flat();
    const expected = Array.from({ length: 30 }, (_, n) => `k${n % 3}/${n}`).filter((_, n) => n % 5 !== 4);
    expect(all).toEqual(expected);
    expect(seen('halved')).toEqual([]);
  });

  it('shapes records as Lambda does', async () => {
    await put('a', 1, { kind: 'half' });
    await stack.settle();
    expect(shown('halved')).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: stack.model.tables[0]?.streamArn,
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { pk: { S: 'a' }, sk: { S: 'x' } },
        NewImage: { pk: { S: 'a' }, sk: { S: 'x' }, n: { N: '1' }, kind: { S: 'half' } },
        SequenceNumber: expect.stringMatching(/^\d+$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  });

  it('repeats from the failed record on, and goes on once it passes', async () => {
    await put('a', 1, { kind: 'ordered' });
    await put('a', 2, { kind: 'ordered', bad: 'twice' });
    await put('a', 3, { kind: 'ordered' });
    await stack.settle();
    const passes = seen('ordered').flat();
    expect(passes.filter((entry) => entry === 'a/1').length).toBe(1);
    expect(passes.filter((entry) => entry === 'a/2').length).toBe(3);
    expect(passes.at(-1)).toBe('a/3');
    expect(await received('Failed')).toEqual([]);
  });

  it('notes a record that never passes, and goes on behind it', async () => {
    await put('a', 1, { kind: 'ordered', bad: 'always' });
    await put('a', 2, { kind: 'ordered' });
    await stack.settle();
    expect(seen('ordered').flat().at(-1)).toBe('a/2');
    const [note = '{}'] = await received('Failed');
    expect(JSON.parse(note)).toMatchObject({
      version: '1.0',
      requestContext: {
        condition: 'RetryAttemptsExhausted',
        functionArn: expect.stringMatching(/:small-ordered$/),
      },
      DDBStreamBatchInfo: {
        streamArn: stack.model.tables[0]?.streamArn,
        startSequenceNumber: expect.any(String),
      },
    });
  });

  it('halves a failing batch until the bad record stands alone', async () => {
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => put(`h${n}`, n, { kind: 'half', ...(n === 4 ? { bad: 'throw' } : {}) })),
    );
    await stack.settle();
    const [note = '{}', ...others] = await received('Failed');
    expect(others).toEqual([]);
    expect(JSON.parse(note)).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
    const alone = seen('halved').filter((batch) => batch.length === 1 && batch[0] === 'h4/4');
    expect(alone).toHaveLength(2);
    for (const n of [1, 2, 3, 5, 6]) expect(seen('halved').flat()).toContain(`h${n}/${n}`);
  });
});

describe('the clock', () => {
  it('calls schedules as simulated time passes, and handlers see that time', async () => {
    const started = clock.now();
    await stack.advance(3 * 60_000);
    const times = said('clocked').map(({ now }) => Date.parse(String(now)));
    expect(times).toHaveLength(3);
    expect(times.every((time) => time > started && time <= started + 180_000)).toBe(true);
    expect(times[1]).toBe((times[0] ?? 0) + 60_000);
  });

  it('delivers a delayed message when its time has come', async () => {
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl('Work'), MessageBody: 'later', DelaySeconds: 10 }),
    );
    await stack.settle();
    expect(said('worker')).toEqual([]);
    await stack.advance(9_999);
    expect(said('worker')).toEqual([]);
    await stack.advance(1);
    expect(said('worker')).toMatchObject([{ bodies: ['later'] }]);
  });
});

it('calls a function that a bus rule targets, again when it fails, and notes the failure', async () => {
  const events = new EventBridgeClient({
    endpoint: stack.url,
    region: 'us-east-1',
    credentials: stack.front.identities.admin,
  });
  const entry = { EventBusName: 'bank', Source: 'bank.cards', DetailType: 'Tick' };
  await events.send(
    new PutEventsCommand({
      Entries: [
        { ...entry, Detail: '{}' },
        { ...entry, Detail: '{"fail":true}' },
      ],
    }),
  );
  await stack.settle();
  expect(said('clocked').filter(({ type }) => type === 'Tick')).toHaveLength(3);
  const [note = '{}'] = await received('Failed');
  expect(JSON.parse(note)).toMatchObject({
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
    requestPayload: { detail: { fail: true } },
    responsePayload: { errorType: 'Error', errorMessage: 'as told' },
  });
});

it('starts afresh in a moment', async () => {
  await send('before');
  const delayed = { QueueUrl: queueUrl('Work'), MessageBody: 'delayed', DelaySeconds: 10 };
  await sqs.send(new SendMessageCommand(delayed));
  await put('a', 1, { kind: 'ordered' });
  const started = performance.now();
  await stack.reset();
  expect(performance.now() - started).toBeLessThan(500);
  expect(stack.logs()).toEqual([]);
  await stack.advance(11_000);
  expect(said('worker')).toEqual([]);
  await put('a', 1, { kind: 'ordered' });
  await stack.settle();
  expect(seen('ordered')).toEqual([['a/1']]);
});
