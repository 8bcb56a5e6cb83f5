import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

/** The life of a disputed transaction, through the API and the bank's events (D9, H23). */
let night: Night;
let number: string;
let bought: string;
let presses = 0;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
  await night.bank.contact(people.zhang, { sourceVersion: 2, email: 'zhang@mail.example' });
  bought = await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: people.zhang.customerId,
    at: night.now(-7_200),
    minor: 12_990,
    over: {
      amount: { minor: 12_990, currency: 'USD' },
      billing: { minor: 92_231, currency: 'CNY', rate: '7.1002' },
      merchant: { id: 'M-1', name: 'GADGET HUB 【free】', mcc: '5411', country: 'CN' },
    },
  });
  await night.stack.settle();
  const reported = await press<{ ticket: { number: string } }>('zhang', '/reports', {
    ...{ cardToken: 'card-1', transactionIds: [bought], wanted: 'refund' },
  });
  number = reported.body.ticket.number;
});
afterEach(() => expect(night.refusedPermissions()).toEqual([]));

interface Dispute {
  readonly transactionId: string;
  readonly status: string;
  readonly facts?: { readonly merchantName: string; readonly amount: object; readonly billing: object };
  readonly history: readonly { readonly status: string; readonly by: string; readonly told?: string }[];
}
interface Shown {
  readonly status: string;
  readonly version: number;
  readonly disputes: readonly Dispute[];
}
type Who = Parameters<Night['post']>[0];

const press = <Body = { type?: string; ticket: Shown }>(who: Who, path: string, body?: object) => {
  presses += 1;
  return night.post<Body>(who, path, `dispute-press-${presses}`, body);
};
const act = (what: string, body?: object, who: Who = 'agent') =>
  press(who, `/agent/tickets/${number}/${what}`, body);
const move = (to: string, more: object = {}, who: Who = 'agent') =>
  act('disputes', { transactionId: bought, to, ...more }, who);
const own = async () => (await night.get<Shown>('zhang', `/tickets/${number}`)).body;
const problem = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });
const mails = () =>
  night.stack.mailbox.mails('zhang@mail.example').map(({ subject, text }) => `${subject}\n${text}`);

test('D9 from report to refund: prefilled, each step with what a bank needs, shown, mailed and in the chain', async () => {
  const [dispute] = (await own()).disputes;
  expect(dispute).toMatchObject({
    ...{ transactionId: bought, status: 'reported' },
    facts: {
      merchantName: 'GADGET HUB free',
      amount: { minor: 12_990, currency: 'USD' },
      billing: { minor: 92_231, currency: 'CNY' },
    },
    history: [{ status: 'reported', by: 'customer' }],
  });
  expect(await move('submitted', { reference: 'CB-1' })).toMatchObject(problem('not-your-ticket'));
  await act('claim');
  expect(await move('won', { reference: 'CB-1' })).toMatchObject(problem('dispute-status'));
  expect(await move('submitted')).toMatchObject(problem('dispute-details'));
  expect(await move('provisional_credit', { reference: 'PC-1' })).toMatchObject(problem('dispute-details'));
  expect(
    await act('disputes', { transactionId: 'T-none', to: 'submitted', reference: 'CB-1' }),
  ).toMatchObject(problem('no-such-dispute'));
  const before = (await own()).version;
  const submitted = await move('submitted', {
    reference: 'CB-2026-1',
    text: 'We sent it to the card scheme.',
  });
  expect(submitted).toMatchObject({
    status: 200,
    body: { ticket: { status: 'in_progress', version: before + 1 } },
  });
  const tooMuch = { amount: { minor: 200_000, currency: 'CNY' }, reference: 'PC-1' };
  expect(await move('provisional_credit', tooMuch)).toMatchObject(problem('dispute-amount'));
  const credit = { amount: { minor: 92_231, currency: 'CNY' }, reference: 'PC-1' };
  expect((await move('provisional_credit', credit)).status).toBe(200);
  expect((await move('won', { reference: 'CB-2026-1' })).status).toBe(200);
  expect((await move('refunded', credit)).status).toBe(200);
  const after = await own();
  expect(after.version).toBe(before + 4);
  expect(after.disputes[0]?.history.map(({ status }) => status)).toEqual([
    ...['reported', 'submitted', 'provisional_credit', 'won', 'refunded'],
  ]);
  expect(after.disputes[0]?.history.at(-1)).toMatchObject({ by: 'Li Na', ...credit });
  const mailed = mails();
  expect(mailed.some((mail) => mail.includes('已暂时入账') && mail.includes('GADGET HUB free'))).toBe(true);
  expect(mailed.some((mail) => mail.includes('已退款') && mail.includes('922.31元'))).toBe(true);
  const page = await night.ticket(number);
  expect(page.timelineIntact).toBe(true);
  expect(page.timeline.filter(({ type }) => type === 'dispute_moved').map(({ data }) => data.to)).toEqual([
    ...['submitted', 'provisional_credit', 'won', 'refunded'],
  ]);
  // The bank's own systems hear of each step.
  const { cases } = await readTables(night.stack);
  const told = cases.filter(({ payload }) => JSON.stringify(payload ?? '').includes('"DisputeMoved"'));
  expect(told).toHaveLength(4);
});

test('D9 evidence wanted: the ticket waits for its customer, who reads what for; one e-mail says so', async () => {
  await act('claim');
  expect(await move('evidence_wanted')).toMatchObject(problem('dispute-details'));
  const sent = mails().length;
  const asked = await move('evidence_wanted', { text: 'Please send us the receipt.' });
  expect(asked.body.ticket).toMatchObject({ status: 'awaiting_customer' });
  expect(mails().length).toBe(sent + 1);
  expect(await own()).toMatchObject({ status: 'awaiting_customer', evidenceWantedAt: night.now() });
  const messages = await night.get<{ messages: { words: string }[] }>('zhang', `/tickets/${number}/messages`);
  expect(messages.body.messages.at(-1)).toMatchObject({
    from: 'agent',
    words: 'Please send us the receipt.',
  });
  await press('zhang', `/tickets/${number}/messages`, { text: 'Here it is.' });
  expect((await own()).status).toBe('in_progress');
  // Asked again while others are waited for: the ticket waits for the customer from then on.
  await move('submitted', { reference: 'CB-1' });
  await act('wait', { whom: 'third_party', text: 'the scheme answers' });
  const again = await move('evidence_wanted', { text: 'They want the order number, too.' });
  expect(again.body.ticket).toMatchObject({ status: 'awaiting_customer' });
});

test('D9 undecided disputes end no ticket without a reason; handed over they come back after it is closed', async () => {
  await act('claim');
  const end = { resolution: 'refunded', text: 'It is with the card scheme.' };
  expect(await act('resolve', end)).toMatchObject({ status: 409, ...problem('disputes-open') });
  await move('submitted', { reference: 'CB-1' });
  expect((await act('resolve', end)).body.ticket.status).toBe('resolved');
  await night.stack.advance(60_000);
  // Anybody at the desk, and the ticket stays over.
  const won = await move('won', { reference: 'CB-1', text: 'You were right.' }, 'agent2');
  expect(won.body.ticket).toMatchObject({ status: 'resolved', disputes: [{ status: 'won' }] });
  expect(await move('evidence_wanted', { text: 'x' }, 'agent2')).toMatchObject(problem('wrong-status'));
});

test('D9 a reason ends a ticket with undecided disputes; colleagues read it, the customer does not', async () => {
  await act('claim');
  const resolved = await act('resolve', {
    ...{ resolution: 'withdrawn', text: 'As you wished.', despiteDisputes: 'he found the receipt' },
  });
  expect(resolved.body.ticket.status).toBe('resolved');
  const { timeline } = await night.ticket(number);
  expect(timeline.find(({ type }) => type === 'disputes_left_open')?.words).toBe('he found the receipt');
  const messages = await night.get<{ messages: { words: string }[] }>('zhang', `/tickets/${number}/messages`);
  expect(JSON.stringify(messages.body)).not.toContain('receipt');
});

test('H23 what the bank tells of a disputed transaction is noted once, and moves and releases nothing', async () => {
  const held = (await night.card('zhang', 'card-1')).holds;
  const { version } = await own();
  const refund = {
    ...{ transactionId: bought, cardToken: 'card-1', reversedAt: night.now(-60), kind: 'refund' },
    amount: { minor: 12_990, currency: 'USD' },
  };
  await night.bank.put('TransactionReversed', refund);
  await night.bank.put('TransactionReversed', refund);
  await night.bank.put('FraudConfirmed', {
    ...{ labelId: 'CB-9', cardToken: 'card-1', transactionId: bought, merchantId: 'M-1' },
    ...{ occurredAt: night.now(-7_200), at: night.now(-30), source: 'chargeback' },
  });
  await night.stack.settle();
  const after = await own();
  expect(after.version).toBe(version + 2);
  expect(after.disputes[0]).toMatchObject({ status: 'reported' });
  expect(after.disputes[0]?.history.map(({ by, told }) => `${by} ${told}`)).toEqual([
    ...['customer undefined', 'bank refund', 'bank fraud_confirmed'],
  ]);
  expect((await night.card('zhang', 'card-1')).holds).toEqual(held);
  expect((await night.ticket(number)).timelineIntact).toBe(true);
});

test('D7 staff see the customer’s 30 days to tick them; who read whose is logged', async () => {
  const listed = await night.get<{ transactions: { transactionId: string }[] }>(
    'agent',
    '/agent/cards/card-1/transactions',
  );
  expect(listed.body.transactions.map(({ transactionId }) => transactionId)).toContain(bought);
  expect((await night.get('teller', '/agent/cards/card-1/transactions')).status).toBe(403);
  const logged = night.stack.logs('agent-api').map(({ line }) => line);
  expect(logged.some((line) => line.includes('staff_read') && line.includes('C-zhang'))).toBe(true);
});
