import {
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRealClock } from '../../../infra/local/clock.ts';
import { createFront, type Front } from '../../../infra/local/front/front.ts';
import { clientsOf, failure } from './clients.ts';
import { names, smallModel, withStatements, workerStatements } from './small-model.ts';

const item = { pk: { S: 'CARD#1' }, sk: { S: 'STATE' } };

describe('a role', () => {
  let front: Front;
  beforeAll(async () => {
    front = await createFront({ model: smallModel(), clock: createRealClock() });
  });
  afterAll(() => front.close());

  test('may do what its policy allows, by name or ARN', async () => {
    const { dynamodb } = clientsOf(front, names.roleArn);
    await dynamodb.send(new PutItemCommand({ TableName: 'Cards', Item: item }));
    const found = await dynamodb.send(new GetItemCommand({ TableName: names.cardsArn, Key: item }));
    expect(found.Item).toEqual(item);
  });

  test('is refused anything else, with the role, the action and the resource named', async () => {
    const { dynamodb } = clientsOf(front, 'worker');
    const error = await failure(dynamodb.send(new ScanCommand({ TableName: 'Cards' })));
    expect(error.name).toBe('AccessDeniedException');
    expect(error.message).toMatch(/assumed-role\/worker\/worker-fn.*dynamodb:Scan.*table\/Cards/);
    expect(front.calls.refusals.at(-1)).toMatchObject({
      principal: 'worker',
      functionName: 'worker-fn',
      action: 'dynamodb:Scan',
    });
  });

  test('needs the index, not the table, to query an index', async () => {
    const { dynamodb } = clientsOf(front, 'worker');
    const query = {
      TableName: 'Cards',
      KeyConditionExpression: 'gsi1pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'x' } },
    };
    const error = await failure(dynamodb.send(new QueryCommand({ ...query, IndexName: 'gsi1' })));
    expect(error.message).toContain('table/Cards/index/gsi1');
  });

  test('needs the permission of each item in a transaction', async () => {
    const { dynamodb } = clientsOf(front, 'worker');
    const check = { TableName: 'Cards', Key: item, ConditionExpression: 'attribute_exists(pk)' };
    const put = { Put: { TableName: 'Cards', Item: { ...item, sk: { S: 'T' } } } };
    await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put] }));
    const error = await failure(
      dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put, { ConditionCheck: check }] })),
    );
    expect(error.name).toBe('AccessDeniedException');
    expect(error.message).toContain('dynamodb:ConditionCheckItem');
  });

  test('may text a number but not publish to a topic, and the number stays out of the message', async () => {
    const { sns } = clientsOf(front, 'worker');
    await sns.send(new PublishCommand({ PhoneNumber: '+8613800138000', Message: 'hello' }));
    const error = await failure(
      sns.send(new PublishCommand({ TopicArn: names.repliesTopicArn, Message: 'hello' })),
    );
    expect(error.name).toMatch(/AuthorizationError/);
    expect(JSON.stringify([front.calls.since(0), front.calls.refusals])).not.toContain('13800138000');
  });

  test('gets SQS errors in the words of SQS', async () => {
    const { sqs } = clientsOf(front, 'worker');
    const QueueUrl = names.queueUrl('work-dlq');
    const error = await failure(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })));
    expect(error.name).toMatch(/^AccessDenied/);
    const missing = await failure(
      clientsOf(front, 'admin').sqs.send(
        new SendMessageCommand({ QueueUrl: names.queueUrl('none'), MessageBody: 'x' }),
      ),
    );
    expect(missing.name).toBe('QueueDoesNotExist');
  });

  test('bank and issuer may put events and nothing else', async () => {
    const Entries = [{ EventBusName: 'bank', Source: 'bank.cards', DetailType: 'X', Detail: '{}' }];
    for (const who of ['bank', 'issuer']) {
      const { events, dynamodb } = clientsOf(front, who);
      expect((await events.send(new PutEventsCommand({ Entries }))).FailedEntryCount).toBe(0);
      const error = await failure(dynamodb.send(new DescribeTableCommand({ TableName: 'Cards' })));
      expect(error.message).toContain(`user/${who}`);
    }
  });
});

describe('a customer-managed key', () => {
  const without = (action: string) =>
    withStatements(
      workerStatements.map((statement) =>
        statement.Resource === names.keyArn
          ? { ...statement, Action: [statement.Action ?? []].flat().filter((name) => name !== action) }
          : statement,
      ),
    );

  test('reading and writing a table need it too', async () => {
    const front = await createFront({ model: without('kms:GenerateDataKey*'), clock: createRealClock() });
    try {
      const { dynamodb, sqs } = clientsOf(front, 'worker');
      await dynamodb.send(new GetItemCommand({ TableName: 'Cards', Key: item }));
      const error = await failure(dynamodb.send(new PutItemCommand({ TableName: 'Cards', Item: item })));
      expect(error.name).toBe('AccessDeniedException');
      expect(error.message).toContain(`kms:GenerateDataKey on resource: ${names.keyArn}`);
      const QueueUrl = names.queueUrl('work');
      const send = await failure(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })));
      expect(send.name).toMatch(/^(KmsAccessDenied|KMS\.AccessDenied)/);
    } finally {
      await front.close();
    }
  });

  test('may be bound to the service that uses it', async () => {
    const via = (service: string) =>
      withStatements(
        workerStatements.map((statement) =>
          statement.Resource === names.keyArn
            ? {
                ...statement,
                Condition: { StringEquals: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` } },
              }
            : statement,
        ),
      );
    for (const [service, isAllowed] of [
      ['dynamodb', true],
      ['sqs', false],
    ] as const) {
      const front = await createFront({ model: via(service), clock: createRealClock() });
      try {
        const put = clientsOf(front, 'worker').dynamodb.send(
          new PutItemCommand({ TableName: 'Cards', Item: item }),
        );
        if (isAllowed) await put;
        else expect((await failure(put)).message).toContain('kms:Decrypt');
      } finally {
        await front.close();
      }
    }
  });
});

describe('a policy this evaluator does not understand', () => {
  const front = (Condition: Record<string, Record<string, unknown>>) =>
    createFront({
      model: withStatements([{ Effect: 'Allow', Action: '*', Resource: '*', Condition }]),
      clock: createRealClock(),
    });

  test('an unknown operator stops the start and is named, with the role', async () => {
    const error = await failure(front({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }));
    expect(error.message).toMatch(/role worker \(WorkerRole\).*"IpAddress"/);
  });

  test('an unknown managed policy stops the start and is named', async () => {
    const model = smallModel();
    const roles = model.roles.map((role) => ({
      ...role,
      managed: ['arn:aws:iam::aws:policy/PowerUserAccess'],
    }));
    const error = await failure(createFront({ model: { ...model, roles }, clock: createRealClock() }));
    expect(error.message).toContain('PowerUserAccess');
  });
});
