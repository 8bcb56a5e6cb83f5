import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

test('H12 no phone: the freeze stands, the alert is undeliverable, the ticket is queued at once at P1', async () => {
  await night.customer('zhang', 'card-1');
  await night.bank.contact(people.zhang, { sourceVersion: 2, phone: null });
  await night.stack.settle();
  await night.spree('card-1', 'zhang');
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'undeliverable' }]);
  expect((await night.onlyTicket('zhang')).alert).toMatchObject({
    status: 'undeliverable',
    undeliverableReason: 'no_phone',
  });
  expect(night.texts('zhang')).toEqual([]);
});

test.each([
  ['send refused', { phone: people.zhang.phone, refuse: 'OptedOut' }, 'opted_out'],
  ['landline', { phone: '+861065529988' }, 'landline'],
  ['country not allowed', { phone: '+2348031234567' }, 'country_not_allowed'],
] as const)(
  'H12 %s: the freeze stands and a person is called in with the reason',
  async (_, given, reason) => {
    await night.customer('zhang', 'card-1');
    await night.bank.contact(people.zhang, { sourceVersion: 2, phone: given.phone });
    await night.stack.settle();
    if ('refuse' in given) night.stack.phone.refuse(given.phone, given.refuse);
    await night.spree('card-1', 'zhang');
    if ('refuse' in given) night.stack.phone.refuse(given.phone, undefined);
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
    expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'undeliverable' }]);
    expect((await night.onlyTicket('zhang')).alert).toMatchObject({
      status: 'undeliverable',
      undeliverableReason: reason,
    });
  },
);

test('H17 a silent issuer: neutral words after 10 s, P1, requests go on, and frozen is said once it is true', async () => {
  await night.customer('zhang', 'card-1');
  const requests: unknown[] = [];
  const stopListening = night.stack.front.bus.subscribe({ 'detail-type': ['CardFreezeRequested'] }, (event) =>
    requests.push(event),
  );
  night.stack.issuer.behave('card-1', 'silent');
  await night.spree('card-1', 'zhang');
  expect(night.texts('zhang')).toEqual([]);
  await night.stack.advance(11_000);
  expect(night.texts('zhang')).toHaveLength(1);
  expect(night.texts('zhang')[0]).not.toContain('冻');
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'freezing' });
  expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'freeze_unconfirmed' }]);
  await night.stack.advance(3 * 60_000);
  expect(requests.length).toBeGreaterThan(1);
  expect(night.stack.logs().some(({ line }) => line.includes('IssuerUnconfirmed'))).toBe(true);
  night.stack.issuer.behave('card-1', 'confirm');
  await night.stack.advance(5 * 60_000);
  stopListening();
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});

test('H17 a failed freeze brings a person at P1 and is sent again until it is confirmed', async () => {
  await night.customer('zhang', 'card-1');
  night.stack.issuer.behave('card-1', 'fail');
  await night.spree('card-1', 'zhang');
  expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'freeze_failed' }]);
  expect((await night.card('zhang', 'card-1')).state).toBe('freezing');
  night.stack.issuer.behave('card-1', 'confirm');
  await night.stack.advance(5 * 60_000);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});

test('H22 SMS side down: the hold is written and confirmed, the text follows when it is back', async () => {
  await night.customer('zhang', 'card-1');
  const fault = night.stack.front.faults.add({
    match: (call) =>
      call.service === 'sns' && call.action === 'Publish' && call.functionName?.includes('send-sms') === true,
    kind: 'throttle',
    times: 3,
  });
  await night.spree('card-1', 'zhang');
  await night.stack.advance(60_000);
  expect(fault.hits).toBe(3);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  expect(night.texts('zhang').length).toBeGreaterThanOrEqual(1);
});

test('H22 issuer side down: the bus refuses, the hold stays, work resumes by itself', async () => {
  await night.customer('zhang', 'card-1');
  const fault = night.stack.front.faults.add({
    match: (call) => call.service === 'events' && call.functionName?.includes('freeze-cards') === true,
    kind: 'refuse-before',
    times: 6,
  });
  await night.spree('card-1', 'zhang');
  await night.stack.advance(3 * 60_000);
  expect(fault.hits).toBeGreaterThan(0);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});

test('H22 ticket side down: an answer is kept by its queue and takes effect when the table is back', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  const fault = night.stack.front.faults.add({
    match: (call) =>
      call.service === 'dynamodb' && call.functionName?.includes('receive-sms-replies') === true,
    kind: 'throttle',
    times: 6,
  });
  await night.reply('zhang', '2');
  await night.stack.advance(60_000);
  expect(fault.hits).toBe(6);
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_fraud');
});

test('H23 a refund while the alert is open is noted on the ticket and releases nothing', async () => {
  await night.customer('zhang', 'card-1');
  const transactionId = await night.spree('card-1', 'zhang');
  await night.bank.put('TransactionReversed', {
    transactionId,
    cardToken: 'card-1',
    reversedAt: night.now(-1),
    kind: 'refund',
    amount: { minor: 388_800, currency: 'CNY' },
  });
  await night.stack.settle();
  const page = await night.onlyTicket('zhang');
  expect(page.timeline.map((entry) => entry.type)).toContain('transaction_reversed');
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});
