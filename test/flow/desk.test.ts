import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
let number: string;
let presses = 0;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  number = (await night.onlyTicket('zhang')).ticket.number;
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const claimedShape = z.looseObject({
  ticket: z.optional(z.looseObject({ agent: z.string(), claimedAt: z.string() })),
});

interface Desk {
  readonly outcome?: string;
  readonly ticket: {
    readonly number: string;
    readonly status: string;
    readonly cycle: number;
    readonly version: number;
    readonly agentId?: string;
    readonly leaseUntil?: string;
    readonly reservedFor?: string;
    readonly clocks: readonly { readonly leg: string; readonly state: string; readonly dueAt?: string }[];
    readonly conclusion?: { readonly finding: string };
  };
  readonly type?: string;
  readonly by?: string;
}
type Who = Parameters<Night['post']>[0];

interface Reading {
  readonly mark: string;
  readonly ticket?: Desk['ticket'];
  readonly timeline?: readonly { readonly type: string; readonly words?: string }[];
  readonly timelineIntact?: boolean;
}

const press = async (who: Who, path: string, body?: object) => {
  presses += 1;
  const { status, body: answered } = await night.post<Desk>(who, path, `press-${presses}-${number}`, body);
  return { status, ...(answered as Desk) };
};
const act = (who: Who, what: string, body?: object) => press(who, `/agent/tickets/${number}/${what}`, body);
const claim = (who: Who = 'agent') => act(who, 'claim');
const clockOf = ({ ticket }: Desk, leg: string) => ticket.clocks.filter((clock) => clock.leg === leg).at(-1);
const problem = (name: string) => ({ type: `urn:cardguard:problem:${name}` });
const messages = async () =>
  (await night.get<{ messages: { from: string; words: string }[] }>('zhang', `/tickets/${number}/messages`))
    .body.messages;

test('H26 of 50 agents who claim at once one wins; 49 are told who and when', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const claims = { 'cognito:groups': ['desk-agent'] };
      const subject = `agent-${index}`;
      const token = await night.stack.tokens.issue({
        pool: 'agents',
        subject,
        name: `Agent ${index}`,
        claims,
      });
      const response = await fetch(`${night.stack.url}/agent/tickets/${number}/claim`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': `claim-${index}-once` },
      });
      return { status: response.status, body: claimedShape.parse(await response.json()) };
    }),
  );
  const won = answers.filter(({ status }) => status === 200);
  expect(won).toHaveLength(1);
  const { agent, claimedAt } = won[0]?.body.ticket ?? {};
  expect(agent).toMatch(/^Agent \d+$/);
  const lost = answers.filter(({ status }) => status === 409);
  expect(lost).toHaveLength(49);
  for (const { body } of lost)
    expect(body).toMatchObject({ ...problem('claim-taken'), by: agent, at: claimedAt });
});

describe('a ticket in hand', () => {
  test('the lease is renewed by a heartbeat; without one the ticket waits again for all', async () => {
    const { ticket } = await claim();
    expect(Date.parse(ticket.leaseUntil ?? '') - night.clock.now()).toBe(20 * 60_000);
    await night.stack.advance(15 * 60_000);
    expect(await act('agent', 'heartbeat')).toMatchObject({ status: 200 });
    expect(await act('agent2', 'heartbeat')).toMatchObject({ status: 409, ...problem('not-your-ticket') });
    await night.stack.advance(15 * 60_000);
    expect((await night.ticket(number)).ticket.status).toBe('in_progress');
    await night.stack.advance(7 * 60_000);
    const back = await night.ticket(number);
    expect(back.ticket).toMatchObject({ status: 'queued', queuedReason: 'lease_expired' });
    expect(back.timeline.at(-1)).toMatchObject({ type: 'lease_expired', data: { name: 'Li Na' } });
    expect((await claim('agent2')).status).toBe(200);
  });

  test('only who has it in hand writes to the customer; notes are for all and never reach them', async () => {
    await claim();
    const text = 'We are looking into it. My card is 4111 1111 1111 1111.';
    const refused = await act('agent2', 'messages', { text });
    expect(refused).toMatchObject({ status: 409, ...problem('not-your-ticket') });
    expect(await act('agent2', 'notes', { text: 'I know this merchant' })).toMatchObject({ status: 200 });
    const written = await act('agent', 'messages', { text });
    expect(written).toMatchObject({ status: 200, cardNumbersMasked: 1 });
    expect(clockOf(written, 'FIRST_RESPONSE')?.state).toBe('met');
    expect(await messages()).toMatchObject([
      { from: 'agent', words: expect.stringContaining('We are looking') },
    ]);
    expect(JSON.stringify(await messages())).not.toContain('4111 1111');
    const { timeline } = await night.ticket(number);
    expect(timeline.find(({ type }) => type === 'internal_note')?.words).toBe('I know this merchant');
  });

  test('taken over with a reason, handed on with a note to one colleague, who is offered it first', async () => {
    await claim();
    expect(await act('agent', 'take-over', { reason: 'mine already' })).toMatchObject({
      ...problem('nothing-to-take-over'),
    });
    const taken = await act('agent2', 'take-over', { reason: 'she went home' });
    expect(taken.ticket).toMatchObject({ agentId: 'agent-wang', status: 'in_progress' });
    const note = 'the merchant has to be called';
    expect(await act('agent', 'hand-back', { note })).toMatchObject(problem('not-your-ticket'));
    const handed = await act('agent2', 'hand-back', { note, to: 'agent-li' });
    expect(handed.ticket).toMatchObject({ status: 'queued', reservedFor: 'agent-li' });
    expect(await press('agent2', '/agent/queue/next')).toMatchObject({ outcome: 'nothing_waits' });
    expect(await press('agent', '/agent/queue/next')).toMatchObject({
      outcome: 'claimed',
      ticket: { number },
    });
    const { timeline } = await night.ticket(number);
    expect(timeline.find(({ type }) => type === 'ticket_taken_over')).toMatchObject({
      data: { from: 'agent-li', fromName: 'Li Na', name: 'Wang Fang' },
      words: 'she went home',
    });
    expect(timeline.find(({ type }) => type === 'ticket_handed_back')?.words).toBe(note);
    const mine = await night.get<{ tickets: Desk['ticket'][] }>('agent', '/agent/mine');
    expect(mine.body.tickets).toMatchObject([{ number }]);
  });

  test('what was handed to somebody who does not come is for everybody after ten minutes', async () => {
    await claim();
    await act('agent', 'hand-back', { note: 'for Wu', to: 'agent-wu' });
    expect(await press('agent2', '/agent/queue/next')).toMatchObject({ outcome: 'nothing_waits' });
    await night.stack.advance(10 * 60_000);
    expect(await press('agent2', '/agent/queue/next')).toMatchObject({ outcome: 'claimed' });
  });

  test('D6 H27 waits for the customer, who answers on another channel: the same ticket goes on, its clocks too', async () => {
    await claim();
    const asked = await act('agent', 'wait', { whom: 'customer', text: 'Please send us the receipt.' });
    expect(asked.ticket.status).toBe('awaiting_customer');
    expect(clockOf(asked, 'RESOLUTION')).toMatchObject({ state: 'paused' });
    await night.stack.advance(3_600_000);
    // Asked in the app and by e-mail; the answer comes by text.
    await night.reply('zhang', 'I lost the receipt in the taxi');
    const { ticket } = (await night.get<Desk>('agent', `/agent/tickets/${number}`)).body;
    expect(ticket).toMatchObject({ number, status: 'in_progress', agentId: 'agent-li' });
    expect(clockOf({ ticket }, 'RESOLUTION')).toMatchObject({ state: 'running' });
    expect(clockOf({ ticket }, 'NEXT_RESPONSE')).toMatchObject({ state: 'running' });
  });

  test('D10 wanted and concluded are texted within the budget of three, not in the quiet of the night (I5)', async () => {
    await claim();
    const before = night.texts('zhang').length;
    await act('agent', 'wait', { whom: 'customer', text: 'Please send us the receipt.' });
    await act('agent', 'resume');
    await act('agent', 'conclude', { finding: 'unclear', plan: 'We ask the merchant.' });
    const told = night.texts('zhang').slice(before);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(new RegExp(`工单${number}：待您补充（版本\\d+，.*请打开App查看。`));
    expect(told[1]).toMatch(new RegExp(`工单${number}：已有初步结论（版本\\d+，`));
    await act('agent', 'wait', { whom: 'customer', text: 'The order number, please.' });
    expect(night.texts('zhang')).toHaveLength(before + 2);
  });

  test('news of a ticket waits for nobody who wants quiet: app and e-mail tell it', async () => {
    await night.post('zhang', '/preferences', 'desk-quiet-1', {
      ...{ texts: true, calls: true, quiet: { from: '22:00', to: '07:00' } },
    });
    await claim();
    const before = night.texts('zhang').length;
    await act('agent', 'wait', { whom: 'customer', text: 'Please send us the receipt.' });
    expect(night.texts('zhang')).toHaveLength(before);
  });

  test('D6 concluded with a plan the customer reads; the desk’s word becomes the label; resolved; reopened in a new cycle', async () => {
    await claim();
    expect(await act('agent2', 'conclude', { finding: 'fraud', plan: 'x' })).toMatchObject(
      problem('not-your-ticket'),
    );
    const plan = 'It was fraud. You get a new card in three days and the money within ten.';
    const unknown = { finding: 'fraud', plan, transactionIds: ['T-of-nobody'] };
    expect(await act('agent', 'conclude', unknown)).toMatchObject(problem('no-such-transaction'));
    const concluded = await act('agent', 'conclude', { finding: 'fraud', plan });
    expect(concluded.ticket).toMatchObject({ status: 'concluded', conclusion: { finding: 'fraud' } });
    expect(clockOf(concluded, 'PRELIMINARY')?.state).toBe('met');
    expect(await messages()).toMatchObject([{ from: 'agent', words: plan }]);
    const after = await night.ticket(number);
    expect(after.timeline.map(({ type }) => type)).toContain('fraud_confirmed');
    const resolved = await act('agent', 'resolve', { resolution: 'refunded', text: 'The money is back.' });
    expect(resolved.ticket.status).toBe('resolved');
    const own = await night.get<{ status: string; resolution: string }>('zhang', `/tickets/${number}`);
    expect(own.body).toMatchObject({ status: 'resolved', resolution: 'refunded' });
    const again = await act('agent2', 'reopen', { reason: 'another charge of theirs' });
    expect(again.ticket).toMatchObject({ status: 'queued', cycle: 2 });
    expect(clockOf(again, 'FIRST_RESPONSE')?.state).toBe('running');
    expect(await night.onlyTicket('zhang')).toMatchObject({ timelineIntact: true });
  });

  test('triage by a person may lower what the machine raised', async () => {
    const body = { category: 'dispute', priority: 'P3', reason: 'he only wants the invoice' };
    const { ticket, status } = await act('agent', 'triage', body);
    expect(status).toBe(200);
    expect(ticket).toMatchObject({ category: 'dispute', priority: 'P3' });
  });

  test('the announced call is answered: first response stops while they speak', async () => {
    await claim();
    await act('agent', 'call');
    const spoken = await act('agent', 'call/connected');
    expect(clockOf(spoken, 'FIRST_RESPONSE')?.state).toBe('met');
    expect(await act('agent', 'call/connected')).toMatchObject(problem('no-call'));
    expect(await act('agent', 'call/end', { outcome: 'connected', seconds: 120 })).toMatchObject({
      status: 200,
    });
  });
});

describe('for a customer who calls', () => {
  interface Found {
    readonly tickets: readonly { readonly number: string }[];
    readonly cards: readonly {
      readonly cardToken: string;
      readonly lastFour: string;
      readonly state: string;
    }[];
  }
  const search = async (who: Who, body: object) => {
    presses += 1;
    return (await night.post<Found>(who, '/agent/search', `search-${presses}`, body)) as {
      status: number;
      body: Found;
    };
  };

  test('found by ticket number, phone, or last four digits and day; who looked is logged, the number is not', async () => {
    const phone = people.zhang.phone;
    expect((await search('agent', { number })).body.tickets).toMatchObject([{ number }]);
    const byPhone = (await search('teller', { phone })).body;
    expect(byPhone.tickets).toMatchObject([{ number }]);
    expect(byPhone.cards).toMatchObject([{ cardToken: 'card-1' }]);
    const day = night.now().slice(0, 10);
    expect((await search('agent', { lastFour: '4417', day })).body.tickets).toMatchObject([{ number }]);
    expect((await search('agent', { lastFour: '4417', day: '2026-01-01' })).body.tickets).toEqual([]);
    expect((await search('agent', { phone: '+8613900000000' })).body).toMatchObject({
      tickets: [],
      cards: [],
    });
    expect(await search('agent', { phone: '+999123456' })).toMatchObject({ status: 422 });
    const lines = night.stack.logs('agent-api').map(({ line }) => line);
    expect(lines.some((line) => line.includes('staff_read') && line.includes('teller-qin'))).toBe(true);
    expect(lines.some((line) => line.includes(phone.slice(-8)))).toBe(false);
  });

  test('an open page is told that nothing is new, and is logged only where it is shown something', async () => {
    const path = `/agent/tickets/${number}`;
    const logged = (event: string) =>
      night.stack
        .logs('agent-api')
        .filter(
          ({ line }) => line.includes(`"${event}"`) && line.includes('teller-qin') && line.includes(number),
        ).length;
    const first = (await night.get<Reading>('teller', path)).body;
    const customer = { name: '张伟', language: 'zh-CN' };
    expect(first).toMatchObject({ ticket: { number }, customer, timelineIntact: true });
    for (let poll = 0; poll < 5; poll += 1) {
      const { status, body } = await night.get<Reading>('teller', `${path}?since=${first.mark}`);
      expect([status, Object.keys(body).sort()]).toEqual([200, ['asOf', 'mark']]);
    }
    expect([logged('ticket_read'), logged('staff_read')]).toEqual([1, 1]);
    // A note changes nothing its customer sees; it is news all the same.
    await claim();
    await act('agent', 'notes', { text: 'I know this merchant' });
    const news = (await night.get<Reading>('teller', `${path}?since=${first.mark}`)).body;
    expect(news.timeline?.at(-1)).toMatchObject({ type: 'internal_note', words: 'I know this merchant' });
    // So is a clock that runs out while nobody does anything, and what time alone does not change is none.
    await night.stack.advance(60_000);
    const quiet = (await night.get<Reading>('teller', `${path}?since=${news.mark}`)).body;
    expect(quiet.ticket).toBeUndefined();
    await night.stack.advance(3 * 3_600_000);
    expect((await night.get<Reading>('teller', `${path}?since=${news.mark}`)).body.ticket).toBeDefined();
    expect([logged('ticket_read'), logged('staff_read')]).toEqual([3, 3]);
    expect((await night.get('teller', `${path}?since=x`)).status).toBe(400);
  });

  test('D3 D5 a teller freezes for the cardholder, whose own proof lifts it again; more a teller may not', async () => {
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    const body = { identifiedBy: 'document' };
    const frozen = await night.post<{ card: { holds: string[] } }>(
      'teller',
      '/agent/cards/card-2/freeze',
      'counter-1',
      body,
    );
    expect(frozen).toMatchObject({ status: 200, body: { card: { holds: ['customer'] } } });
    expect(await night.card('grace', 'card-2')).toMatchObject({ state: 'frozen' });
    expect(await act('teller', 'claim')).toMatchObject({ status: 403, ...problem('not-permitted') });
    expect(await press('teller', '/agent/cards/no-such-card/freeze', body)).toMatchObject({ status: 404 });
  });

  test('D2 a report by phone is the same ticket as one in the app', async () => {
    const transactionId = await night.bank.authorise({
      cardToken: 'card-1',
      cardholderId: people.zhang.customerId,
      at: night.now(-60),
      minor: 12_000,
    });
    await night.stack.settle();
    const told = await press('agent', '/agent/cards/card-1/report', { transactionIds: [transactionId] });
    expect(told).toMatchObject({ status: 200, ticket: { number } });
    const { timeline } = await night.ticket(number);
    expect(timeline.find(({ type }) => type === 'transactions_reported')).toMatchObject({
      data: { channel: 'desk', transactionIds: [transactionId] },
    });
    const lost = await press('agent', '/agent/cards/card-1/lost', { identifiedBy: 'questions' });
    expect(lost).toMatchObject({ status: 200, ticket: { number } });
  });
});

test('an agent has eight tickets in work at most', async () => {
  for (let card = 2; card <= 9; card += 1) {
    await night.customer('zhang', `card-${card}`, { lastFour: `000${card}` });
    await night.spree(`card-${card}`, 'zhang');
  }
  await night.reply('zhang', '2');
  for (let taken = 0; taken < 8; taken += 1)
    expect(await press('agent', '/agent/queue/next')).toMatchObject({ outcome: 'claimed' });
  expect(await press('agent', '/agent/queue/next')).toMatchObject({ status: 409, ...problem('at-capacity') });
  const me = await night.get<{ inWork: number; roles: string[] }>('agent', '/agent/me');
  expect(me.body).toMatchObject({ inWork: 8, roles: ['desk-agent'] });
  const board = await night.get<{ inHand: unknown[]; waiting: unknown[]; agents: unknown[] }>(
    'supervisor',
    '/agent/board',
  );
  expect(board.body).toMatchObject({ agents: [{ id: 'agent-li', inWork: 8 }] });
  expect(board.body.inHand).toHaveLength(8);
  expect(board.body.waiting).toHaveLength(1);

  const { colleagues } = (await night.get<{ colleagues: unknown[] }>('agent2', '/agent/colleagues')).body;
  expect(colleagues).toMatchObject([{ id: 'agent-li', inWork: 8, waitingForOthers: 0 }]);
  expect((await night.get<object>('agent', '/agent/colleagues')).body).toMatchObject({ colleagues: [] });

  // Nor one more by taking over, or by going on with one that waited.
  const full = { status: 409, ...problem('at-capacity') };
  const other = await night.post<{ ticket: { number: string } }>('agent2', '/agent/queue/next', 'next-0009');
  const overTo = `/agent/tickets/${other.body.ticket.number}/take-over`;
  expect(await press('agent', overTo, { reason: 'Knows it' })).toMatchObject(full);
  const { tickets } = (await night.get<{ tickets: { number: string }[] }>('agent', '/agent/mine')).body;
  const rests = `/agent/tickets/${tickets[0]?.number}`;
  expect(await press('agent', `${rests}/wait`, { whom: 'third_party', text: 'Merchant' })).toMatchObject({
    status: 200,
  });
  expect(await press('agent', overTo, { reason: 'Knows it' })).toMatchObject({ status: 200 });
  expect(await press('agent', `${rests}/resume`)).toMatchObject(full);
});
