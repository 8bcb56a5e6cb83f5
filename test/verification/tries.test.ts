import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALL_LIMITS } from '../../functions/handlers/clients.ts';
import { createDynamoDatabase } from '../../functions/platform/dynamo.ts';
import { newId } from '../../functions/platform/ids.ts';
import { createTriesStore, type TriesStore } from '../../functions/verification/tries-store.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';

let stack: LocalStack;
let commitTake: (id: string) => Promise<string>;
let tries: TriesStore;
const of = { customerId: 'C', cardToken: 'card', incident: 'T-1', openedAt: '2026-03-10T15:40:00.000Z' };
beforeAll(async () => {
  stack = await startLocalStack({ quiet: true, functions: [] });
  const casesTable = stack.model.tables.find(({ streamArn }) => streamArn !== undefined)?.name ?? '';
  const client = new DynamoDBClient({
    ...CALL_LIMITS,
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.accessKeyFor('admin'),
  });
  const db = createDynamoDatabase({ client, newId, random: () => 0 });
  tries = createTriesStore({ db, casesTable });
  commitTake = async (id) => (await db.commit(tries.take(of, id))).outcome;
});
afterAll(() => stack.stop());

test('H14 of a thousand tries taken on the database, twenty at a time, three are', async () => {
  const outcomes: string[] = [];
  for (let batch = 0; batch < 50; batch += 1) {
    const ids = Array.from({ length: 20 }, (_, index) => `${batch}-${index}`);
    outcomes.push(...(await Promise.all(ids.map(commitTake))));
  }
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(3);
  expect(await tries.get(of)).toEqual({ failures: 3, sends: 0, customerFailures: 3 });
});
