import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { dueAttributes } from '../../functions/platform/due.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { readTables } from '../support/tables.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
let target: Target;
beforeAll(async () => {
  night = await startNight();
  target = await targetOf(night.stack);
});
afterAll(async () => {
  target?.close();
  await night?.stop();
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

test('due items that fail for good do not stand before a deadline, and are looked at now and then only', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  const { cases } = await readTables(night.stack);
  const partition = cases.find(({ pk, sk }) => pk.startsWith('ALERT#') && sk === 'META')?.gsi1pk;
  const longDue = night.now(-86_400);
  const broken = Array.from({ length: 2_000 }, (_, index) => `ALERT#broken-${index}`)
    .filter((pk) => dueAttributes(pk, longDue).gsi1pk === partition)
    .slice(0, 60);
  expect(broken).toHaveLength(60);
  for (const pk of broken) {
    const item = {
      pk: { S: pk },
      sk: { S: 'META' },
      gsi1pk: { S: String(partition) },
      gsi1sk: { S: longDue },
    };
    await target.dynamodb.send(new PutItemCommand({ TableName: target.casesTable, Item: item }));
  }
  await night.stack.advance(17 * 60_000);
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('expired');
  expect(await night.queue()).toMatchObject([{ queuedReason: 'no_answer' }]);
  const failures = night.stack.logs('sweep-deadlines').filter(({ line }) => line.includes('message_failed'));
  // At once, and ten minutes later.
  expect(failures).toHaveLength(2 * broken.length);
});
