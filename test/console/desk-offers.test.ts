import { describe, expect, test } from 'vitest';
import { cardActions } from '../../console/src/desk/card-actions.ts';
import { colleaguesOf } from '../../console/src/desk/colleagues.ts';
import { dialoguesOf } from '../../console/src/desk/ticket-offers.ts';
import { mayFollow, type TicketStatus, ticketStatuses } from '../../functions/ticket/ticket-states.ts';

const card = (state: 'active' | 'freezing' | 'frozen' | 'closed', holds: ('customer' | 'lost')[] = []) => ({
  ...{ cardToken: 'card-1', lastFour: '4417', state, holds, holdsVersion: 1 },
});
const [teller, agent] = [
  ['read', 'freeze'],
  ['read', 'freeze', 'work'],
] as const;

describe('what of a card the desk offers', () => {
  test.each([
    ['a teller, an active card', card('active'), teller, ['freeze', 'lost']],
    ['an agent, an active card', card('active'), agent, ['freeze', 'lost', 'report']],
    ['an auditor', card('active'), ['read'] as const, []],
    ['a card its holder froze', card('frozen', ['customer']), agent, ['lost', 'report']],
    ['a lost card', card('frozen', ['lost']), teller, []],
    ['a closed card', card('closed'), agent, []],
    ['no card', undefined, agent, []],
  ])('%s', (_, of, may, offered) => {
    const offers = Object.entries(cardActions(of, [...may]));
    expect(offers.flatMap(([name, on]) => (on ? [name] : []))).toEqual(offered);
  });
});

describe('what of a ticket the desk offers', () => {
  const leadsTo: Readonly<Record<string, TicketStatus>> = {
    handBack: 'queued',
    reopen: 'queued',
    wait_customer: 'awaiting_customer',
    wait_third: 'awaiting_third_party',
  };
  test.each(ticketStatuses)('from %s nothing that its table of states refuses', (status) => {
    for (const mine of [true, false])
      for (const dialogue of dialoguesOf(status, mine)) {
        const to = leadsTo[dialogue];
        if (to !== undefined) expect(mayFollow(status, to), dialogue).toBe(true);
      }
  });

  test('who has it in hand can give it back, but no conclusion', () => {
    expect(dialoguesOf('in_progress', true)).toContain('handBack');
    expect(dialoguesOf('awaiting_customer', true)).toContain('handBack');
    expect(dialoguesOf('concluded', true)).not.toContain('handBack');
    expect(dialoguesOf('in_progress', false)).not.toContain('handBack');
  });
});

test('a ticket is handed to known colleagues alone, never to oneself', () => {
  const entry = (by: string, data: Record<string, unknown> = {}) => ({
    ...{ seq: 1, type: 'ticket_claimed', at: '2026-11-29T15:40:00.000Z', hash: '0'.repeat(64), by, data },
  });
  const timeline = [
    entry('agent:agent-mo', { name: 'Mo Han' }),
    entry('agent:agent-lin', { name: 'Lin Yue' }),
    entry('agent:agent-mo', { name: 'Mo Han' }),
    entry('agent:agent-a+agent:agent-b', { name: 'two' }),
    entry('customer:C-zhang', { name: 'Zhang' }),
    entry('agent:no-name'),
  ];
  expect(colleaguesOf(timeline, { id: 'agent-lin' })).toEqual([{ id: 'agent-mo', name: 'Mo Han' }]);
  const board = [
    { id: 'agent-lin', name: 'Lin Yue' },
    { id: 'agent-bai', name: 'Bai Xue' },
  ];
  expect(colleaguesOf(timeline, { id: 'agent-lin' }, board)).toEqual([
    { id: 'agent-bai', name: 'Bai Xue' },
    { id: 'agent-mo', name: 'Mo Han' },
  ]);
});
