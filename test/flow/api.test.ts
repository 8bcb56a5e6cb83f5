import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Problem {
  readonly type: string;
  readonly status: number;
}
interface Held {
  readonly card: { readonly state: string; readonly holds: readonly string[] };
  readonly ticket?: { readonly number: string };
}

test('a customer freezes a card: held at once, frozen when the issuer confirms, no ticket needed', async () => {
  await night.customer('zhang', 'card-1');
  const { status, body } = await night.post<Held>('zhang', '/cards/card-1/freeze', 'press-0001');
  expect(status).toBe(200);
  expect(body.card).toMatchObject({ state: 'freezing', holds: ['customer'] });
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['customer'] });
  expect((await night.get<{ tickets: unknown[] }>('zhang', '/tickets')).body.tickets).toEqual([]);
});

test('the same Idempotency-Key gives the same answer; for another request it is refused', async () => {
  await night.customer('zhang', 'card-1');
  const first = await night.post<Held>('zhang', '/cards/card-1/freeze', 'press-0001');
  const again = await night.post<Held>('zhang', '/cards/card-1/freeze', 'press-0001');
  expect(again).toEqual(first);
  const other = await night.post<Problem>('zhang', '/cards/card-1/lost', 'press-0001');
  expect(other.status).toBe(422);
  const none = await night.post<Problem>('zhang', '/cards/card-1/freeze');
  expect(none).toMatchObject({ status: 400, body: { type: 'urn:cardguard:problem:idempotency-key' } });
});

test('D2 a lost card continues the incident that is open, and opens a ticket where there is none', async () => {
  await night.customer('zhang', 'card-1');
  await night.customer('zhang', 'card-2', { lastFour: '2222' });
  await night.spree('card-1', 'zhang');
  const { ticket } = await night.onlyTicket('zhang');
  const lost = await night.post<Held>('zhang', '/cards/card-1/lost', 'press-0001');
  expect(lost.body.ticket?.number).toBe(ticket.number);
  expect(lost.body.card.holds).toEqual(['fraud', 'lost']);
  const other = await night.post<Held>('zhang', '/cards/card-2/lost', 'press-0002');
  expect(other.body.ticket?.number).not.toBe(ticket.number);
  expect(await night.queue()).toMatchObject([{ priority: 'P2' }, { priority: 'P2' }]);
  const repeated = await night.post<Held>('zhang', '/cards/card-2/lost', 'press-0003');
  expect(repeated.body.ticket?.number).toBe(other.body.ticket?.number);
});

test('H16 a fraud answer leaves the customer own hold alone, and the other way round', async () => {
  await night.customer('zhang', 'card-1');
  await night.post('zhang', '/cards/card-1/freeze', 'press-0001');
  await night.oddity('card-1', 'zhang');
  await night.reply('zhang', '1');
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['customer'] });
});

describe('I11 nobody reaches what belongs to somebody else', () => {
  beforeEach(async () => {
    await night.customer('zhang', 'card-1');
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    await night.spree('card-1', 'zhang');
  });

  test.each(['/cards/card-1/transactions', '/tickets/NUMBER'])(
    'GET %s as another customer is not found',
    async (path) => {
      const { ticket } = await night.onlyTicket('zhang');
      const foreign = await night.get<Problem>('grace', path.replace('NUMBER', ticket.number));
      expect(foreign).toMatchObject({ status: 404, body: { type: 'urn:cardguard:problem:not-found' } });
    },
  );

  test.each(['freeze', 'lost'])(
    'POST %s as another customer is not found and holds nothing',
    async (verb) => {
      const before = await night.card('zhang', 'card-1');
      expect(await night.post('grace', `/cards/card-1/${verb}`, 'press-0001')).toMatchObject({ status: 404 });
      expect(await night.card('zhang', 'card-1')).toEqual(before);
    },
  );

  test('a customer token opens no agent route, an agent token no customer route', async () => {
    expect((await night.get('grace', '/agent/queue')).status).toBe(401);
    expect((await night.get('agent', '/cards')).status).toBe(401);
    expect((await fetch(`${night.stack.url}/cards`)).status).toBe(401);
  });

  test('a valid log-in that stands for no customer is told so', async () => {
    const token = await night.stack.tokens.issue({
      pool: 'customers',
      subject: 'nobody',
      scopes: ['cardguard/customer'],
    });
    const answered = await fetch(`${night.stack.url}/cards`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answered.status).toBe(403);
    expect(await answered.json()).toMatchObject({ type: 'urn:cardguard:problem:unknown-customer' });
  });
});

test('D7 the list shows 30 days, latest first, page by page, with final amounts once posted', async () => {
  await night.customer('zhang', 'card-1');
  const old = new Date(night.clock.now() - 31 * 86_400_000).toISOString();
  await night.bank.authorise({ cardToken: 'card-1', cardholderId: people.zhang.customerId, at: old });
  const abroad = await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: people.zhang.customerId,
    at: night.now(-60),
    over: {
      amount: { minor: 1_000, currency: 'USD' },
      billing: { minor: 7_200, currency: 'CNY', rate: '7.2' },
      entryMode: 'ecommerce',
    },
  });
  await night.bank.put('TransactionPosted', {
    transactionId: abroad,
    cardToken: 'card-1',
    postedAt: night.now(-1),
    amount: { minor: 1_000, currency: 'USD' },
    billing: { minor: 7_250, currency: 'CNY', rate: '7.25', feeMinor: 109 },
  });
  await night.stack.settle();
  interface Page {
    readonly transactions: readonly { readonly transactionId: string; readonly pending: boolean }[];
    readonly next?: string;
  }
  const first = (await night.get<Page>('zhang', '/cards/card-1/transactions?limit=4')).body;
  expect(first.transactions[0]).toMatchObject({
    transactionId: abroad,
    crossBorder: true,
    pending: false,
    amount: { minor: 1_000, currency: 'USD' },
    billing: { minor: 7_250, rate: '7.25', feeMinor: 109 },
  });
  const rest = (await night.get<Page>('zhang', `/cards/card-1/transactions?limit=4&after=${first.next}`))
    .body;
  expect([...first.transactions, ...rest.transactions]).toHaveLength(6);
  expect(rest.next).toBeUndefined();
  expect((await night.get('zhang', '/cards/card-1/transactions?limit=0')).status).toBe(400);
});

test('H26 of many agents claiming one ticket exactly one wins; the others are told who and when', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  const { ticket } = await night.onlyTicket('zhang');
  const claims = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const name = `Agent ${index}`;
      const token = await night.stack.tokens.issue({
        pool: 'agents',
        subject: `a-${index}`,
        name,
        scopes: ['cardguard/agent'],
      });
      const response = await fetch(`${night.stack.url}/agent/tickets/${ticket.number}/claim`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': `claim-of-${index}` },
      });
      return {
        status: response.status,
        name,
        body: (await response.json()) as { outcome: string; by?: string; at?: string },
      };
    }),
  );
  const [winner, ...others] = claims.filter(({ status }) => status === 200);
  expect(others).toEqual([]);
  const losers = claims.filter(({ status }) => status === 409);
  expect(losers).toHaveLength(7);
  for (const { body } of losers)
    expect(body).toMatchObject({ outcome: 'taken', by: winner?.name, at: expect.any(String) });
  const page = await night.ticket(ticket.number);
  expect(page.ticket).toMatchObject({ status: 'in_progress' });
  expect(page.timeline.filter(({ type }) => type === 'ticket_claimed')).toHaveLength(1);
  const seen = await night.get<{ wording: { en: string }; agent: string }>(
    'zhang',
    `/tickets/${ticket.number}`,
  );
  expect(seen.body).toMatchObject({ wording: { en: 'In progress', 'zh-CN': '处理中' }, agent: winner?.name });
});

test('the queue is ordered by priority, then by who has waited longest', async () => {
  await night.customer('zhang', 'card-1');
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  await night.oddity('card-2', 'grace');
  await night.stack.advance(16 * 60_000);
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  expect((await night.queue()).map(({ priority }) => priority)).toEqual(['P1', 'P3']);
});
