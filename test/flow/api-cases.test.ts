import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

interface AlertPage {
  readonly alertId: string;
  readonly ticketNumber: string;
  readonly status: string;
  readonly held: boolean;
  readonly maySay: readonly string[];
  readonly transactionCount: number;
  readonly transactions: readonly {
    readonly transactionId: string;
    readonly merchant: { readonly name: string };
    readonly reasons: readonly { readonly words: { readonly 'zh-CN': string; readonly en: string } }[];
  }[];
}
interface Answered {
  readonly effect: string;
  readonly verificationNeeded: boolean;
  readonly card: { readonly state: string; readonly holds: readonly string[] };
  readonly ticket: { readonly number: string; readonly status: string };
}
interface Ticket {
  readonly number: string;
  readonly status: string;
  readonly position?: number;
  readonly answerBy?: string;
  readonly personAskedAt?: string;
  readonly wanted?: string;
  readonly disputes: readonly { readonly transactionId: string; readonly status: string }[];
}
interface Reported {
  readonly card: { readonly state: string; readonly holds: readonly string[] };
  readonly ticket: Ticket;
}
interface Problem {
  readonly type: string;
  readonly errors?: readonly { readonly path: string; readonly code: string }[];
}

const alerts = async () => (await night.get<{ alerts: AlertPage[] }>('zhang', '/alerts')).body.alerts;
const onlyAlert = async (): Promise<AlertPage> => {
  const [only, ...others] = await alerts();
  if (only === undefined || others.length > 0) throw new Error(`${others.length + 1} alerts`);
  return only;
};
const answer = async (body: object, key = 'press-0001') =>
  night.post<Answered>('zhang', `/alerts/${(await onlyAlert()).alertId}/answer`, key, body);
const purchase = () =>
  night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: people.zhang.customerId,
    at: night.now(-60),
    minor: 12_000,
  });
const report = (body: object, key = 'press-0001') =>
  night.post<Reported & Problem>('zhang', '/reports', key, { cardToken: 'card-1', ...body });

describe('alerts in the app', () => {
  test('the question with its transactions, reasons in both languages, and what may be answered', async () => {
    await night.customer('zhang', 'card-1');
    const transactionId = await night.spree('card-1', 'zhang');
    const alert = await onlyAlert();
    const { ticket } = await night.onlyTicket('zhang');
    expect(alert).toMatchObject({ status: 'open', held: true, ticketNumber: ticket.number });
    expect(alert.maySay).toEqual(['mine', 'not_mine']);
    expect(alert.transactions).toMatchObject([{ transactionId, merchant: { name: 'BIT*COIN XCHG' } }]);
    const [reason] = alert.transactions[0]?.reasons ?? [];
    expect(reason?.words['zh-CN']).toMatch(/\p{Script=Han}/u);
    expect(reason?.words.en).toMatch(/[a-z]{3}/);
    expect((await night.get<{ alerts: AlertPage[] }>('grace', '/alerts')).status).toBe(403);
  });

  test('D2 H27 not mine in the app holds, and is the same ticket a text would have moved', async () => {
    await night.customer('zhang', 'card-1');
    await night.oddity('card-1', 'zhang');
    const { ticket } = await night.onlyTicket('zhang');
    const { status, body } = await answer({ says: 'not_mine' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ effect: 'fraud', verificationNeeded: false });
    expect(body.ticket).toMatchObject({ number: ticket.number, status: 'queued' });
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'not_mine' }]);
    const { timeline } = await night.ticket(ticket.number);
    const said = timeline.filter(({ type }) => type === 'customer_answered');
    expect(said).toMatchObject([{ data: { channel: 'app', says: 'not_mine' } }]);
    expect((await onlyAlert()).maySay).toEqual([]);
    // The app answers itself: no text is spent on it.
    expect(night.texts('zhang')).toHaveLength(1);
  });

  test('mine on a mere alert settles it; on a frozen card it claims and asks for verification', async () => {
    await night.customer('zhang', 'card-1');
    await night.oddity('card-1', 'zhang');
    const settled = await answer({ says: 'mine', transactionCount: 1 });
    expect(settled.body).toMatchObject({ effect: 'genuine', ticket: { status: 'resolved' } });
    await night.begin();
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    const claimed = await answer({ says: 'mine', transactionCount: 1 });
    expect(claimed.body).toMatchObject({ effect: 'claimed', verificationNeeded: true });
    expect(claimed.body.card.holds).toEqual(['fraud']);
    expect((await onlyAlert()).status).toBe('claimed_genuine');
  });

  test('mine covers what the app showed: a transaction that joined since is asked about', async () => {
    await night.customer('zhang', 'card-1');
    await night.oddity('card-1', 'zhang');
    await night.oddity('card-1', 'zhang');
    const { status, body } = await answer({ says: 'mine', transactionCount: 1 });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { type: 'urn:cardguard:problem:alert-changed' },
    });
    expect((await onlyAlert()).status).toBe('open');
    const all = await answer({ says: 'mine', transactionCount: 2 }, 'press-0002');
    expect(all.body.effect).toBe('genuine');
  });

  test('H5 one answer delivered eight times at once is one answer', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    const { alertId, ticketNumber } = await onlyAlert();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        night.post<Answered>('zhang', `/alerts/${alertId}/answer`, 'press-0001', { says: 'not_mine' }),
      ),
    );
    for (const one of answers) expect(one).toEqual(answers[0]);
    const { timeline } = await night.ticket(ticketNumber);
    expect(timeline.filter(({ type }) => type === 'customer_answered')).toHaveLength(1);
  });
});

describe('transactions that are not theirs', () => {
  test('D7 D14 ticked without any alert: card held, one ticket at P1, a list of what is disputed', async () => {
    await night.customer('zhang', 'card-1');
    const transactionId = await purchase();
    await night.stack.settle();
    const { status, body } = await report({ transactionIds: [transactionId], wanted: 'refund' });
    expect(status).toBe(200);
    expect(body.card.holds).toEqual(['fraud']);
    expect(body.ticket).toMatchObject({ status: 'queued', wanted: 'refund' });
    expect(body.ticket.disputes).toMatchObject([{ transactionId, status: 'reported' }]);
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen' });
    expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'transactions_reported' }]);
    // Answered before it could ask: nobody is texted a question about it.
    expect(night.texts('zhang')).toEqual([]);
    expect(await onlyAlert()).toMatchObject({ status: 'settled_fraud', maySay: [] });
  });

  test('reported again under another key: the same ticket, nothing twice; further ones join it', async () => {
    await night.customer('zhang', 'card-1');
    const [first, second] = [await purchase(), await purchase()];
    await night.stack.settle();
    const before = await report({ transactionIds: [first] });
    const again = await report({ transactionIds: [first, first] }, 'press-0002');
    expect(again.body).toEqual((await report({ transactionIds: [first, first] }, 'press-0002')).body);
    expect(again.body.ticket.disputes).toEqual(before.body.ticket.disputes);
    const more = await report({ transactionIds: [second] }, 'press-0003');
    expect(more.body.ticket.number).toBe(before.body.ticket.number);
    expect(more.body.ticket.disputes.map((one) => one.transactionId)).toEqual([first, second]);
    const { timeline, timelineIntact } = await night.onlyTicket('zhang');
    expect(timeline.filter(({ type }) => type === 'transactions_reported')).toHaveLength(2);
    expect(timelineIntact).toBe(true);
  });

  test('D2 a report that names what an alert asks about is its NO, on its ticket', async () => {
    await night.customer('zhang', 'card-1');
    const suspicious = await night.oddity('card-1', 'zhang');
    const { ticketNumber } = await onlyAlert();
    const { body } = await report({ transactionIds: [suspicious] });
    expect(body.ticket).toMatchObject({ number: ticketNumber, status: 'queued' });
    expect(await onlyAlert()).toMatchObject({ status: 'settled_fraud', held: true });
  });

  test('beside an open question about another purchase: held and P1, and the question stays open', async () => {
    await night.customer('zhang', 'card-1');
    const other = await purchase();
    await night.oddity('card-1', 'zhang');
    const { body } = await report({ transactionIds: [other] });
    expect(body.card.holds).toEqual(['fraud']);
    const both = await alerts();
    // Both may be opened in one millisecond: their order says nothing.
    expect(both).toHaveLength(2);
    expect(both).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ status: 'settled_fraud', held: true }),
        expect.objectContaining({ status: 'open' }),
      ]),
    );
    expect(await night.queue()).toMatchObject([{ priority: 'P1' }]);
  });

  test('a NO by report wins over an earlier YES', async () => {
    await night.customer('zhang', 'card-1');
    const suspicious = await night.oddity('card-1', 'zhang');
    await answer({ says: 'mine', transactionCount: 1 });
    const { body } = await report({ transactionIds: [suspicious] }, 'press-0002');
    expect(body.card.holds).toEqual(['fraud']);
    expect(await onlyAlert()).toMatchObject({ status: 'settled_fraud' });
    expect((await night.queue())[0]).toMatchObject({ priority: 'P1' });
  });

  test('what is not of this card is not found, and holds nothing', async () => {
    await night.customer('zhang', 'card-1');
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    const foreign = await night.bank.authorise({
      cardToken: 'card-2',
      cardholderId: people.grace.customerId,
      at: night.now(-60),
    });
    await night.stack.settle();
    expect((await report({ transactionIds: [foreign] })).status).toBe(404);
    const ofGrace = { cardToken: 'card-2', transactionIds: [foreign] };
    expect((await night.post('zhang', '/reports', 'press-0002', ofGrace)).status).toBe(404);
    expect((await night.card('zhang', 'card-1')).holds).toEqual([]);
    expect((await night.card('grace', 'card-2')).holds).toEqual([]);
  });
});

describe('asking for a person, and writing', () => {
  const read = async (number: string) => (await night.get<Ticket>('zhang', `/tickets/${number}`)).body;

  test('D8 a person is asked for: queued with its place and time, once however often', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    const { ticketNumber } = await onlyAlert();
    const path = `/tickets/${ticketNumber}/person`;
    const asked = await night.post<Ticket>('zhang', path, 'press-0001', { phoneConsent: true });
    expect(asked.body).toMatchObject({ status: 'queued', personAskedAt: expect.any(String) });
    const again = await night.post<Ticket>('zhang', path, 'press-0002', { phoneConsent: true });
    expect(again.body).toEqual(asked.body);
    const { timeline } = await night.ticket(ticketNumber);
    expect(timeline.filter(({ type }) => type === 'person_asked')).toHaveLength(1);
    expect(await read(ticketNumber)).toMatchObject({ position: 1, answerBy: expect.any(String) });
  });

  test('D4 the place in the queue is the one agents see, and the time an hour from the report', async () => {
    await night.customer('zhang', 'card-1');
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    await night.spree('card-2', 'grace');
    await night.reply('grace', '2');
    await night.oddity('card-1', 'zhang');
    const { ticketNumber } = await onlyAlert();
    const path = `/tickets/${ticketNumber}/person`;
    await night.post('zhang', path, 'press-0001', { phoneConsent: false });
    const ticket = await read(ticketNumber);
    expect(ticket.position).toBe(2);
    const hour = Date.parse(ticket.answerBy ?? '') - Date.parse(ticket.personAskedAt ?? '');
    expect(hour).toBe(3_600_000);
  });

  test('D8 H15 what the customer writes is kept masked, beside the journal, and starts the answer clock', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    const { ticketNumber } = await onlyAlert();
    const path = `/tickets/${ticketNumber}/messages`;
    const text = 'Card 4111 1111 1111 1111, I never was in Lagos';
    const written = await night.post<{ cardNumbersMasked: number }>('zhang', path, 'press-0001', { text });
    expect(written.body.cardNumbersMasked).toBe(1);
    await night.post('zhang', path, 'press-0002', { text: '请尽快联系我' });
    interface Messages {
      readonly messages: readonly { readonly from: string; readonly words: string; readonly seq: number }[];
      readonly next?: string;
    }
    const first = (await night.get<Messages>('zhang', `${path}?limit=1`)).body;
    expect(first.messages).toMatchObject([
      { from: 'customer', words: 'Card ••••1111, I never was in Lagos' },
    ]);
    const second = (await night.get<Messages>('zhang', `${path}?limit=1&after=${first.next}`)).body;
    expect(second.messages).toMatchObject([{ words: '请尽快联系我' }]);
    expect(second.next).toBeUndefined();
    const { cases } = await readTables(night.stack);
    expect(JSON.stringify(cases)).not.toContain('4111');
    const entries = cases.filter(({ type }) => type === 'customer_message');
    expect(entries).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toContain('Lagos');
    expect((await night.ticket(ticketNumber)).timelineIntact).toBe(true);
  });

  test('a message to a resolved ticket brings it back to a person', async () => {
    await night.customer('zhang', 'card-1');
    await night.oddity('card-1', 'zhang');
    const { ticketNumber } = await onlyAlert();
    await answer({ says: 'mine', transactionCount: 1 });
    expect((await read(ticketNumber)).status).toBe('resolved');
    await night.post('zhang', `/tickets/${ticketNumber}/messages`, 'press-0002', { text: 'wait' });
    expect((await read(ticketNumber)).status).toBe('queued');
  });
});

test('a request that is not right says where and how, and repeats nothing of it', async () => {
  await night.customer('zhang', 'card-1');
  const typed = { cardToken: '6222021234567894', transactionIds: [], secret: '13812345678' };
  const { status, body } = await night.post<Problem>('zhang', '/reports', 'press-0001', typed);
  expect(status).toBe(400);
  expect(body.errors).toEqual(
    expect.arrayContaining([
      { path: 'body.cardToken', code: 'custom' },
      { path: 'body.transactionIds', code: 'too_small' },
      { path: 'body', code: 'unknown_field' },
    ]),
  );
  expect(JSON.stringify(body)).not.toMatch(/6222|138123|secret/);
  const large = await night.post<Problem>('zhang', '/fake-calls', 'press-0002', { text: 'x'.repeat(20_000) });
  expect(large.status).toBe(413);
});
