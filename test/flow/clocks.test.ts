import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ticketClockDueSchema } from '../../functions/ticket/events.ts';
import { readTables } from '../support/tables.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const payloadSchema = z.object({
  type: z.literal('TicketClockDue'),
  detail: z.record(z.string(), z.unknown()),
});

interface Clock {
  readonly leg: string;
  readonly state: string;
  readonly from: string;
  readonly dueAt?: string;
}
interface Clocked {
  readonly ticket: {
    readonly number: string;
    readonly status: string;
    readonly cycle: number;
    readonly clocks: readonly Clock[];
    readonly pastClocks: readonly { readonly cycle: number; readonly clocks: readonly Clock[] }[];
  };
  readonly timeline: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
}

const page = async (): Promise<Clocked> => {
  const { ticket } = await night.onlyTicket('zhang');
  return (await night.get<Clocked>('agent', `/agent/tickets/${ticket.number}`)).body;
};
const states = ({ ticket }: Clocked) =>
  Object.fromEntries(ticket.clocks.map(({ leg, state }) => [leg, state]));
const told = ({ timeline }: Clocked) =>
  timeline
    .filter(({ type }) => /^(clock_|on_call)/.test(type))
    .map(({ type, data }) => (data.leg === undefined ? type : `${type} ${data.leg}`));
/** The sum of a metric over everything the sweep wrote. */
const counted = (metric: string): number =>
  night.stack
    .logs('sweep-deadlines')
    .map(({ line }) => (line.startsWith('{') ? JSON.parse(line) : {}))
    .reduce((sum: number, line) => sum + (typeof line[metric] === 'number' ? line[metric] : 0), 0);

test('a P1 nobody claims pages once after ten minutes; first response warns, then breaches once', async () => {
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  expect(states(await page())).toEqual({
    ...{ ACK: 'met', FIRST_RESPONSE: 'running', PRELIMINARY: 'running', RESOLUTION: 'running' },
  });
  await night.stack.advance(11 * 60_000);
  expect(told(await page())).toEqual(['on_call_paged']);
  await night.stack.advance(36 * 60_000);
  expect(told(await page())).toEqual(['on_call_paged', 'clock_warned FIRST_RESPONSE']);
  await night.stack.advance(60 * 60_000);
  const late = await page();
  expect(told(late)).toEqual([
    'on_call_paged',
    'clock_warned FIRST_RESPONSE',
    'clock_breached FIRST_RESPONSE',
  ]);
  expect(states(late).FIRST_RESPONSE).toBe('overdue');
  expect([counted('UrgentUnclaimed'), counted('ClockWarned'), counted('ClockBreached')]).toEqual([1, 1, 1]);
  // Each went out as an event that fits its schema.
  const { cases } = await readTables(night.stack);
  const events = cases
    .flatMap(({ payload }) => payloadSchema.safeParse(payload).data ?? [])
    .map(({ detail }) =>
      ticketClockDueSchema.parse({ schemaVersion: 1, eventId: 'x', occurredAt: night.now(), ...detail }),
    );
  expect(events.map(({ news, recipient }) => [news, recipient])).toEqual([
    ['unclaimed', 'on_call'],
    ['warning', 'desk'],
    ['breach', 'supervisor'],
  ]);
});

test('the customer is told by when, on the ticket in the app', async () => {
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  const { ticket } = await page();
  const own = await night.get<{ answerBy: string; clocks: readonly Clock[] }>(
    'zhang',
    `/tickets/${ticket.number}`,
  );
  const first = own.body.clocks.find(({ leg }) => leg === 'FIRST_RESPONSE');
  expect(own.body.answerBy).toBe(first?.dueAt);
  expect(Date.parse(first?.dueAt ?? '') - Date.parse(first?.from ?? '')).toBe(3_600_000);
  // Every promise is shown, also the one that was kept at once.
  expect(own.body.clocks.find(({ leg }) => leg === 'ACK')?.state).toBe('met');
});

test('H28 a resolved ticket that a new alert brings back runs a new cycle; the old one keeps its numbers', async () => {
  await night.oddity('card-1', 'zhang');
  await night.stack.advance(20 * 60_000);
  const queued = await page();
  expect(states(queued)).toMatchObject({ FIRST_RESPONSE: 'running' });
  await night.reply('zhang', '1');
  const resolved = await page();
  expect(resolved.ticket).toMatchObject({ status: 'resolved', cycle: 1 });
  expect(states(resolved)).toMatchObject({ FIRST_RESPONSE: 'moot', PRELIMINARY: 'met', RESOLUTION: 'met' });
  await night.stack.advance(3_600_000);
  expect(told(await page())).toEqual([]);
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  const again = await page();
  expect(again.ticket).toMatchObject({ status: 'queued', cycle: 2 });
  expect(states(again)).toMatchObject({ FIRST_RESPONSE: 'running' });
  expect(again.ticket.pastClocks).toEqual([
    expect.objectContaining({ cycle: 1, clocks: resolved.ticket.clocks }),
  ]);
});

test('the queue goes by priority, then by the clock that is due next', async () => {
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  await night.stack.advance(5 * 60_000);
  await night.spree('card-2', 'grace');
  await night.reply('grace', '2');
  const cards = async () => (await night.queue()).map(({ cardToken }) => cardToken);
  expect(await cards()).toEqual(['card-1', 'card-2']);
  // A call-back is due in 30 minutes, before the other's first response.
  const grace = await night.onlyTicket('grace');
  await night.post('grace', `/tickets/${grace.ticket.number}/person`, 'press-0001', { phoneConsent: true });
  expect(await cards()).toEqual(['card-2', 'card-1']);
});
