import { roomsOn } from '../../functions/handlers/rooms.ts';
import { duePartitions, findDue } from '../../functions/platform/due.ts';
import { createAnnounceCall } from '../../functions/ticket/announce-call.ts';
import { createChangeTicket, type TicketOrder } from '../../functions/ticket/change-ticket.ts';
import type { Agent } from '../../functions/ticket/claim.ts';
import { createClaimTicket } from '../../functions/ticket/claim-ticket.ts';
import { createConnectCall } from '../../functions/ticket/connect-call.ts';
import { withCustomerMessage, withPersonAsked } from '../../functions/ticket/conversation.ts';
import * as desk from '../../functions/ticket/desk-acts.ts';
import { createEndCall } from '../../functions/ticket/end-call.ts';
import type { EntryType } from '../../functions/ticket/entry-types.ts';
import { createSweepTicket } from '../../functions/ticket/sweep-ticket.ts';
import { newTicket, queued, type Ticket } from '../../functions/ticket/ticket.ts';
import { priorities } from '../../functions/ticket/ticket-priority.ts';
import type { Chance } from '../simulation/chance.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';
import type { Lived } from './month-judge.ts';

const DAY = 86_400_000;
const BEGIN = Date.parse('2026-03-01T00:00:00.000Z');
export const MONTH = 31 * DAY;
export const END = BEGIN + MONTH;

type Change = TicketOrder<string>['change'];

/** So many tickets through a month, from due time to due time, by the real stores, use cases and sweep in memory. */
export async function liveThroughMonth({ count, chance }: { count: number; chance: Chance }) {
  let present = BEGIN;
  const now = () => new Date(present);
  const newId = () => chance.text(22, 'abcdefghijklmnopqrstuvwxyz0123456789');
  const db = createMemoryDatabase({
    tables: {
      cards: { indexes: ['gsi1', 'gsi2'], stream: false },
      cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: false },
    },
    newId,
    now,
  });
  const rooms = roomsOn({ db, now, cardsTable: 'cards', casesTable: 'cases', newSalt: newId });
  const changeTicket = createChangeTicket(rooms);
  const claimTicket = createClaimTicket(rooms);
  const announce = createAnnounceCall({ changeTicket, newId, newCode: () => 'ABC123' });
  const connect = createConnectCall({ changeTicket });
  const endCall = createEndCall({ changeTicket });
  const sweepTicket = createSweepTicket(rooms);
  const together = () => [];

  const change = async (number: string, how: Change): Promise<boolean> => {
    const before = (await rooms.tickets.byNumber(number))?.body.seq;
    const { outcome } = await changeTicket<string>({
      ...{ number, mayChange: () => true, together },
      // What comes after a week goes to the ticket that follows.
      change: (ticket, at) => (ticket.status === 'closed' ? { ticket, entries: [] } : how(ticket, at)),
    });
    const after = (await rooms.tickets.byNumber(number))?.body.seq;
    return outcome === 'done' && before !== after;
  };
  const byCustomer = (type: EntryType) => ({ type, by: 'customer:C', data: { channel: 'app' } });

  /** Each act; whether it took place. Every ticket has two agents of its own, so that nobody has too many. */
  const acts: Readonly<Record<string, (number: string, agent: Agent, priority: string) => Promise<boolean>>> =
    {
      accepted: (number) =>
        change(number, (ticket) => ({
          ticket,
          entries: [{ type: 'text_accepted', by: 'system', data: {} }],
        })),
      not_mine: (number) =>
        change(number, (ticket, at) => ({
          ticket: queued(ticket, { priority: 'P1', reason: 'not_mine', at }) ?? ticket,
          entries: [byCustomer('customer_answered')],
        })),
      person_asked: (number) =>
        change(number, (ticket, at) => {
          const after = withPersonAsked(ticket, { phoneConsent: true, at });
          return after === undefined
            ? { ticket, entries: [] }
            : { ticket: after, entries: [byCustomer('person_asked')] };
        }),
      customer_wrote: (number) =>
        change(number, (ticket, at) => ({
          ticket: withCustomerMessage(ticket, at),
          entries: [byCustomer('customer_message')],
        })),
      claimed: async (number, agent) => (await claimTicket(number, agent)).outcome === 'claimed',
      taken_over: (number, agent) =>
        change(number, (ticket, at) => desk.takeOver(ticket, { agent, at, words: 'x' })),
      wrote: (number, agent) =>
        change(number, (ticket, at) => desk.writeToCustomer(ticket, { agent, at, words: 'x' })),
      noted: async (number, agent) => {
        const isTheirs = (await rooms.tickets.byNumber(number))?.body.claimedBy === agent.id;
        const noted = await change(number, (ticket, at) => desk.addNote(ticket, { agent, at, words: 'x' }));
        // A note of somebody else renews nobody's lease.
        return noted && isTheirs;
      },
      connected: async (number, agent) => {
        const announced = await announce({ number, agent, together });
        if (announced.outcome !== 'done') return false;
        const { outcome } = await connect({ number, agent, together });
        const how = { outcome: 'connected', seconds: 0 } as const;
        await endCall({ number, agentId: agent.id, ...how, together });
        return outcome === 'done';
      },
      asked_customer: (number, agent) =>
        change(number, (ticket, at) => desk.waitFor(ticket, { agent, at, words: 'x', whom: 'customer' })),
      asked_others: (number, agent) =>
        change(number, (ticket, at) => desk.waitFor(ticket, { agent, at, words: 'x', whom: 'third_party' })),
      resumed: (number, agent) => change(number, (ticket, at) => desk.resume(ticket, { agent, at })),
      handed_back: (number, agent) =>
        change(number, (ticket, at) => desk.handBack(ticket, { agent, at, words: 'x' })),
      concluded: (number, agent) =>
        change(number, (ticket, at) =>
          desk.conclude(ticket, { agent, at, words: 'x', finding: 'unclear', transactions: [] }),
        ),
      resolved: (number, agent) =>
        change(number, (ticket, at) =>
          desk.resolve(ticket, { agent, at, words: 'x', resolution: 'explained' }),
        ),
      reopened: (number, agent) =>
        change(number, (ticket, at) => desk.reopen(ticket, { agent, at, words: 'x' })),
      triaged: (number, agent, priority) =>
        change(number, (ticket, at) =>
          desk.triage(ticket, {
            agent,
            at,
            words: 'x',
            category: ticket.category,
            priority: priority as never,
          }),
        ),
    };

  const lives: Lived[] = [];
  async function open(index: number): Promise<void> {
    const number = `FR-${index.toString().padStart(8, '0')}`;
    const ticket = newTicket({
      ...{ ticketId: newId(), number, category: 'suspected_fraud', priority: 'P2', at: now().toISOString() },
      ...{ customerId: `C-${index}`, cardToken: `card-${index}` },
    });
    const entries = [{ type: 'alert_opened' as const, by: 'system', data: {} }];
    await db.commit<unknown>(rooms.tickets.save(undefined, ticket, { now: now(), entries }));
    lives[index] = { number, openedAt: present, log: [] };
  }

  async function act(index: number): Promise<void> {
    const life = lives[index];
    if (life === undefined) throw new Error('an act before its ticket');
    const agent = { id: `${index}-${chance.oneIn(5) ? 'b' : 'a'}`, name: 'A' };
    const what = chance.pick(drawn);
    const priority = chance.pick(priorities);
    if (await acts[what]?.(life.number, agent, priority)) life.log.push({ at: present, what, priority });
  }

  const nextDue = (): number =>
    Math.min(
      ...duePartitions.slice(0, 16).map((pk) => {
        const at = db.first('cases', 'gsi1', pk);
        return at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at);
      }),
    );
  async function sweepDue(): Promise<void> {
    for await (const { pk } of findDue(db, 'cases', { now: now(), kind: 'documents', pageSize: 50 }))
      await sweepTicket(pk.slice('TICKET#'.length));
  }

  for (const { at, index, opens } of timetable(count, chance, BEGIN)) {
    for (let due = nextDue(); due < at; due = nextDue()) {
      present = due;
      await sweepDue();
    }
    present = at;
    if (opens) await open(index);
    else await act(index);
    if (nextDue() <= present) await sweepDue();
  }
  for (let due = nextDue(); due < END; due = nextDue()) {
    present = due;
    await sweepDue();
  }
  present = END;
  const ticketOf = async (number: string): Promise<Ticket> => {
    const ticket = await rooms.tickets.byNumber(number);
    if (ticket === undefined) throw new Error(`no ticket ${number}`);
    return ticket.body;
  };
  return { lives, ticketOf, timeline: rooms.tickets.timeline };
}

/** What agents and customers do, the likelier the more often it stands here. */
export const drawn = [
  ...['accepted', 'accepted', 'not_mine', 'person_asked', 'customer_wrote', 'customer_wrote'],
  ...['claimed', 'claimed', 'claimed', 'claimed', 'taken_over', 'wrote', 'wrote', 'noted', 'connected'],
  ...['asked_customer', 'asked_others', 'resumed', 'resumed', 'handed_back', 'concluded', 'resolved'],
  ...['reopened', 'triaged'],
];

/** When each ticket is opened and touched: soon after one another, or days apart. */
export function timetable(count: number, chance: Chance, begin: number) {
  const all: { at: number; index: number; opens: boolean }[] = [];
  for (let index = 0; index < count; index += 1) {
    let at = begin + chance.below(20 * DAY);
    all.push({ at, index, opens: true });
    const times = chance.between(4, 18);
    for (let time = 0; time < times; time += 1) {
      at += 1_000 + chance.below(chance.pick([60_000, 20 * 60_000, 3_600_000, 6 * 3_600_000, 2 * DAY]));
      if (at < begin + MONTH) all.push({ at, index, opens: false });
    }
  }
  return all.sort((a, b) => a.at - b.at);
}
