import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { people, SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

/** Cases in which two things concern one card, one phone or one text at once. */
let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

test('a YES to an alert leaves the lost report on the same ticket before a person', async () => {
  await night.customer('grace', 'card-2');
  await night.oddity('card-2', 'grace');
  await night.post('grace', '/cards/card-2/lost', 'press-0001');
  await night.reply('grace', '1');
  expect(await night.queue()).toMatchObject([{ queuedReason: 'lost_reported', status: 'queued' }]);
  expect((await night.card('grace', 'card-2')).holds).toEqual(['lost']);
});

test('a YES to a later alert does not close the case that an earlier NO opened', async () => {
  await night.customer('grace', 'card-2');
  await night.oddity('card-2', 'grace');
  await night.reply('grace', '1');
  await night.stack.advance(60_000);
  await night.oddity('card-2', 'grace');
  const [first, second] = ['3', '4'];
  await night.reply('grace', `${first} 2`);
  expect((await night.card('grace', 'card-2')).holds).toEqual(['fraud']);
  await night.reply('grace', `${second} 1`);
  expect(await night.queue()).toMatchObject([{ priority: 'P1' }]);
  expect((await night.card('grace', 'card-2')).holds).toEqual(['fraud']);
});

test('H32 an alert on a card never issued does not keep a NO from the cards that are known', async () => {
  await night.customer('zhang', 'card-1');
  await night.bank.authorise({
    cardToken: 'card-never-issued',
    cardholderId: people.zhang.customerId,
    at: night.now(-10),
    minor: 900_000,
  });
  await night.stack.settle();
  await night.oddity('card-1', 'zhang');
  await night.reply('zhang', '2');
  expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
  expect(await night.queue()).toMatchObject([{ priority: 'P1' }, { priority: 'P1' }]);
});

test('a question asked anew goes to the number of today, and its answer finds the alert', async () => {
  const newPhone = '+8613911112222';
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.stack.advance(16 * 60_000);
  await night.bank.contact(people.zhang, { sourceVersion: 2, phone: newPhone });
  await night.stack.settle();
  await night.spree('card-1', 'zhang');
  await night.stack.advance(11_000);
  expect(night.stack.phone.messages(newPhone)).toHaveLength(1);
  await night.stack.phone.reply(newPhone, '2');
  await night.stack.settle();
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_fraud');
});

test('H12 a number that changes between alert and text is not texted: nobody there could answer', async () => {
  await night.customer('zhang', 'card-1');
  night.stack.issuer.behave('card-1', 'silent');
  await night.spree('card-1', 'zhang');
  await night.bank.contact(people.zhang, { sourceVersion: 2, phone: '+8613911112222' });
  await night.stack.advance(12_000);
  expect(night.stack.phone.messages()).toEqual([]);
  expect((await night.onlyTicket('zhang')).alert).toMatchObject({
    status: 'undeliverable',
    undeliverableReason: 'phone_changed',
  });
});

test('H22 a text that SNS throttles is tried again by its queue alone, not once more for every try', async () => {
  await night.customer('zhang', 'card-1');
  const mark = night.stack.front.calls.mark();
  const fault = night.stack.front.faults.add({
    match: ({ service, action }) => service === 'sns' && action === 'Publish',
    kind: 'throttle',
    times: 40,
  });
  await night.spree('card-1', 'zhang');
  const tries = night.stack.front.calls.since(mark).filter(({ service }) => service === 'sns').length;
  expect(tries).toBeLessThanOrEqual(6);
  fault.remove();
  await night.stack.advance(3 * 60_000);
  expect(night.texts('zhang').length).toBeGreaterThanOrEqual(1);
});

test('H17 an issuer that answers "active" to a freeze has not confirmed it: asked again, a person at P1', async () => {
  await night.customer('zhang', 'card-1');
  night.stack.issuer.behave('card-1', 'silent');
  await night.spree('card-1', 'zhang');
  await night.bank.put('CardStatusChanged', {
    cardToken: 'card-1',
    status: 'active',
    holdsVersion: 1,
    occurredAt: night.now(),
  });
  await night.stack.settle();
  expect((await night.card('zhang', 'card-1')).state).toBe('freezing');
  expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'freeze_failed' }]);
  night.stack.issuer.behave('card-1', 'confirm');
  await night.stack.advance(5 * 60_000);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});

test('I1 a card the issuer releases by itself while our hold stands is frozen again', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.stack.advance(60_000);
  night.stack.issuer.behave('card-1', 'silent');
  await night.bank.put('CardStatusChanged', {
    cardToken: 'card-1',
    status: 'active',
    occurredAt: night.now(),
  });
  await night.stack.settle();
  expect((await night.card('zhang', 'card-1')).state).toBe('freezing');
  expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'released_by_issuer' }]);
  night.stack.issuer.behave('card-1', 'confirm');
  await night.stack.advance(5 * 60_000);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});

test('H17 a lost card whose freeze fails is raised to P1', async () => {
  await night.customer('zhang', 'card-1');
  night.stack.issuer.behave('card-1', 'fail');
  await night.post('zhang', '/cards/card-1/lost', 'press-0001');
  expect(await night.queue()).toMatchObject([{ priority: 'P1' }]);
});

test('H30 thanks and greetings after the case is closed open nothing again', async () => {
  await night.customer('grace', 'card-2');
  await night.oddity('card-2', 'grace');
  await night.reply('grace', '1');
  await night.reply('grace', 'Great, thanks a lot!');
  await night.reply('grace', 'Have a good night');
  expect(await night.queue()).toEqual([]);
  expect((await night.onlyTicket('grace')).ticket.status).toBe('resolved');
});

test('a reminder held up until after the answer is not sent', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  const fault = night.stack.front.faults.add({
    match: ({ service, functionName }) =>
      service === 'dynamodb' && functionName?.includes('send-sms') === true,
    kind: 'throttle',
    times: Number.POSITIVE_INFINITY,
  });
  await night.stack.advance(6 * 60_000);
  await night.reply('zhang', '2');
  fault.remove();
  await night.stack.advance(10 * 60_000);
  expect(night.texts('zhang')).toHaveLength(2);
  expect(night.texts('zhang')[1]).toContain('FR-');
});

test('H2 a spree that goes on after the text budget is spent is held and handed to a person', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.stack.advance(16 * 60_000); // question, second notice, expired
  await night.spree('card-1', 'zhang'); // asked anew: the third text
  await night.stack.advance(16 * 60_000);
  await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: people.zhang.customerId,
    at: night.now(-2),
    minor: 400_000,
    over: SPREE,
  });
  await night.stack.settle();
  await night.stack.advance(16 * 60_000);
  expect(night.texts('zhang')).toHaveLength(3);
  expect((await night.onlyTicket('zhang')).alert).toMatchObject({
    status: 'undeliverable',
    undeliverableReason: 'budget',
  });
  expect(await night.queue()).toMatchObject([{ priority: 'P1' }]);
});
