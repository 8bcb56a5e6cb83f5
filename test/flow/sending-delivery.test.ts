import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { deliveryLogBatch } from '../../infra/local/front/phone-deliveries.ts';
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

const lose = (carrierSays: string | undefined, afterMs?: number) =>
  night.stack.phone.lose(people.zhang.phone, carrierSays, afterMs);
const notes = async () =>
  (await night.onlyTicket('zhang')).timeline.filter(({ type }) => type === 'text_not_delivered');
const logged = () => night.stack.logs('record-deliveries').map(({ line }) => line);

test.each([
  ['Phone carrier is currently unreachable/unavailable', 'carrier_unreachable'],
  ['Destination is a landline', 'landline'],
])('H12 the question never arrives (%s): a person at once, P1, with the reason', async (words, reason) => {
  await night.customer('zhang', 'card-1');
  lose(words);
  await night.spree('card-1', 'zhang');
  expect(await night.queue()).toEqual([]);
  await night.stack.advance(2_000);
  expect(night.texts('zhang')).toEqual([]);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'undeliverable' }]);
  const page = await night.onlyTicket('zhang');
  expect(page.alert).toMatchObject({ status: 'undeliverable', undeliverableReason: reason });
  expect(page.timelineIntact).toBe(true);
  await night.stack.advance(20 * 60_000);
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('undeliverable');
  // The log of SNS holds the number, ours do not (I10).
  for (const line of night.stack.logs()) expect(line.line).not.toContain('13812345678');
});

test('H12 said twice it is noted once; no text of ours is nobody’s business', async () => {
  await night.customer('zhang', 'card-1');
  lose('Phone has blocked SMS');
  await night.oddity('card-1', 'zhang');
  await night.stack.advance(2_000);
  const [text] = (await readTables(night.stack)).cases.filter(({ pk }) => pk.startsWith('SMSID#'));
  expect(text).toMatchObject({ kind: 'question', failure: 'phone_blocks_texts' });
  for (const messageId of [String(text?.messageId), 'of-another-system']) {
    const failed = { messageId, number: '+12065550100', providerResponse: 'x', takenAt: 1, failedAt: 2 };
    await night.stack.invoke('record-deliveries', deliveryLogBatch(failed, ['g', 'f', '1']));
  }
  expect(await notes()).toHaveLength(1);
  expect(logged().filter((line) => line.includes('not_ours'))).toHaveLength(1);
  expect(logged().filter((line) => line.includes('"known"'))).toHaveLength(1);
});

test('H12 a status that comes after the answer is noted and changes nothing else', async () => {
  await night.customer('zhang', 'card-1');
  lose('Phone is currently unreachable/unavailable', 12 * 60_000);
  await night.oddity('card-1', 'zhang');
  lose(undefined);
  await night.reply('zhang', '2');
  const before = await night.onlyTicket('zhang');
  expect(before.alert?.status).toBe('settled_fraud');
  await night.stack.advance(13 * 60_000);
  const after = await night.onlyTicket('zhang');
  expect(after.alert?.status).toBe('settled_fraud');
  expect(after.ticket).toMatchObject({
    status: before.ticket.status,
    version: before.ticket.version,
  });
  expect(await notes()).toHaveLength(1);
});

test('H12 a second notice that never arrives leaves the question open, and a YES covers what it did not say', async () => {
  await night.customer('zhang', 'card-1');
  await night.oddity('card-1', 'zhang');
  lose('Phone is currently unreachable/unavailable');
  await night.stack.advance(6 * 60_000);
  expect(await notes()).toHaveLength(1);
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('open');
  await night.reply('zhang', '1');
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_genuine');
});

test('H12 an opt-out that only shows in the delivery log is kept as the provider’s', async () => {
  await night.customer('zhang', 'card-1');
  lose('Phone number is opted out');
  await night.spree('card-1', 'zhang');
  await night.stack.advance(2_000);
  const [phone] = (await readTables(night.stack)).cases.filter(({ sk }) => sk === 'PHONE');
  expect(phone).toMatchObject({ optedOut: { source: 'provider' } });
  expect((await night.onlyTicket('zhang')).alert).toMatchObject({ undeliverableReason: 'opted_out' });
});
