import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findWaiting, redrive } from '../../tools/redrive/redrive.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
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
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

/** Puts another status into every alert, as a release that went wrong might. */
async function setAlertStatus(status: string): Promise<void> {
  const { cases } = await readTables(night.stack);
  for (const { pk, sk } of cases.filter((item) => item.pk.startsWith('ALERT#') && item.sk === 'META')) {
    await target.dynamodb.send(
      new UpdateItemCommand({
        TableName: target.casesTable,
        Key: { pk: { S: pk }, sk: { S: sk } },
        UpdateExpression: 'SET #status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': { S: status } },
      }),
    );
  }
}

/** What lies in quarantine, as text. */
async function keptBodies(): Promise<string> {
  const { cases } = await readTables(night.stack);
  const pieces = cases.flatMap(({ piece }) => (piece instanceof Uint8Array ? [piece] : []));
  return pieces.map((piece) => Buffer.from(piece).toString()).join('\n');
}

const waiting = () => findWaiting(target, { most: 10 });

test('H29 what fails the same way every time is kept after five tries, and is heard once it is mended', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await setAlertStatus('no such status');
  await night.reply('zhang', '2');
  expect(await keptBodies()).toContain('\\"messageBody\\":\\"2\\"');
  expect(await keptBodies()).not.toContain(people.zhang.phone);
  const { deadLetters, quarantined } = await waiting();
  expect(deadLetters.filter(({ count }) => count > 0)).toEqual([]);
  expect(quarantined).toMatchObject([{ reason: 'poison', detail: 'StoredItemMisfit', times: 1 }]);
  const failed = night.stack
    .logs('receive-sms-replies')
    .filter(({ line }) => line.includes('message_failed'));
  expect(failed).toHaveLength(5);
  expect(failed[0]?.line).toContain('ALERT/META does not fit its schema: status');

  await setAlertStatus('open');
  await redrive({ target, waiting: await waiting(), most: 10, now: () => new Date(night.clock.now()) });
  await night.stack.settle();
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_fraud');
  expect((await waiting()).quarantined).toEqual([]);
});

test('I10 a contact nobody can read is kept encrypted, and sent again byte for byte', async () => {
  const detail = {
    schemaVersion: 1,
    customerId: people.zhang.customerId,
    sourceVersion: 1,
    occurredAt: night.now(-60),
    name: '张三',
    phone: people.zhang.phone.slice(1),
    mail: 'zhang@mail.example',
    language: 'zh-CN',
  };
  await night.bank.put('CustomerContactChanged', detail);
  await night.stack.settle();
  expect((await waiting()).quarantined).toMatchObject([{ reason: 'malformed' }]);
  expect(await keptBodies()).not.toMatch(/13812345678|张三|zhang@mail/);
  expect(await keptBodies()).toMatch(/^sealed-body:/);
  const [before] = (await waiting()).quarantined;
  await redrive({ target, waiting: await waiting(), most: 10, now: () => new Date(night.clock.now()) });
  await night.stack.settle();
  // The same message again: byte for byte, or it would be another entry.
  const [again, ...others] = (await waiting()).quarantined;
  expect(others).toEqual([]);
  expect(again).toMatchObject({ pk: before?.pk, times: 2 });
  expect(night.stack.logs().filter(({ line }) => line.includes('13812345678'))).toEqual([]);
});

test('I10 a card number in a purchase nobody can read is kept masked', async () => {
  await night.bank.put('TransactionAuthorized', {
    schemaVersion: 1,
    transactionId: 'T-1',
    cardToken: '6222021234567894',
    note: 'card 6222 0212 3456 7894',
    pan: 6222021234567894,
  });
  await night.stack.settle();
  expect((await waiting()).quarantined).toMatchObject([{ reason: 'malformed' }]);
  expect(await keptBodies()).toContain('••••7894');
  expect(await keptBodies()).not.toMatch(/6222/);
});

test('I10 a text nobody can read is kept without its number and card number, and sent again whole', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  // Longer than any text AWS hands over.
  const wordy = `2 card 6222 0212 3456 7894 ${'.'.repeat(2_000)}`;
  await night.reply('zhang', wordy);
  const { quarantined } = await waiting();
  expect(quarantined).toMatchObject([{ reason: 'malformed', detail: 'message.messageBody: too_big' }]);
  expect(await keptBodies()).not.toMatch(/13812345678|6222|0212 3456/);

  await redrive({ target, waiting: await waiting(), most: 10, now: () => new Date(night.clock.now()) });
  await night.stack.settle();
  const [again, ...others] = (await waiting()).quarantined;
  expect(again).toMatchObject({ reason: 'malformed', detail: 'message.messageBody: too_big' });
  expect(others).toEqual([]);
  expect(await keptBodies()).not.toMatch(/13812345678|6222|0212 3456/);
  expect(night.stack.logs().filter(({ line }) => line.includes('13812345678'))).toEqual([]);
});
