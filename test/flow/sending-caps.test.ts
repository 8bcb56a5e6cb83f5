import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readTables } from '../support/tables.ts';
import { type Night, startNight } from './night.ts';

/** Small caps, so that a handful of alerts passes them. */
const SMS_CAPS = 'unasked.system.minute=2,unasked.card.day=4,answer.phone.day=2';

let night: Night;
beforeAll(async () => {
  night = await startNight({ environment: { 'send-sms': { SMS_CAPS } } });
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const counts = async () =>
  (await readTables(night.stack)).cases
    .filter(({ pk }) => pk.startsWith('SMSCAP#'))
    .map(({ pk, sk, count }) => ({ of: `${pk} ${sk.split('#')[0]}`, count }));
const counted = (name: string) => night.stack.logs().filter(({ line }) => line.includes(`"${name}"`)).length;

test('H20 over the cap of the system: each card is held, each ticket is P1 with the reason, no further text, an alarm', async () => {
  await night.customer('zhang', 'card-1');
  for (const card of ['card-2', 'card-3', 'card-4']) await night.customer('zhang', card);
  for (const card of ['card-1', 'card-2', 'card-3', 'card-4']) await night.spree(card, 'zhang');

  expect(night.texts('zhang')).toHaveLength(2);
  for (const card of ['card-1', 'card-2', 'card-3', 'card-4']) {
    expect((await night.card('zhang', card)).state).toBe('frozen');
  }
  const queue = await night.queue();
  // Both came to the queue at the same simulated time: their order is not promised.
  const waiting = queue.map(({ cardToken, priority, queuedReason }) => [cardToken, priority, queuedReason]);
  expect(waiting.sort()).toEqual([
    ['card-3', 'P1', 'undeliverable'],
    ['card-4', 'P1', 'undeliverable'],
  ]);
  for (const { number } of queue) {
    expect((await night.ticket(number)).alert).toMatchObject({
      status: 'undeliverable',
      undeliverableReason: 'cap_system',
    });
  }
  expect(counted('SmsCapReached')).toBe(2);

  await night.stack.advance(61_000);
  await night.customer('grace', 'card-9');
  await night.spree('card-9', 'grace');
  expect(night.texts('grace')).toHaveLength(1); // the next minute counts from nothing
});

test('H20 answers to the customer have a count of their own, and a NO counts as said though nobody answers it', async () => {
  await night.customer('zhang', 'card-1');
  await night.oddity('card-1', 'zhang');
  const asked = night.texts('zhang').length;
  for (const words of ['HELP', 'HELP', 'HELP']) await night.reply('zhang', words);
  expect(night.texts('zhang')).toHaveLength(asked + 2);
  await night.reply('zhang', '2');
  expect(night.texts('zhang')).toHaveLength(asked + 2);
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_fraud');
  expect(counted('SmsCapReached')).toBe(0);
});

test('H20 a send that failed for certain is counted once, whenever it gets through', async () => {
  await night.customer('zhang', 'card-1');
  const fault = night.stack.front.faults.add({
    match: (call) =>
      call.service === 'sns' && call.action === 'Publish' && call.functionName?.includes('send-sms') === true,
    kind: 'throttle',
    times: 3,
  });
  await night.oddity('card-1', 'zhang');
  await night.stack.advance(60_000);
  expect(fault.hits).toBe(3);
  expect(night.texts('zhang')).toHaveLength(1);
  expect(await counts()).toContainEqual({ of: 'SMSCAP#unasked#card#card-1 day', count: 1 });
});
