import { expect, test } from 'vitest';
import { createNextTicket } from '../../functions/ticket/next-ticket.ts';
import { newTicket, type Ticket } from '../../functions/ticket/ticket.ts';
import { createChance } from '../simulation/chance.ts';

const at = '2026-03-10T15:40:00.000Z';
const waiting = (number: number, priority: 'P1' | 'P2'): Ticket => ({
  ...newTicket({
    ...{ ticketId: `T-${number}`, number: `FR-${number}`, category: 'suspected_fraud', priority, at },
    ...{ customerId: 'C', cardToken: 'card' },
  }),
  status: 'queued',
});

test('H26 forty agents who ask at the same moment have forty tickets, the urgent ones first', async () => {
  const queue = Array.from({ length: 50 }, (_, index) => waiting(index, index < 30 ? 'P1' : 'P2'));
  const taken = new Set<string>();
  const chance = createChance(7);
  let races = 0;
  const next = createNextTicket({
    tickets: { queue: async () => queue, inHandsOf: async () => [] },
    now: () => new Date(at),
    random: () => chance.below(1_000) / 1_000,
    claimTicket: async (number, agent) => {
      // Everybody has read the queue by now.
      await new Promise((resolve) => setImmediate(resolve));
      races += 1;
      if (taken.has(number)) return { outcome: 'taken', by: 'X', at };
      taken.add(number);
      const ticket = queue.find((one) => one.number === number);
      if (ticket === undefined) throw new Error('a ticket of no queue');
      return { outcome: 'claimed', ticket: { ...ticket, claimedBy: agent.id } };
    },
  });
  const agents = Array.from({ length: 40 }, (_, index) => ({ id: `A-${index}`, name: 'A' }));
  const given = await Promise.all(agents.map((agent) => next(agent, () => [])));
  expect(given.every(({ outcome }) => outcome === 'claimed')).toBe(true);
  expect(taken.size).toBe(40);
  expect([...taken].filter((number) => Number(number.slice(3)) < 30)).toHaveLength(30);
  expect(races).toBeLessThan(400);
});
