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
