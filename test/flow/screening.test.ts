import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { people, SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Listed {
  readonly transactions: readonly {
    readonly transactionId: string;
    readonly suspicious: boolean;
    readonly pending: boolean;
  }[];
}

test('a suspicious transaction holds the card, the issuer confirms, the customer is asked, a ticket waits', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
  expect(night.texts('zhang')).toHaveLength(1);
  expect(night.texts('zhang')[0]).toContain('4417');
  const page = await night.onlyTicket('zhang');
  expect(page).toMatchObject({ ticket: { status: 'awaiting_reply', priority: 'P2' }, timelineIntact: true });
  expect(page.alert).toMatchObject({ status: 'open', severity: 'freeze' });
});

test('an ordinary transaction is counted and listed, and nobody hears of it', async () => {
  await night.customer('zhang', 'card-1');
  const { body } = await night.get<Listed>('zhang', '/cards/card-1/transactions');
  expect(body.transactions).toHaveLength(5);
  expect(body.transactions.every((one) => !one.suspicious && one.pending)).toBe(true);
  expect(night.texts('zhang')).toEqual([]);
});

test('H1 the same event twice, in another order or later, decides, freezes and texts once', async () => {
  await night.customer('zhang', 'card-1');
  const { customerId } = people.zhang;
  const event = {
    cardToken: 'card-1',
    cardholderId: customerId,
    transactionId: 'T-h1',
    at: night.now(-3),
    minor: 388_800,
    over: SPREE,
  };
  await Promise.all([night.bank.authorise(event), night.bank.authorise(event)]);
  await night.stack.settle();
  await night.stack.advance(3_600_000);
  await night.bank.authorise(event);
  await night.stack.settle();
  const { body } = await night.get<Listed>('zhang', '/cards/card-1/transactions');
  expect(body.transactions.filter((one) => one.transactionId === 'T-h1')).toHaveLength(1);
  expect((await night.onlyTicket('zhang')).alert?.transactionCount).toBe(1);
  expect(night.texts('zhang').filter((text) => text.includes('本人回1'))).toHaveLength(2); // question and second notice
});

test('H1 the same id with another body changes nothing and is kept with its reason', async () => {
  await night.customer('zhang', 'card-1');
  const event = {
    cardToken: 'card-1',
    cardholderId: people.zhang.customerId,
    transactionId: 'T-h1',
    at: night.now(-60),
  };
  await night.bank.authorise({ ...event, minor: 1_000 });
  await night.stack.settle();
  await night.bank.authorise({ ...event, minor: 2_000 });
  await night.stack.settle();
  const logged = night.stack
    .logs('screen-transactions')
    .filter((line) => line.line.includes('conflicting_repeat'));
  expect(logged).toHaveLength(1);
  const { body } = await night.get<{ transactions: { transactionId: string; amount: { minor: number } }[] }>(
    'zhang',
    '/cards/card-1/transactions',
  );
  expect(body.transactions.find((one) => one.transactionId === 'T-h1')?.amount.minor).toBe(1_000);
});

test('H2 several suspicious transactions of a card: one freeze, one alert, one ticket, not a text each', async () => {
  await night.customer('zhang', 'card-1');
  const requests: unknown[] = [];
  const unsubscribe = night.stack.front.bus.subscribe({ 'detail-type': ['CardFreezeRequested'] }, (event) =>
    requests.push(event),
  );
  for (let i = 0; i < 4; i += 1) await night.spree('card-1', 'zhang', { minor: 300_000 + i });
  unsubscribe();
  const page = await night.onlyTicket('zhang');
  expect(page.alert).toMatchObject({ status: 'open', transactionCount: 4 });
  expect(requests).toHaveLength(1);
  expect(night.texts('zhang')).toHaveLength(1);
});

test('H2 a mere alert that turns into a freeze is asked anew, and the priority only rises', async () => {
  await night.customer('zhang', 'card-1');
  await night.oddity('card-1', 'zhang');
  expect(await night.onlyTicket('zhang')).toMatchObject({
    ticket: { priority: 'P3' },
    alert: { severity: 'alert' },
  });
  expect((await night.card('zhang', 'card-1')).state).toBe('active');
  await night.spree('card-1', 'zhang');
  await night.stack.advance(11_000);
  expect(await night.onlyTicket('zhang')).toMatchObject({
    ticket: { priority: 'P2' },
    alert: { severity: 'freeze', transactionCount: 2 },
  });
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  expect(night.texts('zhang')).toHaveLength(2);
});

test('H25 an event from a replayed queue is judged as of its own time, holds, and sends no stale text', async () => {
  await night.customer('zhang', 'card-1');
  await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: people.zhang.customerId,
    at: night.now(-3 * 3600),
    minor: 388_800,
    over: SPREE,
  });
  await night.stack.settle();
  await night.stack.advance(12_000);
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
  expect(night.texts('zhang')).toEqual([]);
  const [waiting] = await night.queue();
  expect(waiting).toMatchObject({ priority: 'P1', queuedReason: 'undeliverable' });
  expect((await night.onlyTicket('zhang')).alert?.undeliverableReason).toBe('stale');
});

test('H29 what cannot be read is kept with a clear reason and delays nothing else', async () => {
  await night.customer('zhang', 'card-1');
  const { customerId } = people.zhang;
  const authorise = (over: object, id: string) =>
    night.bank.authorise({
      cardToken: 'card-1',
      cardholderId: customerId,
      transactionId: id,
      at: night.now(-5),
      over,
    });
  await authorise({ schemaVersion: 9 }, 'T-version');
  await authorise({ occurredAt: night.now(3_600) }, 'T-future');
  await authorise(
    { billing: { minor: 1, currency: 'XQX' }, amount: { minor: 1, currency: 'XQX' } },
    'T-currency',
  );
  await authorise({ amount: { minor: -5, currency: 'CNY' } }, 'T-negative');
  await night.bank.put('SomethingElse', { hello: 'world' });
  await authorise(
    { merchant: { id: 'M-1', name: 'x'.repeat(70_000), mcc: '5411', country: 'CN' } },
    'T-large',
  );
  await authorise(
    { amount: { minor: 0, currency: 'CNY' }, billing: { minor: 0, currency: 'CNY' } },
    'T-zero',
  );
  await authorise({}, 'T-fine');
  await night.stack.settle();
  const reasons = night.stack
    .logs('screen-transactions')
    .flatMap(({ line }) => /"event_quarantined".*"reason":"(\w+)"/.exec(line)?.[1] ?? []);
  expect(reasons.sort()).toEqual(
    ['future_dated', 'malformed', 'oversized', 'unknown_currency', 'unknown_type', 'unknown_version'].sort(),
  );
  const { body } = await night.get<Listed>('zhang', '/cards/card-1/transactions');
  const ids = body.transactions.map((one) => one.transactionId);
  expect(ids).toContain('T-fine');
  expect(ids).toContain('T-zero');
  expect(ids).toHaveLength(7);
});

test('H32 a card we do not know yet is held and queued; its data, arriving backwards, then fits', async () => {
  const { customerId } = people.zhang;
  for (const minor of [500, 501, 502, 503]) {
    await night.bank.authorise({
      cardToken: 'card-new',
      cardholderId: customerId,
      at: night.now(-60),
      minor,
      over: { ...SPREE, outcome: 'declined' },
    });
  }
  await night.stack.settle();
  await night.bank.authorise({
    cardToken: 'card-new',
    cardholderId: customerId,
    at: night.now(-3),
    minor: 388_800,
    over: SPREE,
  });
  await night.stack.settle();
  const [waiting] = await night.queue();
  expect(waiting).toMatchObject({ priority: 'P1', cardToken: 'card-new' });
  await night.bank.contact(people.zhang, { sourceVersion: 7, name: 'New Name' });
  await night.bank.contact(people.zhang, { sourceVersion: 3, name: 'Old Name', phone: '+8613900000000' });
  await night.bank.card('card-new', customerId, { lastFour: '9001', sourceVersion: 5 });
  await night.bank.card('card-new', customerId, { lastFour: '1111', sourceVersion: 2 });
  await night.stack.settle();
  await night.stack.advance(60_000);
  expect(await night.card('zhang', 'card-new')).toMatchObject({
    state: 'frozen',
    holds: ['fraud'],
    lastFour: '9001',
  });
  const outcomes = night.stack.logs('record-customers').filter(({ line }) => line.includes('"older"'));
  expect(outcomes).toHaveLength(2);
});

test('I3 a purchase reversed as a whole leaves the card profile, once however often it is told', async () => {
  await night.customer('zhang', 'card-1');
  const cardholderId = people.zhang.customerId;
  const transactionId = await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId,
    at: night.now(-60),
    minor: 90_000,
  });
  await night.stack.settle();
  const reversed = {
    transactionId,
    cardToken: 'card-1',
    reversedAt: night.now(-1),
    kind: 'reversal',
    amount: { minor: 90_000, currency: 'CNY' },
  };
  const before = await night.profile('card-1');
  await night.bank.put('TransactionReversed', reversed);
  await night.bank.put('TransactionReversed', reversed);
  await night.stack.settle();
  const after = await night.profile('card-1');
  expect(before.spendSum - after.spendSum).toBe(90_000);
  expect([before.spendCount, after.spendCount]).toEqual([6, 5]);
  expect(after.attempts).toBe(before.attempts);
});
