import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { duePartitions } from '../../functions/platform/due.ts';
import type { Ticket } from '../../functions/ticket/ticket.ts';
import { priorities } from '../../functions/ticket/ticket-priority.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { createChance } from '../simulation/chance.ts';
import type { Happened } from '../ticket/kept-by-hand.ts';
import { judgeLife, type Lived } from '../ticket/month-judge.ts';
import { drawn, MONTH, timetable } from '../ticket/month-of-tickets.ts';
import { NIGHT, type Night, startNight } from './night.ts';

/** Twenty take some minutes: `npm run test:month`. */
const TICKETS = Number(process.env.CARDGUARD_STACK_MONTH ?? 2);
const END = NIGHT + MONTH;

/** No schedule fires: 44,640 sweeps of a month would find nothing. One is made whenever something falls due. */
let night: Night;
let target: Target;
beforeAll(async () => {
  night = await startNight({ schedules: false });
  target = await targetOf(night.stack);
});
afterAll(async () => {
  target?.close();
  await night?.stop();
});

interface Life extends Lived {
  readonly customer: string;
  readonly cardToken: string;
}
interface Request {
  readonly path: string;
  readonly body?: object;
}
type Act = (ticket: Ticket, priority: string) => readonly Request[];

const ofTicket = ({ number }: Ticket): string => `/agent/tickets/${number}`;
const atDesk =
  (what: string, body?: object): Act =>
  (ticket) => [{ path: `${ofTicket(ticket)}/${what}`, body }];
const byCustomer = (what: string, body: object) => ({
  path: ({ number }: Ticket): string => `/tickets/${number}/${what}`,
  body,
});

/** What staff do, as the page would ask for it; several where it takes several. */
const staffActs: Readonly<Record<string, Act>> = {
  claimed: atDesk('claim'),
  taken_over: atDesk('take-over', { reason: 'x' }),
  wrote: atDesk('messages', { text: 'x' }),
  noted: atDesk('notes', { text: 'x' }),
  connected: (ticket) => [
    { path: `${ofTicket(ticket)}/call`, body: { dial: 'by_hand' } },
    { path: `${ofTicket(ticket)}/call/connected` },
    { path: `${ofTicket(ticket)}/call/end`, body: { outcome: 'connected', seconds: 0 } },
  ],
  asked_customer: atDesk('wait', { whom: 'customer', text: 'x' }),
  asked_others: atDesk('wait', { whom: 'third_party', text: 'x' }),
  resumed: atDesk('resume'),
  handed_back: atDesk('hand-back', { note: 'x' }),
  concluded: atDesk('conclude', { finding: 'unclear', plan: 'x' }),
  resolved: atDesk('resolve', { resolution: 'explained', text: 'x', despiteDisputes: 'x' }),
  reopened: atDesk('reopen', { reason: 'x' }),
  triaged: (ticket, priority) => [
    {
      path: `${ofTicket(ticket)}/triage`,
      body: { category: ticket.category, priority, reason: 'x' },
    },
  ],
};
const customerActs = {
  person_asked: byCustomer('person', { phoneConsent: true }),
  customer_wrote: byCustomer('messages', { text: 'x' }),
} as const;
/** Every request is a ticket's: more of them end than in memory, where there are a thousand. */
const likely = [
  ...[...drawn, 'claimed', 'claimed', 'claimed', 'resolved', 'resolved', 'resolved'],
  ...['asked_customer', 'asked_customer', 'asked_others'],
];
const isOfCustomer = (what: string): what is keyof typeof customerActs => what in customerActs;

test(`D6 H28 the clocks of ${TICKETS} tickets through a month on the local stack agree with those kept by hand`, async () => {
  const chance = createChance(20_260_311);
  const rooms = roomsOn({ ...target, now: () => new Date(night.clock.now()) });
  const lives: (Life & { log: Happened[] })[] = [];
  let presses = 0;

  async function post(pool: 'agents' | 'customers', subject: string, { path, body }: Request) {
    presses += 1;
    const token = await night.stack.tokens.issue({ pool, subject, name: 'A' });
    const response = await fetch(`${night.stack.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': `month-press-${presses}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answered: unknown = await response.json();
    expect(response.status, JSON.stringify(answered)).toBeLessThan(500);
    await night.stack.settle();
    return { status: response.status, body: answered };
  }

  async function ticketOf(number: string): Promise<Ticket> {
    const found = await rooms.tickets.byNumber(number);
    if (found === undefined) throw new Error(`no ticket ${number}`);
    return found.body;
  }

  /** A report of a purchase opens it: "not mine", with its clocks at once. */
  async function open(index: number): Promise<void> {
    const [customer, cardToken] = [`C-month-${index}`, `card-month-${index}`];
    const phone = `+86138${17_000_000 + index * 13}`;
    const person = { customerId: customer, name: 'A', language: 'en', phone, subject: customer };
    await night.bank.contact(person);
    await night.bank.card(cardToken, customer);
    await night.stack.settle();
    const at = night.now(-3_600);
    const bought = await night.bank.authorise({ cardToken, cardholderId: customer, at, minor: 12_000 });
    await night.stack.settle();
    const { status, body } = await post('customers', customer, {
      ...{ path: '/reports', body: { cardToken, transactionIds: [bought] } },
    });
    expect(status).toBe(200);
    const { number } = (body as { ticket: { number: string } }).ticket;
    const openedAt = night.clock.now();
    lives[index] = {
      ...{ number, customer, cardToken, openedAt },
      log: [{ at: openedAt, what: 'not_mine' }],
    };
  }

  async function act(index: number): Promise<void> {
    const life = lives[index];
    if (life === undefined) throw new Error('an act before its ticket');
    const before = await ticketOf(life.number);
    // What comes after a week goes to the ticket that follows.
    if (before.status === 'closed') return;
    const agent = `${index}-${chance.oneIn(10) ? 'b' : 'a'}`;
    const what = chance.pick(likely);
    const priority = chance.pick(priorities);
    if (isOfCustomer(what)) {
      const { path, body } = customerActs[what];
      await post('customers', life.customer, { path: path(before), body });
    } else
      for (const request of staffActs[what]?.(before, priority) ?? []) await post('agents', agent, request);
    const after = await ticketOf(life.number);
    // A note of somebody else renews nobody's lease.
    const counts = what !== 'noted' || before.claimedBy === agent;
    if (after.seq !== before.seq && counts) life.log.push({ at: night.clock.now(), what, priority });
  }

  async function nextDue(): Promise<number> {
    const first = duePartitions.map(async (pk) => {
      const sk = { atMost: new Date(END).toISOString() };
      const { items } = await rooms.db.query({
        ...{ table: rooms.casesTable, index: 'gsi1', pk, sk, limit: 1 },
      });
      return Date.parse(String(items[0]?.gsi1sk ?? new Date(END).toISOString()));
    });
    return Math.min(...(await Promise.all(first)));
  }
  /** Sweeps whenever something falls due, until then. */
  async function passTo(moment: number): Promise<void> {
    let swept = 0;
    for (let due = await nextDue(); due < moment; due = await nextDue()) {
      if (due > night.clock.now()) swept = 0;
      await night.stack.advance(Math.max(0, due - night.clock.now()));
      await night.stack.invoke('sweep-deadlines', {});
      await night.stack.settle();
      swept += 1;
      if (swept > 20) throw new Error(`something is due at ${new Date(due).toISOString()} for ever`);
    }
    await night.stack.advance(Math.max(0, moment - night.clock.now()));
  }

  for (const { at, index, opens } of timetable(TICKETS, chance, NIGHT)) {
    await passTo(at);
    if (opens) await open(index);
    else await act(index);
  }
  await passTo(END);
  const seen = new Set<string>();
  for (const life of lives) {
    const ticket = await ticketOf(life.number);
    const timeline = await rooms.tickets.timeline(ticket.ticketId);
    for (const one of judgeLife(life, { ticket, timeline, end: END })) seen.add(one);
  }
  // A month in which nothing happens proves nothing.
  if (TICKETS >= 20)
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['met', 'missed', 'overdue', 'lease_expired', 'on_call_paged'],
        ...['customer_awaited', 'third_party_awaited', 'call_connected'],
      ]),
    );
  expect(night.refusedPermissions()).toEqual([]);
}, 1_800_000);
