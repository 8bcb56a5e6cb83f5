import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Night, startNight } from './night.ts';

/** Two tickets of one customer become one; a resolved one closes by itself; a closed one is followed (D2, I6). */
let night: Night;
let source: string;
let target: string;
let presses = 0;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
  await night.customer('zhang', 'card-2', { lastFour: '2222' });
  await night.spree('card-1', 'zhang');
  await night.spree('card-2', 'zhang');
  target = await numberOf('card-1');
  source = await numberOf('card-2');
});
afterEach(() => expect(night.refusedPermissions()).toEqual([]));

interface Ticket {
  readonly number: string;
  readonly cardToken: string;
  readonly status: string;
  readonly priority: string;
  readonly version: number;
  readonly alertId?: string;
  readonly links?: {
    readonly mergedInto?: { readonly number: string; readonly status: string };
    readonly mergedFrom?: readonly string[];
    readonly follows?: string;
    readonly followedBy?: string;
  };
  readonly clocks: readonly { readonly leg: string; readonly state: string; readonly from: string }[];
  readonly disputes?: readonly { readonly transactionId: string; readonly cardToken?: string }[];
}
interface Answer {
  readonly type?: string;
  readonly ticket: Ticket;
  readonly into: Ticket;
}
type Who = Parameters<Night['post']>[0];

const press = <Body = Answer>(who: Who, path: string, body?: object) => {
  presses += 1;
  return night.post<Body>(who, path, `merge-press-${presses}`, body);
};
const ownTickets = async () => (await night.get<{ tickets: Ticket[] }>('zhang', '/tickets')).body.tickets;
const numberOf = async (card: string) =>
  (await ownTickets()).find(({ cardToken }) => cardToken === card)?.number ?? '';
const own = async (number: string) => (await night.get<Ticket>('zhang', `/tickets/${number}`)).body;
const atDesk = async (number: string) =>
  (await night.get<{ ticket: Ticket }>('agent', `/agent/tickets/${number}`)).body.ticket;
const problem = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });
const merge = (from: string, into: string, who: Who = 'supervisor') =>
  press(who, `/agent/tickets/${from}/merge`, { into, reason: 'one thief, two cards' });
const open = ({ status }: Ticket) => !['resolved', 'closed', 'merged'].includes(status);
const clock = (ticket: Ticket, leg: string) => ticket.clocks.find((one) => one.leg === leg);

test('D2 merged: closed everywhere with the number it goes on in; its alert, disputes and promises go on there', async () => {
  await night.reply('zhang', '2 2222');
  const before = await atDesk(source);
  expect(before).toMatchObject({ status: 'queued', priority: 'P1' });
  const merged = await merge(source, target);
  expect(merged).toMatchObject({
    status: 200,
    body: { ticket: { status: 'merged' }, into: { number: target, priority: 'P1', status: 'queued' } },
  });
  expect(
    merged.body.ticket.clocks.filter(({ state }) => ['running', 'paused', 'overdue'].includes(state)),
  ).toEqual([]);
  // What was promised there is promised here, from when it was promised.
  const after = await own(target);
  expect(clock(after, 'FIRST_RESPONSE')?.from).toBe(clock(before, 'FIRST_RESPONSE')?.from);
  expect(after.links?.mergedFrom).toEqual([source]);
  expect(await own(source)).toMatchObject({
    status: 'merged',
    links: { mergedInto: { number: target, status: 'queued' } },
  });
  // The status by text, asked by the other card's digits.
  await night.reply('zhang', '进度 2222');
  expect(night.texts('zhang').at(-1)).toContain(target);
  // A further purchase of that card, and a report of it, come to the one ticket (I6).
  await night.stack.advance(60_000);
  const more = await night.spree('card-2', 'zhang', { transactionId: 'T-later' });
  const reported = await press<{ ticket: Ticket }>('zhang', '/reports', {
    ...{ cardToken: 'card-2', transactionIds: [more] },
  });
  expect(reported.body.ticket).toMatchObject({
    number: target,
    disputes: [{ transactionId: more, cardToken: 'card-2' }],
  });
  expect((await ownTickets()).filter(open).map(({ number }) => number)).toEqual([target]);
  for (const number of [source, target]) expect((await night.ticket(number)).timelineIntact).toBe(true);
  expect((await night.ticket(target)).timeline.map(({ type }) => type)).toContain('ticket_joined');
  expect((await night.ticket(source)).timeline.at(-1)).toMatchObject({
    type: 'ticket_merged',
    data: { into: target },
  });
});

test('an answer to the alert of a merged ticket moves the one it goes on in', async () => {
  await merge(source, target);
  await night.reply('zhang', '2 2222');
  expect(await atDesk(target)).toMatchObject({ status: 'queued', priority: 'P1' });
  expect((await night.ticket(source)).timeline.at(-1)).toMatchObject({ type: 'ticket_merged' });
  expect((await night.card('zhang', 'card-2')).holds).toEqual(['fraud']);
});

test('who may merge: an agent with the one in hand and the other in nobody else’s, or a supervisor', async () => {
  expect(await merge(source, target, 'agent')).toMatchObject(problem('not-your-ticket'));
  await press('agent', `/agent/tickets/${source}/claim`);
  await press('agent2', `/agent/tickets/${target}/claim`);
  expect(await merge(source, target, 'agent')).toMatchObject(problem('not-your-ticket'));
  expect(await merge(source, source)).toMatchObject(problem('cannot-merge'));
  await night.customer('grace', 'card-3', { lastFour: '3333' });
  await night.spree('card-3', 'grace');
  const foreign = (await night.onlyTicket('grace')).ticket.number;
  expect(await merge(source, foreign)).toMatchObject(problem('cannot-merge'));
  expect(await merge(source, 'FR-00000000')).toMatchObject({ status: 404 });
  await press('agent', `/agent/tickets/${source}/call`);
  expect(await merge(source, target)).toMatchObject(problem('call-announced'));
  await press('agent', `/agent/tickets/${source}/call/end`, { outcome: 'busy', seconds: 0 });
  expect((await merge(source, target)).status).toBe(200);
  expect(await merge(source, target)).toMatchObject(problem('wrong-status'));
});

describe('at the same moment', () => {
  test('merge and a message: the message is on the ticket that goes on, or joins it unanswered (I12)', async () => {
    const [merged, written] = await Promise.all([
      merge(source, target),
      press<{ ticket: Ticket }>('zhang', `/tickets/${source}/messages`, { text: 'Is anybody there?' }),
    ]);
    expect([merged.status, written.status]).toEqual([200, 200]);
    expect(clock(await own(target), 'NEXT_RESPONSE')?.state).toBe('running');
    expect(await own(source)).toMatchObject({ status: 'merged' });
  });

  test('merge and a claim: nobody holds a ticket that is no more', async () => {
    const [merged, claimed] = await Promise.all([
      merge(source, target),
      press('agent2', `/agent/tickets/${source}/claim`),
    ]);
    expect(merged.status).toBe(200);
    expect([200, 409]).toContain(claimed.status);
    expect(await atDesk(source)).toMatchObject({ status: 'merged' });
    const mine = await night.get<{ tickets: Ticket[] }>('agent2', '/agent/mine');
    expect(mine.body.tickets.filter(open)).toEqual([]);
  });

  test('two merges that cross: one happens', async () => {
    const both = await Promise.all([merge(source, target), merge(target, source)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await ownTickets()).filter(open)).toHaveLength(1);
  });
});

describe('over', () => {
  const resolve = async (number: string) => {
    await press('agent', `/agent/tickets/${number}/claim`);
    await press('agent', `/agent/tickets/${number}/resolve`, {
      resolution: 'explained',
      text: 'All is well.',
    });
  };

  test('a resolved ticket goes on in the one that its card has by now, when it is reopened', async () => {
    await resolve(source);
    // The incident of its card is the other ticket’s: as where the two were one for a while.
    await merge(source, target);
    expect(await press('agent', `/agent/tickets/${source}/reopen`, { reason: 'not over' })).toMatchObject(
      problem('wrong-status'),
    );
    // What the customer says to the old number is said to the ticket that goes on.
    const written = await press<{ ticket: Ticket }>('zhang', `/tickets/${source}/messages`, {
      text: 'And now?',
    });
    expect(written.body.ticket.number).toBe(target);
  });
});
