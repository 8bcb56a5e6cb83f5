import { beforeEach, expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { claim } from '../../functions/ticket/claim.ts';
import { createCountQueue } from '../../functions/ticket/count-queue.ts';
import { heldPlace } from '../../functions/ticket/desk-places.ts';
import { createDayOf } from '../../functions/ticket/issuer-day.ts';
import { createKpiEventStore } from '../../functions/ticket/kpi-event-store.ts';
import { createReadBoard } from '../../functions/ticket/read-board.ts';
import { createMeasureTickets, createReadKpis } from '../../functions/ticket/read-kpis.ts';
import { moved, newTicket, queued, type Ticket } from '../../functions/ticket/ticket.ts';
import type { Priority } from '../../functions/ticket/ticket-priority.ts';
import { createMemoryDatabase, type DatabaseCall } from '../support/memory-database.ts';

const NIGHT = Date.parse('2026-03-10T15:40:00.000Z');
const MINUTE = 60_000;
let calls: DatabaseCall[];
let present: number;
let ids: number;
const now = () => new Date(present);

/** A desk on plain memory, with small pages, so that who forgets the next page is found out. */
function desk() {
  calls = [];
  present = NIGHT;
  ids = 0;
  const db = createMemoryDatabase({
    tables: {
      cards: { indexes: ['gsi1', 'gsi2'], stream: false },
      cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: false },
    },
    newId: () => {
      ids += 1;
      return `write-${ids}`;
    },
    now,
    pageItems: 40,
    gate: (call, moment) => {
      if (moment === 'before') calls.push(call);
      return undefined;
    },
  });
  return roomsOn({ db, now, cardsTable: 'cards', casesTable: 'cases', newSalt: () => `salt-${ids}` });
}
let rooms: ReturnType<typeof desk>;
beforeEach(() => {
  rooms = desk();
});
const count = (kind: DatabaseCall['kind']) => calls.filter((call) => call.kind === kind).length;

const entries = [{ type: 'customer_answered', by: 'customer:C', data: {} }] as const;
async function save(ticket: Ticket): Promise<Ticket> {
  await rooms.db.commit<unknown>(rooms.tickets.save(undefined, ticket, { now: now(), entries }));
  const saved = await rooms.tickets.itself(ticket.ticketId);
  if (saved === undefined) throw new Error('not saved');
  return saved;
}
async function change(ticketId: string, how: (ticket: Ticket, at: string) => Ticket): Promise<void> {
  const before = await rooms.tickets.get(ticketId);
  if (before === undefined) throw new Error('no such ticket');
  const after = how(before.body, now().toISOString());
  await rooms.db.commit<unknown>(rooms.tickets.save(before, after, { now: now(), entries }));
}

/** A ticket that has been waiting for so long. */
async function waiting(priority: Priority, minutesAgo: number): Promise<Ticket> {
  ids += 1;
  const at = new Date(NIGHT - minutesAgo * MINUTE).toISOString();
  const base = newTicket({
    ...{ ticketId: `t-${ids}`, number: `FR-${ids}`, category: 'suspected_fraud', priority },
    ...{ customerId: `C-${ids}`, cardToken: `card-${ids}`, at },
  });
  const ticket = queued(base, { priority, reason: 'not_mine', at });
  if (ticket === undefined) throw new Error('does not wait');
  return save(ticket);
}
async function inHands(agentId: string, status: 'in_progress' | 'awaiting_third_party', minutesAgo = 10) {
  const { ticketId } = await waiting('P2', minutesAgo);
  await change(ticketId, (ticket, at) => {
    const claimed = claim(ticket, { id: agentId, name: `Agent ${agentId}` }, at);
    if (claimed.outcome !== 'claimed') throw new Error('not claimed');
    const moving = status === 'in_progress' ? claimed.ticket : moved(claimed.ticket, status, at);
    if (moving === undefined) throw new Error('not moved');
    return moving;
  });
  return ticketId;
}

/** Longer than any list: 260 of P1, 40 of P2; the first twenty of P1 are over their hour. */
async function longQueue(): Promise<void> {
  for (let place = 0; place < 260; place += 1) await waiting('P1', place < 20 ? 90 : 30);
  for (let place = 0; place < 40; place += 1) await waiting('P2', 5);
}

test('a board counts all that wait and all that are in hand, and lists the first of them', async () => {
  await longQueue();
  for (let place = 0; place < 60; place += 1) await inHands('li', 'awaiting_third_party');
  for (let place = 0; place < 3; place += 1) await inHands('li', 'in_progress');
  const late = await inHands('wang', 'in_progress', 120);
  const { readBoard } = createReadBoard(rooms);
  calls = [];
  const { waiting: listed, inHand, figures, more } = await readBoard();
  expect(figures).toEqual({
    ...{ waitingTotal: 300, inHandTotal: 64, overdue: 21 },
    byPriority: { P1: 260, P2: 40, P3: 0, P4: 0 },
    agents: [
      { id: 'li', name: 'Agent li', inWork: 3, waitingForOthers: 60 },
      { id: 'wang', name: 'Agent wang', inWork: 1, waitingForOthers: 0 },
    ],
  });
  expect(more).toBe(false);
  expect(listed).toHaveLength(50);
  expect(inHand).toHaveLength(50);
  expect(inHand[0]?.ticketId).toBe(late);
  // Lists are read: 50 of each of four partitions, and 50 in hand. What is only counted is not.
  expect(count('get')).toBeLessThanOrEqual(250);
});

test('D4 the 301st is told so, and asking again and again reads the queue once in three seconds', async () => {
  await longQueue();
  const last = await waiting('P3', 60);
  const { positionOf, total } = createCountQueue(rooms);
  calls = [];
  expect(await positionOf(last)).toBe(301);
  const read = count('query');
  expect(read).toBeGreaterThan(0);
  for (let poll = 0; poll < 20; poll += 1) expect(await positionOf(last)).toBe(301);
  expect(await total()).toEqual({ total: 301, more: false });
  expect(count('query')).toBe(read);
  expect(count('get')).toBe(0);
  // Somebody who is new in the queue is counted at once; what changed for others, three seconds later.
  const urgent = await waiting('P1', 200);
  expect(await positionOf(urgent)).toBe(1);
  expect(await positionOf(last)).toBe(302);
  await change(urgent.ticketId, (ticket, at) => moved(ticket, 'in_progress', at) ?? ticket);
  expect(await positionOf(last)).toBe(302);
  present += 3_000;
  expect(await positionOf(last)).toBe(301);
});

test('the place is the one of the list agents see', async () => {
  for (const [priority, minutes] of [
    ['P2', 5],
    ['P1', 9],
    ['P1', 3],
    ['P2', 5],
    ['P1', 9],
  ] as const)
    await waiting(priority, minutes);
  const { positionOf } = createCountQueue(rooms);
  const listed = await rooms.tickets.queue();
  expect(await Promise.all(listed.map(positionOf))).toEqual([1, 2, 3, 4, 5]);
});

test('a place that an index is a moment behind on is the one it is about to be', async () => {
  await longQueue();
  const { positionOf } = createCountQueue(rooms);
  const at = new Date(NIGHT - 30 * MINUTE).toISOString();
  const base = newTicket({
    ...{ ticketId: 'zz', number: 'FR-ZZ', category: 'suspected_fraud', priority: 'P1' },
    ...{ customerId: 'C', cardToken: 'card', at },
  });
  const ticket = queued(base, { priority: 'P1', reason: 'not_mine', at });
  // Not saved, so in no index; without clocks its place is when it was opened, and there the twenty late ones stand.
  expect(ticket && (await positionOf(ticket))).toBe(21);
});

test('an item of the index that is older than what places say counts as in work', async () => {
  const ticketId = await inHands('li', 'awaiting_third_party');
  const item = await rooms.db.get('cases', { pk: `TICKET#${ticketId}`, sk: 'META' });
  const { heldPlaces } = rooms.tickets;
  expect((await heldPlaces()).places).toMatchObject([{ agentId: 'li', status: 'awaiting_third_party' }]);
  expect(heldPlace({ ...item, gsi2sk: 'li#2026-03-10T15:40:00.000Z' })).toEqual({
    ...{ ticketId, agentId: 'li', status: undefined, dueAt: undefined },
  });
});

const days = { from: '2026-03-10', to: '2026-03-10' };
const measuring = () => ({
  ...rooms,
  events: createKpiEventStore(rooms),
  dayOf: createDayOf('Asia/Shanghai'),
});

test('K1 figures take in all that wait, list every unanswered one by age, and say what was left out', async () => {
  await longQueue();
  const { unanswered, more, total } = await createReadKpis(measuring())(days);
  expect(total.tickets).toBe(300);
  // 300 are unanswered; the list has its end, and says so.
  expect(unanswered).toHaveLength(200);
  expect(unanswered[0]?.ageSeconds).toBe(90 * 60);
  expect(more).toBe(true);
  const measure = createMeasureTickets(measuring());
  const all = await measure(days, 1_000);
  expect(all.unanswered).toHaveLength(300);
  expect(all.unmeasured).toBe(0);
  const some = await measure(days, 100);
  expect(some.measures).toHaveLength(100);
  expect(some.unmeasured).toBe(200);
});

test('of tickets that are over the latest are measured, not the oldest', async () => {
  const opened = await Promise.all(
    Array.from({ length: 30 }, (_, index) => waiting('P3', 30 - index).then(({ ticketId }) => ticketId)),
  );
  for (const ticketId of opened) {
    present += 1_000;
    await change(ticketId, (ticket, at) => {
      const working = moved(ticket, 'in_progress', at) ?? ticket;
      return { ...(moved(working, 'resolved', at) ?? working), resolvedAt: at };
    });
  }
  const { measures, unmeasured } = await createMeasureTickets(measuring())(days, 10);
  const numbers = await Promise.all(
    opened.slice(20).map(async (ticketId) => (await rooms.tickets.itself(ticketId))?.number),
  );
  expect(measures.map(({ number }) => number).sort()).toEqual(numbers.sort());
  expect(unmeasured).toBe(20);
});
