import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { parseEntry } from '../../functions/platform/journal.ts';
import { createChangeTicket } from '../../functions/ticket/change-ticket.ts';
import { createClaimTicket } from '../../functions/ticket/claim-ticket.ts';
import { createContinueTicket } from '../../functions/ticket/continue-ticket.ts';
import { withCustomerMessage } from '../../functions/ticket/conversation.ts';
import { resolve } from '../../functions/ticket/desk-acts.ts';
import { disputesOf, withReported } from '../../functions/ticket/dispute.ts';
import { disputeStatuses } from '../../functions/ticket/dispute-states.ts';
import { createIncidentGuards } from '../../functions/ticket/incident-guard-store.ts';
import { createMergeTickets } from '../../functions/ticket/merge-tickets.ts';
import { moveDispute } from '../../functions/ticket/move-dispute.ts';
import { createReopenTicket } from '../../functions/ticket/reopen-ticket.ts';
import { createSweepTicket } from '../../functions/ticket/sweep-ticket.ts';
import {
  cardsOf,
  continuesIncident,
  isOver,
  newTicket,
  queued,
  shown,
  type Ticket,
} from '../../functions/ticket/ticket.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const CARDS = ['card-0', 'card-1', 'card-2'] as const;
const DAY_MS = 86_400_000;
const agent = { id: 'li', name: 'Li Na' };
const together = () => [];

/** A customer with three cards at a desk, by the real stores and use cases in memory. */
function desk() {
  let present = Date.parse('2026-03-10T15:40:00.000Z');
  let ids = 0;
  const now = () => new Date(present);
  const next = (): number => {
    ids += 1;
    return ids;
  };
  const newId = () => `id-${next()}`;
  const newTicketNumber = () => `FR-${next().toString().padStart(8, '0')}`;
  const db = createMemoryDatabase({
    tables: {
      cards: { indexes: ['gsi1', 'gsi2'], stream: false },
      cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: false },
    },
    ...{ newId, now },
  });
  const rooms = roomsOn({ ...{ db, now }, cardsTable: 'cards', casesTable: 'cases', newSalt: newId });
  const changeTicket = createChangeTicket(rooms);
  const mergeTickets = createMergeTickets({ ...rooms, guards: createIncidentGuards(rooms) });
  const numbers: string[] = [];

  /** A report, as the use case of reports makes it: on the card's ticket, or on a new one. */
  async function report(cardToken: string): Promise<string> {
    const at = now().toISOString();
    const latest = await rooms.tickets.ofIncident('C', cardToken);
    const before = latest && continuesIncident(latest.body, at) ? latest : undefined;
    const base =
      before?.body ??
      newTicket({
        ...{ ticketId: newId(), number: newTicketNumber(), category: 'suspected_fraud', priority: 'P1' },
        ...{ customerId: 'C', cardToken, at, follows: latest?.body.ticketId },
      });
    const transactionId = newId();
    const waits = queued(base, { priority: 'P1', reason: 'transactions_reported', at }) ?? base;
    const known = disputesOf(waits);
    const { disputes } = withReported(known, [{ transactionId }], { at, by: 'customer' });
    const ticket: Ticket = { ...shown(waits, at), disputes: [...disputes] };
    const entries = [{ type: 'transactions_reported' as const, by: 'customer:C', data: { channel: 'app' } }];
    const saved = await db.commit<unknown>(rooms.tickets.save(before, ticket, { now: now(), entries }));
    expect(saved).toEqual({ outcome: 'done' });
    if (before === undefined) numbers.push(ticket.number);
    return transactionId;
  }

  return {
    ...{ rooms, db, numbers, report, changeTicket, mergeTickets },
    claim: createClaimTicket(rooms),
    reopen: createReopenTicket({ ...rooms, changeTicket, mergeTickets }),
    continueTicket: createContinueTicket({ ...rooms, changeTicket, newId, newTicketNumber }),
    sweep: createSweepTicket(rooms),
    pass: (ms: number) => {
      present += ms;
    },
    ofNumber: async (number: string) => {
      const ticket = await rooms.tickets.byNumber(number);
      if (ticket === undefined) throw new Error(`no ticket ${number}`);
      return ticket.body;
    },
  };
}
type Desk = ReturnType<typeof desk>;

const merge = (at: Desk, number: string, into: string) =>
  at.mergeTickets({ ...{ number, into, by: agent, supervises: true, words: 'one thief' }, together });

const command = fc.oneof(
  fc.record({ what: fc.constant('report' as const), card: fc.integer({ min: 0, max: 2 }) }),
  fc.record({
    what: fc.constantFrom('claim', 'resolve', 'reopen', 'write' as const),
    ticket: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({ what: fc.constant('pass' as const), days: fc.constantFrom(0.1, 3, 8), sweeps: fc.boolean() }),
  fc.record({
    what: fc.constant('merge' as const),
    ticket: fc.integer({ min: 0, max: 9 }),
    into: fc.integer({ min: 0, max: 9 }),
    crossing: fc.boolean(),
  }),
  fc.record({
    what: fc.constant('move' as const),
    ticket: fc.integer({ min: 0, max: 9 }),
    dispute: fc.integer({ min: 0, max: 4 }),
    to: fc.constantFrom(...disputeStatuses),
  }),
);

async function run(
  at: Desk,
  one: typeof command extends fc.Arbitrary<infer C> ? C : never,
  told: Set<string>,
) {
  const pick = (index: number) => at.numbers[index % Math.max(1, at.numbers.length)];
  switch (one.what) {
    case 'report':
      told.add(await at.report(CARDS[one.card] ?? 'card-0'));
      return;
    case 'pass':
      at.pass(one.days * DAY_MS);
      if (one.sweeps) for (const number of at.numbers) await at.sweep((await at.ofNumber(number)).ticketId);
      return;
    case 'merge': {
      const [from, into] = [pick(one.ticket), pick(one.into)];
      if (from === undefined || into === undefined) return;
      const both = one.crossing ? [merge(at, from, into), merge(at, into, from)] : [merge(at, from, into)];
      const merged = await Promise.all(both);
      expect(merged.filter(({ outcome }) => outcome === 'merged').length).toBeLessThanOrEqual(1);
      return;
    }
    case 'move': {
      const number = pick(one.ticket);
      if (number === undefined) return;
      const before = await at.ofNumber(number);
      const transactionId = disputesOf(before)[one.dispute]?.transactionId ?? 'none';
      const step = { transactionId, to: one.to, amount: { minor: 1, currency: 'CNY' }, reference: 'CB-1' };
      const moved = await at.changeTicket({
        ...{ number, mayChange: () => true, together },
        change: (ticket, moment) =>
          moveDispute(ticket, { ...step, cause: 'too_late', agent, at: moment, words: 'told' }),
      });
      const after = await at.ofNumber(number);
      expect(after.version - before.version).toBe(moved.outcome === 'done' ? 1 : 0);
      return;
    }
    default:
      return worked(at, one.what, pick(one.ticket));
  }
}

async function worked(at: Desk, what: 'claim' | 'resolve' | 'reopen' | 'write', number: string | undefined) {
  if (number === undefined) return;
  if (what === 'claim') await at.claim(number, agent);
  else if (what === 'reopen') await at.reopen({ ...{ number, agent, words: 'again', together } });
  else if (what === 'resolve')
    await at.changeTicket({
      ...{ number, mayChange: () => true, together },
      change: (ticket, moment) =>
        resolve(ticket, { agent, at: moment, words: 'x', resolution: 'explained', despiteDisputes: 'known' }),
    });
  else {
    const written = await at.continueTicket<never>({
      ...{ number, mayChange: () => true, together },
      change: (ticket, moment) => ({
        ticket: withCustomerMessage(ticket, moment),
        entries: [{ type: 'customer_message', by: 'customer:C', data: { channel: 'app' }, words: 'hello' }],
      }),
    });
    // Whatever number it is said to, it is heard (I12).
    expect(written.outcome).toBe('done');
    if (written.outcome === 'done' && !at.numbers.includes(written.ticket.number))
      at.numbers.push(written.ticket.number);
  }
}

/** I6, D2, D9, D11: what must be true whatever was done. */
async function check(at: Desk, told: ReadonlySet<string>, versions: Map<string, number>) {
  const all = await Promise.all(at.numbers.map(at.ofNumber));
  for (const cardToken of CARDS) {
    const open = all.filter((ticket) => !isOver(ticket) && cardsOf(ticket).includes(cardToken));
    expect(open.length).toBeLessThanOrEqual(1);
    const latest = await at.rooms.tickets.ofIncident('C', cardToken);
    expect(latest?.body.status).not.toBe('merged');
    if (open[0] !== undefined) expect(latest?.body.number).toBe(open[0].number);
  }
  const going = all.filter(({ status }) => status !== 'merged');
  const disputed = going.flatMap((ticket) => disputesOf(ticket).map(({ transactionId }) => transactionId));
  expect(disputed.sort()).toEqual([...told].sort());
  for (const ticket of all) {
    const { entries, intact } = await at.rooms.tickets.timeline(ticket.ticketId);
    expect(intact).toBe(true);
    expect(ticket.version).toBeGreaterThanOrEqual(versions.get(ticket.number) ?? 0);
    versions.set(ticket.number, ticket.version);
    if (ticket.status !== 'merged') continue;
    expect(entries.map(parseEntry).at(-1)).toMatchObject({ type: 'ticket_merged' });
    expect(ticket.clocks?.runs.filter(({ until }) => until === undefined)).toEqual([]);
    expect((await at.rooms.tickets.get(ticket.ticketId))?.body.status).not.toBe('merged');
  }
}

test('I6 D9 any reports, steps, merges and reopenings: one open ticket of a card, nothing reported is lost', async () => {
  let merges = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
      const at = desk();
      const told = new Set<string>();
      const versions = new Map<string, number>();
      for (const one of commands) {
        await run(at, one, told);
        await check(at, told, versions);
      }
      for (const number of at.numbers) if ((await at.ofNumber(number)).status === 'merged') merges += 1;
    }),
    { numRuns: 150, seed: 20_260_310 },
  );
  // Runs in which nothing is merged prove nothing.
  expect(merges).toBeGreaterThan(20);
}, 300_000);

test('what was promised on the ticket that ends is promised on the one that goes on, from when it was', async () => {
  const at = desk();
  await at.report('card-0');
  at.pass(40 * 60_000);
  await at.report('card-1');
  const [earlier = '', later = ''] = at.numbers;
  const since = (await at.ofNumber(earlier)).responseDueFrom;
  expect((await merge(at, earlier, later)).outcome).toBe('merged');
  const { clocks } = await at.ofNumber(later);
  expect(clocks?.runs.find(({ leg }) => leg === 'FIRST_RESPONSE')).toMatchObject({
    from: since,
  });
});
