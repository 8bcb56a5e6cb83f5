import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CALL_LIMITS } from '../../functions/handlers/clients.ts';
import { createDynamoDatabase } from '../../functions/platform/dynamo.ts';
import { newId } from '../../functions/platform/ids.ts';
import { createLimits, type Limits } from '../../functions/platform/limits.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';

let stack: LocalStack;
let take: Limits;
let now: Date;
beforeAll(async () => {
  stack = await startLocalStack({ quiet: true, functions: [] });
  const table = stack.model.tables.find(({ streamArn }) => streamArn !== undefined)?.name ?? '';
  const client = new DynamoDBClient({
    ...CALL_LIMITS,
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.accessKeyFor('admin'),
  });
  const db = createDynamoDatabase({ client, newId, random: () => 0 });
  take = createLimits(db, table, () => now);
});
afterAll(() => stack.stop());
beforeEach(async () => {
  await stack.reset();
  now = new Date('2026-03-10T15:40:10.000Z');
});

const three = { key: 'C-1#read', most: 3, seconds: 60 };
const outcomes = async (times: number) =>
  (await Promise.all(Array.from({ length: times }, () => take(three)))).map(({ outcome }) => outcome);

test('of any number at once exactly as many as allowed are taken', async () => {
  const all = await outcomes(12);
  expect(all.filter((outcome) => outcome === 'taken')).toHaveLength(3);
});

test('a refusal says when the next window begins, and then there is room again', async () => {
  await outcomes(3);
  expect(await take(three)).toEqual({ outcome: 'refused', retryAfterSeconds: 50 });
  now = new Date('2026-03-10T15:40:59.900Z');
  expect(await take(three)).toEqual({ outcome: 'refused', retryAfterSeconds: 1 });
  now = new Date('2026-03-10T15:41:00.000Z');
  expect(await take(three)).toEqual({ outcome: 'taken' });
});

test('what is counted under another key is another count', async () => {
  await outcomes(3);
  expect(await take({ ...three, key: 'C-2#read' })).toEqual({ outcome: 'taken' });
});
