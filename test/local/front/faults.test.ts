import {
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createRealClock } from '../../../infra/local/clock.ts';
import type { FaultKind } from '../../../infra/local/front/faults.ts';
import { createFront, type Front } from '../../../infra/local/front/front.ts';
import { clientsOf, failure } from './clients.ts';
import { names, smallModel } from './small-model.ts';

let front: Front;
beforeAll(async () => {
  front = await createFront({ model: smallModel(), clock: createRealClock() });
});
afterAll(() => front.close());
afterEach(() => front.faults.clear());

const item = { pk: { S: 'CARD#1' }, sk: { S: 'STATE' } };
const count = (by: Record<string, unknown>) =>
  new UpdateItemCommand({
    TableName: 'Cards',
    Key: item,
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
    ...by,
  });
async function counted(): Promise<string | undefined> {
  const { dynamodb } = clientsOf(front, 'admin');
  return (await dynamodb.send(new GetItemCommand({ TableName: 'Cards', Key: item }))).Item?.n?.N;
}
const onUpdate = (kind: FaultKind, times?: number) =>
  front.faults.add({
    kind,
    times,
    match: ({ action, resource }) => action === 'UpdateItem' && resource === 'Cards',
  });

test('refuse-before: a 5xx without effect, which the SDK tries again', async () => {
  const before = Number((await counted()) ?? 0);
  const fault = onUpdate('refuse-before');
  const error = await failure(clientsOf(front, 'worker').dynamodb.send(count({})));
  expect(error).toMatchObject({ name: 'InternalServerError', $metadata: { httpStatusCode: 500 } });
  expect(fault.hits).toBe(1);
  expect(Number((await counted()) ?? 0)).toBe(before);

  onUpdate('refuse-before');
  const mark = front.calls.mark();
  await clientsOf(front, 'worker', { maxAttempts: 2 }).dynamodb.send(count({}));
  const tries = front.calls.since(mark);
  expect(tries.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 500],
    [2, 200],
  ]);
  expect(tries[0]).toMatchObject({ fault: 'refuse-before', errorCode: 'InternalServerError' });
});

test('lose-answer: the effect is there, the SDK repeats the write', async () => {
  const before = Number((await counted()) ?? 0);
  const fault = onUpdate('lose-answer');
  await clientsOf(front, 'worker', { maxAttempts: 2 }).dynamodb.send(count({}));
  expect(fault.hits).toBe(1);
  expect(Number(await counted())).toBe(before + 2);
});

test('lose-answer on a conditional write: the repetition finds its own first effect', async () => {
  onUpdate('lose-answer');
  const before = await counted();
  const write = count({ ConditionExpression: 'n = :before' });
  write.input.ExpressionAttributeValues = { ':one': { N: '1' }, ':before': { N: before ?? '0' } };
  const error = await failure(clientsOf(front, 'worker', { maxAttempts: 2 }).dynamodb.send(write));
  expect(error.name).toBe('ConditionalCheckFailedException');
});

test('kill-after: done, the caller is named to the host, no answer', async () => {
  const before = Number(await counted());
  const killed = new Promise<string | undefined>((resolve) => {
    front.faults.onKill(({ functionName }) => resolve(functionName));
  });
  onUpdate('kill-after');
  const abort = new AbortController();
  const work = failure(clientsOf(front, 'worker').dynamodb.send(count({}), { abortSignal: abort.signal }));
  expect(await killed).toBe('worker-fn');
  expect(Number(await counted())).toBe(before + 1);
  abort.abort();
  expect((await work).name).toBe('AbortError');
});

test('hang: no effect, no answer', async () => {
  const before = await counted();
  onUpdate('hang');
  const work = clientsOf(front, 'worker').dynamodb.send(count({}), { abortSignal: AbortSignal.timeout(100) });
  expect((await failure(work)).name).toBe('AbortError');
  expect(await counted()).toBe(before);
});

test('conflict: the words of a transaction that met another', async () => {
  onUpdate('conflict');
  const { dynamodb } = clientsOf(front, 'worker');
  expect((await failure(dynamodb.send(count({})))).name).toBe('TransactionConflictException');
  front.faults.add({ kind: 'conflict', match: ({ action }) => action === 'TransactWriteItems' });
  const put = (sk: string) => ({ Put: { TableName: 'Cards', Item: { pk: item.pk, sk: { S: sk } } } });
  const error = await failure(
    dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put('a'), put('b')] })),
  );
  expect(error).toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });
});

test('conflict strikes DynamoDB only, and a fault as often as it was told', async () => {
  const fault = front.faults.add({ kind: 'conflict', match: () => true, times: 5 });
  const { sqs, dynamodb } = clientsOf(front, 'worker');
  await sqs.send(new SendMessageCommand({ QueueUrl: names.queueUrl('plain'), MessageBody: 'x' }));
  expect(fault.hits).toBe(0);
  fault.remove();
  const thrice = onUpdate('throttle', 3);
  for (let index = 0; index < 3; index++) await failure(dynamodb.send(count({})));
  await dynamodb.send(count({}));
  expect(thrice.hits).toBe(3);
});

test('throttle and refuse-before speak as each service does', async () => {
  const { dynamodb, sqs, sns, kms, secrets, events } = clientsOf(front, 'admin');
  const Entries = [{ EventBusName: 'bank', Source: 's', DetailType: 'd', Detail: '{}' }];
  const calls: Record<string, () => Promise<unknown>> = {
    dynamodb: () => dynamodb.send(new PutItemCommand({ TableName: 'Cards', Item: item })),
    sqs: () => sqs.send(new SendMessageCommand({ QueueUrl: names.queueUrl('plain'), MessageBody: 'x' })),
    sns: () => sns.send(new PublishCommand({ PhoneNumber: '+8613800138000', Message: 'x' })),
    kms: () => kms.send(new DescribeKeyCommand({ KeyId: names.keyArn })),
    secrets: () => secrets.send(new GetSecretValueCommand({ SecretId: 'phones' })),
    events: () => events.send(new PutEventsCommand({ Entries })),
  };
  const seen: Record<string, string[]> = {};
  for (const [service, call] of Object.entries(calls)) {
    seen[service] = [];
    for (const kind of ['throttle', 'refuse-before'] as const) {
      front.faults.add({ kind, match: () => true });
      seen[service].push((await failure(call())).name);
    }
  }
  expect(seen).toEqual({
    dynamodb: ['ProvisionedThroughputExceededException', 'InternalServerError'],
    sqs: ['RequestThrottled', 'InternalFailure'],
    sns: ['ThrottledException', 'InternalErrorException'],
    kms: ['ThrottlingException', 'KMSInternalException'],
    secrets: ['ThrottlingException', 'InternalServiceError'],
    events: ['ThrottlingException', 'InternalException'],
  });
});
