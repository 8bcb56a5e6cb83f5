import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claim, inHandsOf, leaseExpired } from '../../functions/ticket/claim.ts';
import { continuesIncident, newTicket, queued, reopenedForAlert } from '../../functions/ticket/ticket.ts';
import { type Priority, priorities } from '../../functions/ticket/ticket-priority.ts';
import { mayFollow, ticketStatuses, ticketTransitions } from '../../functions/ticket/ticket-states.ts';

const at = '2026-03-10T15:40:00.000Z';
const ticket = newTicket({
  ticketId: 'T',
  number: 'FR-1',
  category: 'suspected_fraud',
  priority: 'P3',
  customerId: 'C',
  cardToken: 'card',
  at,
});

test('any status but closed and merged can be merged; closed and merged are final', () => {
  for (const status of ticketStatuses) {
    expect(mayFollow(status, 'merged')).toBe(status !== 'closed' && status !== 'merged');
  }
  expect(ticketTransitions.closed).toEqual([]);
});

test('every status can be reached from the first one', () => {
  const reached = new Set(['awaiting_reply']);
  for (let rounds = 0; rounds < ticketStatuses.length; rounds += 1) {
    for (const status of ticketStatuses)
      if (reached.has(status)) for (const next of ticketTransitions[status]) reached.add(next);
  }
  expect([...reached].sort()).toEqual([...ticketStatuses].sort());
});

test('the machine only ever raises a priority', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...priorities), { minLength: 1, maxLength: 10 }),
      (orders: readonly Priority[]) => {
        let current = ticket;
        for (const priority of orders) {
          const next = queued(current, { priority, reason: 'x', at }) ?? current;
          expect(next.priority <= current.priority).toBe(true);
          current = next;
        }
      },
    ),
  );
});

test('queueing a ticket that a person works on keeps its place and only raises it', () => {
  const claimed = claim(
    queued(ticket, { priority: 'P2', reason: 'no_answer', at }) ?? ticket,
    { id: 'a', name: 'A' },
    at,
  );
  if (claimed.outcome !== 'claimed') throw new Error('not claimed');
  const raised = queued(claimed.ticket, { priority: 'P1', reason: 'not_mine', at });
  expect(raised).toMatchObject({ status: 'in_progress', priority: 'P1', claimedBy: 'a' });
});

test.each(['awaiting_customer', 'awaiting_third_party', 'concluded'] as const)(
  'a NO on a ticket that is %s brings it back to work, and to everybody where its agent is gone (I12)',
  (status) => {
    const agent = { id: 'a', name: 'A' };
    const resting = { ...inHandsOf({ ...ticket, status: 'in_progress' }, agent, at), status };
    const again = queued({ ...resting, leaseUntil: undefined }, { priority: 'P1', reason: 'not_mine', at });
    expect(again).toMatchObject({ status: 'in_progress', priority: 'P1', claimedBy: 'a' });
    expect(again?.version).toBe(ticket.version + 1);
    const gone = again && leaseExpired(again, '2026-03-10T16:00:00.000Z');
    expect(gone).toMatchObject({ status: 'queued', queuedReason: 'lease_expired' });
    const nobodys = { ...ticket, status };
    if (mayFollow(status, 'queued'))
      expect(queued(nobodys, { priority: 'P3', reason: 'person_asked', at })?.status).toBe('queued');
  },
);

test('the first-response clock starts at the first reason and is not restarted by later ones', () => {
  const first = queued(ticket, { priority: 'P2', reason: 'no_answer', at });
  const second =
    first && queued(first, { priority: 'P1', reason: 'not_mine', at: '2026-03-10T16:00:00.000Z' });
  expect(second?.responseDueFrom).toBe(at);
});

test('H28 a new alert within 7 days of the resolution reopens the ticket in a new cycle, later it does not', () => {
  const resolved = { ...ticket, status: 'resolved' as const, resolvedAt: at };
  expect(continuesIncident(resolved, '2026-03-17T15:40:00.000Z')).toBe(true);
  expect(continuesIncident(resolved, '2026-03-17T15:40:01.000Z')).toBe(false);
  const reopened = reopenedForAlert(resolved, { alertId: 'B', priority: 'P2', at });
  expect(reopened).toMatchObject({
    cycle: 2,
    status: 'awaiting_reply',
    priority: 'P2',
    resolvedAt: undefined,
  });
});
