import { expect, test } from 'vitest';
import { createDayOf } from '../../functions/ticket/issuer-day.ts';
import { figuresOf, rateOf } from '../../functions/ticket/kpi-figures.ts';
import { kpiTable } from '../../functions/ticket/kpis.ts';
import type { Ticket } from '../../functions/ticket/ticket.ts';
import {
  measuresOf as measuresAt,
  type TicketEvent,
  type TicketRecord,
} from '../../functions/ticket/ticket-measures.ts';
import { minute, played } from './clock-acts.ts';

const DAY = 24 * 60;
const event = (type: string, minutes: number, data: TicketEvent['data'] = {}, by?: string): TicketEvent => ({
  ...{ type, at: minute(minutes), data, by },
});
const seen = (events: readonly TicketEvent[] = []) => ({ events, answers: [], focusSeconds: 0 });
const measuresOf = (ticket: Ticket, record: TicketRecord, at: string, zone = 'UTC') =>
  measuresAt(ticket, record, { at, dayOf: createDayOf(zone) });
const numbered = (number: string, ticket: Ticket): Ticket => ({ ...ticket, number });

test('figures: nearest rank, the mean, and the share of those with a promise that kept it', () => {
  const cases = [60, 10, 30, 20, 50, 40, 70, 80, 90, 100].map((seconds) => ({
    seconds,
    kept: seconds <= 70,
  }));
  expect(figuresOf(cases)).toEqual({
    n: 10,
    meanSeconds: 55,
    p50Seconds: 50,
    p90Seconds: 90,
    attainment: 0.7,
  });
  expect(figuresOf([{ seconds: 5 }])).toEqual({ n: 1, meanSeconds: 5, p50Seconds: 5, p90Seconds: 5 });
  expect(figuresOf([])).toEqual({ n: 0 });
  expect(rateOf([undefined, 'late', undefined, 'late'])).toEqual({ n: 4, share: 0.5, failures: { late: 2 } });
  expect(rateOf([])).toEqual({ n: 0, share: undefined, failures: {} });
});

test('K1 first response: from the start of the clock to the first human answer; the unanswered by age', () => {
  const kept = played([2, 'not_mine'], [20, 'claimed'], [30, 'agent_wrote']);
  const late = played([2, 'not_mine'], [20, 'claimed'], [92, 'agent_wrote']);
  const open = played([2, 'not_mine']);
  const tickets = [kept, late, open].map((ticket) => measuresOf(ticket, seen(), minute(100)));
  const { total } = kpiTable(tickets);
  expect(total.firstResponse).toEqual({
    ...{ n: 2, meanSeconds: 59 * 60, p50Seconds: 28 * 60, p90Seconds: 90 * 60, attainment: 0.5 },
  });
  expect(tickets.map(({ unanswered }) => unanswered)).toEqual([[], [], [98 * 60]]);
});

test('K2 wait: from put before people to claimed; what was over without is abandoned', () => {
  const events = [
    event('alert_opened', 0, {}, 'system'),
    event('TicketQueued', 2),
    event('ticket_claimed', 12),
    event('TicketQueued', 40),
    event('ticket_claimed', 44),
    event('TicketQueued', 60),
    event('TicketResolved', 90),
  ];
  const { wait, abandoned } = measuresOf(played(), seen(events), minute(100));
  expect(wait).toEqual([{ seconds: 600 }, { seconds: 240 }]);
  expect(abandoned).toBe(1);
});

const waits = (...events: readonly TicketEvent[]) => {
  const { wait, abandoned } = measuresOf(played(), seen(events), minute(200));
  return { wait: wait.map(({ seconds }) => seconds), abandoned };
};
const onPhone = (contactId: string, more: object = {}) => ({ contactId, ...more });

test('K2 a colleague who takes over, and a call with a person, end a wait as a claim does', () => {
  const queued = event('TicketQueued', 2);
  expect(waits(queued, event('ticket_taken_over', 7))).toEqual({ wait: [300], abandoned: 0 });
  expect(waits(queued, event('call_connected', 5, { callId: 'A' }), event('ticket_claimed', 9))).toEqual({
    ...{ wait: [180], abandoned: 0 },
  });
  // Told only when the call was over: it began five minutes before.
  const called = event('call_ended', 12, { callId: 'A', outcome: 'connected', seconds: 300 });
  expect(waits(queued, called)).toEqual({ wait: [300], abandoned: 0 });
  const busy = event('call_ended', 12, { callId: 'A', outcome: 'busy', seconds: 0 });
  expect(waits(queued, busy, event('ticket_claimed', 22))).toEqual({ wait: [1200], abandoned: 0 });
});

test('K2 callers: from the queue to a person, once with their ticket; who hung up is abandoned and no wait', () => {
  const held = [event('TicketQueued', 2), event('ticket_claimed', 12)];
  const reached = onPhone('C-1', { waitSeconds: 90, connectedAt: minute(21), abandoned: false });
  const connected = event('call_connected', 21, reached);
  const over = event('contact_ended', 30, reached);
  expect(waits(...held, connected, over)).toEqual({ wait: [600, 90], abandoned: 0 });
  // The ticket was put before people by the very call: one wait, not two.
  expect(waits(event('TicketQueued', 19), connected, over)).toEqual({ wait: [120], abandoned: 0 });
  // The end of it may be told before its beginning.
  expect(waits(event('TicketQueued', 19), over, connected)).toEqual({ wait: [120], abandoned: 0 });
  const gone = event('contact_ended', 20, onPhone('C-2', { waitSeconds: 200, abandoned: true }));
  expect(waits(...held, gone)).toEqual({ wait: [600], abandoned: 1 });
  expect(waits(event('TicketQueued', 19), gone, connected, over)).toEqual({ wait: [120], abandoned: 1 });
});

const transfers = (...events: readonly TicketEvent[]) =>
  measuresOf(played(), seen(events), minute(200)).transfers;
const li = 'agent:li';

test('K3 a person asked for in the app: one who writes or calls within the contact has the ticket open', () => {
  const asked = event('person_asked', 4, { channel: 'app' }, 'customer:C');
  const claimed = event('ticket_claimed', 10, {}, li);
  const wrote = (minutes: number) => event('agent_message', minutes, {}, li);
  const call = (minutes: number, outcome: string) =>
    event('call_ended', minutes, { callId: 'A', outcome, seconds: 60 }, li);
  expect(transfers(asked, claimed, event('call_connected', 12, { callId: 'A' }, li))).toEqual([undefined]);
  expect(transfers(asked, claimed, wrote(50))).toEqual([undefined]);
  expect(transfers(asked, claimed, call(40, 'connected'))).toEqual([undefined]);
  expect(transfers(asked, claimed, wrote(90))).toEqual(['late']);
  expect(transfers(asked, claimed, call(20, 'no_answer'))).toEqual(['customer_not_reached']);
  expect(transfers(asked, claimed, event('TicketResolved', 20))).toEqual(['not_needed_any_more']);
  expect(transfers(asked, claimed)).toEqual(['nobody_came']);
  expect(transfers(event('person_asked', 150))).toEqual(['waiting']);
  // Of every call for a person its own outcome.
  const again = event('person_asked', 190, { channel: 'app' }, 'customer:C');
  expect(transfers(asked, claimed, wrote(30), again)).toEqual([undefined, 'waiting']);
});

test('K3 nobody who was queued and never asked for a person is a case of it', () => {
  const { transfers: none } = measuresOf(played([2, 'not_mine'], [20, 'claimed']), seen(), minute(100));
  expect(none).toEqual([]);
});

test('K3 a person asked for on the phone: connected on that call, with the ticket open before it ends', () => {
  const asked = event('person_asked', 4, onPhone('C-1', { channel: 'phone' }), 'customer:C');
  const reached = onPhone('C-1', { connectedAt: minute(5), abandoned: false });
  const connected = event('call_connected', 5, reached, 'phone');
  const over = event('contact_ended', 15, reached, 'phone');
  expect(transfers(asked, connected, event('ticket_claimed', 6, {}, li), over)).toEqual([undefined]);
  expect(transfers(asked, connected, event('internal_note', 8, {}, li), over)).toEqual([undefined]);
  expect(transfers(asked, connected, over)).toEqual(['not_opened']);
  expect(transfers(asked, connected, over, event('ticket_claimed', 20, {}, li))).toEqual(['not_opened']);
  const gone = event('contact_ended', 8, onPhone('C-1', { abandoned: true }), 'phone');
  expect(transfers(asked, gone)).toEqual(['hung_up']);
  // Called back later: another contact.
  const back = event('call_connected', 30, { callId: 'A' }, li);
  expect(transfers(asked, gone, back)).toEqual(['hung_up']);
  const ended = event('contact_ended', 8, onPhone('C-1', { abandoned: false }), 'phone');
  expect(transfers(asked, ended)).toEqual(['not_put_through']);
  expect(transfers(asked)).toEqual(['waiting']);
});

test('K4 handling: elapsed without the pauses; talk is what the calls took', () => {
  const ticket = played(
    [2, 'not_mine'],
    [20, 'claimed'],
    [30, 'waits_customer'],
    [90, 'goes_on'],
    [102, 'resolved'],
  );
  const calls = [
    event('call_ended', 25, { outcome: 'connected', seconds: 240 }),
    event('call_ended', 26, { outcome: 'busy', seconds: 9 }),
  ];
  const { handling, talk } = measuresOf(ticket, seen(calls), minute(200));
  expect(handling).toEqual([{ seconds: 40 * 60 }]);
  expect(talk).toEqual([{ seconds: 240 }]);
});

test('K4 work on a ticket: what agents looked, talked and wrote up; a ticket nobody worked on is no case', () => {
  const events = [
    event('call_ended', 25, { outcome: 'connected', seconds: 240 }),
    event('contact_ended', 40, { talkSeconds: 100, abandoned: false }),
    event('contact_ended', 45, { waitSeconds: 60, abandoned: true }),
    event('contact_completed', 42, { afterCallSeconds: 30 }),
  ];
  const worked = measuresOf(played(), { events, answers: [], focusSeconds: 300 }, minute(50));
  expect(worked).toMatchObject({
    talk: [{ seconds: 240 }, { seconds: 100 }],
    afterCall: [{ seconds: 30 }],
    focus: [{ seconds: 300 }],
    work: [{ seconds: 670 }],
  });
  expect(measuresOf(played(), seen(), minute(50))).toMatchObject({ focus: [], afterCall: [], work: [] });
});

test('K5 solved at first contact: one contact in four hours, provisional until nothing came for seven days', () => {
  const resolved = played([2, 'not_mine'], [20, 'claimed'], [30, 'agent_wrote'], [40, 'resolved']);
  const contacts = [event('customer_answered', 2), event('agent_message', 30)];
  const outcome = (ticket: Ticket, events: readonly TicketEvent[], at: number) =>
    measuresOf(ticket, seen(events), minute(at)).firstContact;
  expect(outcome(resolved, contacts, 100)).toEqual({ failure: undefined, provisional: true });
  expect(outcome(resolved, contacts, 8 * DAY)).toEqual({ failure: undefined, provisional: false });
  const twice = [...contacts, event('customer_message', 95)];
  expect(outcome(resolved, twice, 100)?.failure).toBe('more_contacts');
  // Reported by phone, and answered two hours later: two contacts.
  const byPhone = [event('fraud_reported', 2), event('agent_message', 125)];
  const late = played([2, 'not_mine'], [20, 'claimed'], [130, 'resolved']);
  expect(outcome(late, byPhone, 140)?.failure).toBe('more_contacts');
  expect(outcome(late, byPhone.slice(0, 1), 140)).toEqual({ failure: undefined, provisional: true });
  // Nobody answered the telephone: that was no contact.
  const rang = [...contacts, event('call_ended', 200, { outcome: 'no_answer', seconds: 20 })];
  expect(outcome(resolved, rang, 300)?.failure).toBeUndefined();
  const spoke = [...contacts, event('call_ended', 200, { outcome: 'connected', seconds: 60 })];
  expect(outcome(resolved, spoke, 300)?.failure).toBe('more_contacts');
  // However long a call is, it is one.
  const long = [
    event('fraud_reported', 2),
    event('call_ended', 129, { outcome: 'connected', seconds: 6_000 }),
  ];
  expect(outcome(late, long, 140)?.failure).toBeUndefined();
  const slow = played([2, 'not_mine'], [20, 'claimed'], [300, 'resolved']);
  expect(outcome(slow, contacts.slice(0, 1), 301)?.failure).toBe('too_late');
  expect(outcome(played([2, 'not_mine']), contacts, 100)).toBeUndefined();
});

test('rows per day, channel and priority', () => {
  const by = (who: string, data: TicketEvent['data'] = {}) => [event('opened', 0, data, who)];
  const ticket = played([2, 'not_mine'], [20, 'claimed'], [30, 'agent_wrote']);
  const { rows, total } = kpiTable([
    measuresOf(numbered('FR-1', ticket), seen(by('system')), minute(60)),
    measuresOf(numbered('FR-2', ticket), seen(by('customer:C', { channel: 'phone' })), minute(60)),
    measuresOf(numbered('FR-3', ticket), seen(by('agent:li')), minute(60)),
    measuresOf(numbered('FR-4', ticket), seen(by('system')), minute(60)),
  ]);
  expect(rows.map(({ day, channel, priority, tickets }) => [day, channel, priority, tickets])).toEqual([
    ['2026-03-10', 'alert', 'P1', 2],
    ['2026-03-10', 'desk', 'P1', 1],
    ['2026-03-10', 'phone', 'P1', 1],
  ]);
  expect(total.tickets).toBe(4);
});

test('a day is the issuer’s: 23:40 in Shanghai belongs to that evening', () => {
  // Opened at 15:40 UTC.
  const dayIn = (zone: string, openedAt?: string) =>
    measuresOf({ ...played(), ...(openedAt && { openedAt }) }, seen(), minute(60), zone).day;
  expect(dayIn('Asia/Shanghai')).toBe('2026-03-10');
  expect(dayIn('Asia/Shanghai', '2026-03-10T16:00:00.000Z')).toBe('2026-03-11');
  expect(dayIn('America/New_York', '2026-03-10T03:59:00.000Z')).toBe('2026-03-09');
  expect(dayIn('UTC', '2026-03-10T16:00:00.000Z')).toBe('2026-03-10');
});
