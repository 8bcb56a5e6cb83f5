import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Night, startNight } from './night.ts';

/** What becomes of a resolved ticket when days pass. No schedule fires here: each test sweeps when it says so. */
let night: Night;
let number: string;
let presses = 0;
beforeAll(async () => {
  night = await startNight({ schedules: false });
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  number = (await night.onlyTicket('zhang')).ticket.number;
  await press('agent', `/agent/tickets/${number}/claim`);
  await press('agent', `/agent/tickets/${number}/resolve`, { resolution: 'explained', text: 'All is well.' });
});
afterEach(() => expect(night.refusedPermissions()).toEqual([]));

interface Ticket {
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly cycle?: number;
  readonly links?: {
    readonly follows?: string;
    readonly followedBy?: string;
    readonly mergedFrom?: string[];
  };
}
type Who = Parameters<Night['post']>[0];
const press = (who: Who, path: string, body?: object) => {
  presses += 1;
  return night.post<{ type?: string; ticket: Ticket } & Ticket>(who, path, `closing-${presses}`, body);
};
const own = async (of: string) => (await night.get<Ticket>('zhang', `/tickets/${of}`)).body;
const problem = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });
const DAY_MS = 86_400_000;
const passed = async (ms: number) => {
  await night.stack.advance(ms);
  await night.stack.invoke('sweep-deadlines', {});
  await night.stack.settle();
};

test('seven days after it was resolved it closes; what the customer says then opens one that follows it', async () => {
  const { version } = await own(number);
  await passed(7 * DAY_MS - 60_000);
  expect(await own(number)).toMatchObject({ status: 'resolved' });
  await passed(60_000);
  expect(await own(number)).toMatchObject({ status: 'closed', version: version + 1 });
  const page = await night.ticket(number);
  expect(page).toMatchObject({ timelineIntact: true });
  expect(page.timeline.at(-1)).toMatchObject({ type: 'ticket_closed' });
  expect(await press('agent', `/agent/tickets/${number}/reopen`, { reason: 'not over' })).toMatchObject(
    problem('wrong-status'),
  );
  const { body } = await press('zhang', `/tickets/${number}/messages`, { text: 'It came again.' });
  const follower = body.ticket.number;
  expect(follower).not.toBe(number);
  expect(await own(follower)).toMatchObject({ status: 'queued', links: { follows: number } });
  expect(await own(number)).toMatchObject({ status: 'closed', links: { followedBy: follower } });
  // Said again: the same one, not a third.
  const again = await press('zhang', `/tickets/${number}/person`, { phoneConsent: true });
  expect(again.body.number).toBe(follower);
});

test('a new alert of the card within seven days brings it back in a new cycle, and it closes no more', async () => {
  await passed(6 * DAY_MS);
  await night.spree('card-1', 'zhang', { transactionId: 'T-again' });
  expect(await own(number)).toMatchObject({ status: 'awaiting_reply' });
  await passed(2 * DAY_MS);
  expect((await own(number)).status).toBe('queued');
  expect((await night.get<{ tickets: Ticket[] }>('zhang', '/tickets')).body.tickets).toHaveLength(1);
});

test('later it opens another, linked both ways; the earlier one, reopened in between, becomes part of it (I6)', async () => {
  await night.stack.advance(7 * DAY_MS + 60_000);
  await night.spree('card-1', 'zhang', { transactionId: 'T-later' });
  const { tickets } = (await night.get<{ tickets: Ticket[] }>('zhang', '/tickets')).body;
  const follower = tickets.find((ticket) => ticket.number !== number)?.number ?? '';
  expect(await own(follower)).toMatchObject({ status: 'awaiting_reply', links: { follows: number } });
  expect(await own(number)).toMatchObject({ status: 'resolved', links: { followedBy: follower } });
  // The sweep has not come by yet, and somebody reopens the earlier one.
  const { body } = await press('agent', `/agent/tickets/${number}/reopen`, { reason: 'not over' });
  expect(body.ticket).toMatchObject({ number: follower });
  expect(await own(number)).toMatchObject({ status: 'merged' });
  expect((await own(follower)).links?.mergedFrom).toEqual([number]);
  for (const one of [number, follower]) expect((await night.ticket(one)).timelineIntact).toBe(true);
});
