import { expect, test } from 'vitest';
import { figuresOf, rateOf } from '../../functions/ticket/kpi-figures.ts';
import { kpiTable } from '../../functions/ticket/kpis.ts';
import type { Ticket } from '../../functions/ticket/ticket.ts';
import { measuresOf, type TicketEvent } from '../../functions/ticket/ticket-measures.ts';
import { type ActName, minute, played } from './clock-acts.ts';

const DAY = 24 * 60;
const event = (type: string, minutes: number, data: TicketEvent['data'] = {}, by?: string): TicketEvent => ({
  ...{ type, at: minute(minutes), data, by },
});
const seen = (events: readonly TicketEvent[] = []) => ({ events, answers: [], focusSeconds: 0 });
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
  const { total, unanswered } = kpiTable(tickets);
  expect(total.firstResponse).toEqual({
    ...{ n: 2, meanSeconds: 59 * 60, p50Seconds: 28 * 60, p90Seconds: 90 * 60, attainment: 0.5 },
  });
  expect(unanswered).toEqual([{ number: 'FR-1', priority: 'P1', ageSeconds: 98 * 60 }]);
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

test('K3 transfers: a person asked for and connected in time, else why not', () => {
  const outcome = (...steps: readonly (readonly [number, ActName])[]) =>
    measuresOf(played(...steps), seen(), minute(100)).transfers;
  expect(outcome([4, 'person_asked'], [10, 'claimed'], [12, 'connected'])).toEqual([undefined]);
  expect(outcome([4, 'person_asked'], [10, 'claimed'], [50, 'connected'])).toEqual(['late']);
  expect(outcome([4, 'person_asked'])).toEqual(['overdue']);
  expect(outcome([4, 'person_asked'], [10, 'claimed'], [20, 'resolved'])).toEqual(['not_needed_any_more']);
  expect(outcome([90, 'person_asked'])).toEqual(['waiting']);
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
