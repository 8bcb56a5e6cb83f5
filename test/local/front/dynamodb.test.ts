import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealClock } from '../../../infra/local/clock.ts';
import { createFront, type Front } from '../../../infra/local/front/front.ts';
import { clientsOf, failure } from './clients.ts';
import { names, smallModel } from './small-model.ts';

let front: Front;
beforeAll(async () => {
  front = await createFront({ model: smallModel(), clock: createRealClock() });
});
afterAll(() => front.close());

const key = { pk: { S: 'CARD#1' }, sk: { S: 'STATE' } };

test('counts capacity by table and index, and shows the caller only what it asked for', async () => {
  const { dynamodb } = clientsOf(front, 'admin');
  const Item = { ...key, gsi1pk: { S: 'C' }, gsi1sk: { S: 'D' }, text: { S: 'x'.repeat(1500) } };
  const mark = front.calls.mark();
  const put = await dynamodb.send(new PutItemCommand({ TableName: 'Cards', Item }));
  const get = await dynamodb.send(
    new GetItemCommand({ TableName: 'Cards', Key: key, ReturnConsumedCapacity: 'TOTAL' }),
  );
  const index = { TableName: 'Cards', IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :c' };
  const query = await dynamodb.send(
    new QueryCommand({
      ...index,
      ExpressionAttributeValues: { ':c': { S: 'C' } },
      ReturnConsumedCapacity: 'INDEXES',
    }),
  );
  const batch = await dynamodb.send(
    new BatchGetItemCommand({
      RequestItems: { Cards: { Keys: [key, { ...key, sk: { S: 'none' } }] } },
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
  const [wrote, read, queried, batched] = front.calls.since(mark);
  // 1.5 KB: 2 write units, and 1 for the index entry.
  expect(wrote?.capacity).toEqual({ readUnits: 0, writeUnits: 3, detail: { Cards: 2, 'Cards/gsi1': 1 } });
  expect(put.ConsumedCapacity).toBeUndefined();
  expect(read?.capacity?.readUnits).toBe(0.5);
  expect(get.ConsumedCapacity).toEqual({ TableName: 'Cards', CapacityUnits: 0.5 });
  expect(queried).toMatchObject({ resource: 'Cards/gsi1', capacity: { readUnits: 0.5 } });
  expect(query.ConsumedCapacity?.GlobalSecondaryIndexes?.gsi1?.CapacityUnits).toBe(0.5);
  expect(batched?.capacity?.readUnits).toBe(1);
  expect(batch.ConsumedCapacity?.[0]?.CapacityUnits).toBe(1);
  const total = front.calls.summary().find(({ action }) => action === 'PutItem');
  expect(total).toMatchObject({ count: 1, writeUnits: 3, resource: 'Cards' });
});

test('counts a transaction twice, as it is billed', async () => {
  const { dynamodb } = clientsOf(front, 'admin');
  const mark = front.calls.mark();
  const put = { Put: { TableName: 'Cards', Item: { ...key, sk: { S: 'T1' } } } };
  await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put] }));
  expect(front.calls.since(mark)[0]?.capacity).toMatchObject({ writeUnits: 2, readUnits: 0 });
});

test('passes failed conditions on, with the item that is there', async () => {
  const { dynamodb } = clientsOf(front, 'admin');
  const write = {
    TableName: 'Cards',
    Key: key,
    UpdateExpression: 'SET v = :v',
    ConditionExpression: 'attribute_not_exists(pk)',
    ExpressionAttributeValues: { ':v': { N: '1' } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
  const error = await failure(dynamodb.send(new UpdateItemCommand(write)));
  expect(error).toMatchObject({ name: 'ConditionalCheckFailedException', Item: { pk: key.pk } });
  const cancelled = await failure(
    dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Update: write }] })),
  );
  expect(cancelled).toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: { pk: key.pk } }],
  });
});

test('a role reads the stream under the ARN the template gives it', async () => {
  const { streams } = clientsOf(front, 'worker');
  const StreamArn = names.streamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  expect(StreamDescription?.StreamArn).toBe(StreamArn);
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn,
      ShardId: StreamDescription?.Shards?.[0]?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const { Records, NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
  expect(Records?.[0]).toMatchObject({ eventName: 'INSERT', awsRegion: 'us-east-1' });
  const next = await streams.send(new GetRecordsCommand({ ShardIterator: NextShardIterator }));
  expect(next.Records).toEqual([]);
  const model = smallModel();
  const roles = model.roles.map((role) => ({ ...role, statements: [] }));
  const other = await createFront({ model: { ...model, roles }, clock: createRealClock() });
  try {
    const error = await failure(
      clientsOf(other, 'worker').streams.send(new GetRecordsCommand({ ShardIterator })),
    );
    expect(error.message).toContain(`dynamodb:GetRecords on resource: ${StreamArn}`);
  } finally {
    await other.close();
  }
});
