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

interface Held {
  readonly card: { readonly state: string; readonly holds: readonly string[] };
  readonly ticket?: { readonly number: string };
}

test('H5 one request delivered eight times at once: one answer, given eight times', async () => {
  await night.customer('zhang', 'card-1');
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => night.post<Held>('zhang', '/cards/card-1/lost', 'press-0001')),
  );
  for (const answered of answers) expect(answered).toEqual(answers[0]);
  expect(answers[0]).toMatchObject({ status: 200, body: { card: { holds: ['lost'] } } });
  const { timeline } = await night.onlyTicket('zhang');
  expect(timeline.filter(({ type }) => type === 'lost_reported')).toHaveLength(1);
});

test('one key for two different requests at once: one is done, the other refused', async () => {
  await night.customer('zhang', 'card-1');
  const answers = await Promise.all(
    ['freeze', 'lost', 'freeze', 'lost'].map((verb) =>
      night.post<Held>('zhang', `/cards/card-1/${verb}`, 'press-0001'),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 422, 422]);
});

test('a card reported lost again under another key: no second entry, no second event', async () => {
  await night.customer('zhang', 'card-1');
  const told: unknown[] = [];
  const stopListening = night.stack.front.bus.subscribe({ 'detail-type': ['CardReportedLost'] }, (event) =>
    told.push(event),
  );
  const first = await night.post<Held>('zhang', '/cards/card-1/lost', 'press-0001');
  const again = await night.post<Held>('zhang', '/cards/card-1/lost', 'press-0002');
  stopListening();
  expect(again.body.ticket).toEqual(first.body.ticket);
  expect(told).toHaveLength(1);
  const { timeline } = await night.onlyTicket('zhang');
  expect(timeline.filter(({ type }) => type === 'lost_reported')).toHaveLength(1);
});

test('I11 the account owner reports a supplementary card lost, and is not handed the cardholder ticket', async () => {
  await night.customer('grace', 'card-own', { lastFour: '2222' });
  await night.bank.contact(people.zhang);
  await night.bank.card('card-1', people.zhang.customerId, { accountOwnerId: people.grace.customerId });
  await night.stack.settle();
  const lost = await night.post<Held>('grace', '/cards/card-1/lost', 'press-0001');
  expect(lost.body).toEqual({ card: expect.objectContaining({ holds: ['lost'] }), ticketOpened: true });
  const { ticket } = await night.onlyTicket('zhang');
  expect((await night.get('grace', `/tickets/${ticket.number}`)).status).toBe(404);
  expect((await night.get('zhang', `/tickets/${ticket.number}`)).status).toBe(200);
  // The cardholder reports it too, and is shown the ticket there is.
  const own = await night.post<Held>('zhang', '/cards/card-1/lost', 'press-0002');
  expect(own.body.ticket?.number).toBe(ticket.number);
});

test('I10 what is typed into an address is not found and not logged', async () => {
  await night.customer('zhang', 'card-1');
  const typed = ['6222021234567894', '%2B8613812345678', 'a%23b', 'x'.repeat(80), 'card-of-nobody'];
  for (const [index, part] of typed.entries()) {
    const key = `press-000${index}`;
    expect((await night.post('zhang', `/cards/${part}/freeze`, key)).status).toBe(404);
    expect((await night.get('zhang', `/cards/${part}/transactions`)).status).toBe(404);
    expect((await night.get('zhang', `/tickets/${part}`)).status).toBe(404);
    expect((await night.get('agent', `/agent/tickets/${part}`)).status).toBe(404);
    expect((await night.post('agent', `/agent/tickets/${part}/claim`, key)).status).toBe(404);
  }
  const lines = ['customer-api', 'agent-api'].flatMap((name) => night.stack.logs(name));
  const leaked = lines.filter(({ line }) => typed.some((part) => line.includes(decodeURIComponent(part))));
  expect(leaked).toEqual([]);
});

test('an agent whose token has no name goes by the user name', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  const { ticket } = await night.onlyTicket('zhang');
  const token = await night.stack.tokens.issue({
    pool: 'agents',
    subject: 'a-1',
    scopes: ['cardguard/agent'],
    claims: { username: 'wang.min' },
  });
  const claimed = await fetch(`${night.stack.url}/agent/tickets/${ticket.number}/claim`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'claim-0001' },
  });
  expect(await claimed.json()).toMatchObject({ outcome: 'claimed', ticket: { agent: 'wang.min' } });
});
