import { expect, test } from 'vitest';
import { createChance } from '../simulation/chance.ts';
import { judgeLife } from './month-judge.ts';
import { END, liveThroughMonth } from './month-of-tickets.ts';

const TICKETS = Number(process.env.CARDGUARD_MONTH_TICKETS ?? 1_000);

test(`D6 H28 the clocks of ${TICKETS} tickets through a month agree with those kept by hand`, async () => {
  const { lives, ticketOf, timeline } = await liveThroughMonth({
    count: TICKETS,
    chance: createChance(20_260_301),
  });
  const seen = new Set<string>();
  for (const life of lives) {
    const ticket = await ticketOf(life.number);
    const told = judgeLife(life, { ticket, timeline: await timeline(ticket.ticketId), end: END });
    for (const one of told) seen.add(one);
  }
  // A month in which nothing happens proves nothing.
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...['met', 'missed', 'moot', 'overdue', 'paused'],
      ...['lease_expired', 'ticket_closed', 'on_call_paged', 'clock_warned'],
    ]),
  );
}, 300_000);
