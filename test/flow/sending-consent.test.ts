import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const phones = async () => (await readTables(night.stack)).cases.filter(({ sk }) => sk === 'PHONE');

test('H10 TD is kept with time, source and word; START brings texts back and is confirmed once', async () => {
  await night.customer('zhang', 'card-1');
  await night.oddity('card-1', 'zhang');
  const asked = night.texts('zhang').length;
  await night.reply('zhang', 'TD');
  expect(await phones()).toMatchObject([{ optedOut: { source: 'sms', word: 'TD', at: expect.any(String) } }]);
  expect(night.texts('zhang')).toHaveLength(asked + 1);

  await night.reply('zhang', '恢复订阅', { inboundMessageId: 'back-1' });
  await night.reply('zhang', '恢复订阅', { inboundMessageId: 'back-1' });
  expect(night.texts('zhang')).toHaveLength(asked + 2);
  expect(night.texts('zhang').at(-1)).toContain('恢复短信提醒');
  const [phone] = await phones();
  expect(phone).toMatchObject({ optedIn: { source: 'sms', word: '恢复订阅' } });
  expect(phone?.optedOut).toBeUndefined();

  await night.stack.advance(6 * 60_000);
  expect(night.texts('zhang').at(-1)).toContain('再次提醒');
});

test('H12 an opt-out only the provider knew of is kept as the provider’s, and no text is tried again', async () => {
  await night.customer('zhang', 'card-1');
  night.stack.phone.refuse(people.zhang.phone, 'OptedOut');
  await night.spree('card-1', 'zhang');
  night.stack.phone.refuse(people.zhang.phone, undefined);
  expect(await phones()).toMatchObject([{ optedOut: { source: 'provider' } }]);
  expect((await night.onlyTicket('zhang')).alert).toMatchObject({ undeliverableReason: 'opted_out' });

  await night.reply('zhang', '2');
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_fraud');
  expect(night.texts('zhang')).toEqual([]);
});

test('I5 after an opt-out nothing we were not asked for goes out, whatever happens; the case goes on without it', async () => {
  await night.customer('zhang', 'card-1');
  await night.customer('zhang', 'card-2', { lastFour: '8890' });
  await night.oddity('card-1', 'zhang');
  await night.reply('zhang', 'TD');
  const before = night.texts('zhang').length;
  await night.spree('card-2', 'zhang');
  await night.stack.advance(20 * 60_000);
  expect(night.texts('zhang')).toHaveLength(before);
  expect((await night.card('zhang', 'card-2')).state).toBe('frozen');
  const queue = await night.queue();
  const second = queue.find(({ cardToken }) => cardToken === 'card-2');
  expect(second).toMatchObject({ priority: 'P1', queuedReason: 'undeliverable' });
  expect((await night.ticket(second?.number ?? '')).alert).toMatchObject({
    undeliverableReason: 'opted_out',
  });
});

test('I5 an incident gets three texts in three days and then a person, however often it flares up', async () => {
  await night.customer('zhang', 'card-1');
  for (let times = 0; times < 3; times += 1) {
    await night.spree('card-1', 'zhang');
    await night.stack.advance(16 * 60_000);
  }
  expect(night.texts('zhang')).toHaveLength(3);
  const page = await night.onlyTicket('zhang');
  expect(page.alert).toMatchObject({ status: 'undeliverable', undeliverableReason: 'budget' });
  expect(await night.queue()).toMatchObject([{ priority: 'P1' }]);
});
