import { expect, test } from 'vitest';
import { parseEntry } from '../../functions/platform/journal.ts';
import { clockTimes } from '../../functions/ticket/clock-times.ts';
import type { Ticket } from '../../functions/ticket/ticket.ts';
import { createChance } from '../simulation/chance.ts';
import { type HandRun, keepByHand } from './kept-by-hand.ts';
import { END, liveThroughMonth } from './month-of-tickets.ts';

const TICKETS = Number(process.env.CARDGUARD_MONTH_TICKETS ?? 1_000);

const order = (a: string, b: string): number => (a < b ? -1 : 1);
const iso = (ms: number): string => new Date(ms).toISOString();

/** All runs of all cycles, as they come to at the end of the month. */
function computed(ticket: Ticket): readonly string[] {
  const { priority, clocks, pastClocks = [] } = ticket;
  return [...pastClocks, ...(clocks === undefined ? [] : [clocks])]
    .flatMap((cycle) =>
      clockTimes({ priority, clocks: cycle }, iso(END)).map((times) =>
        [cycle.cycle, times.leg, times.from, times.until ?? 'runs', times.elapsedSeconds, times.state].join(
          ' ',
        ),
      ),
    )
    .sort(order);
}

function byHand({ runs, status }: { runs: readonly HandRun[]; status: string }): readonly string[] {
  const waits = status === 'awaiting_customer' || status === 'awaiting_third_party';
  const stateOf = (run: HandRun) => {
    if (run.state !== undefined) return run.state;
    if (run.breached) return 'overdue';
    return waits && run.leg === 'RESOLUTION' ? 'paused' : 'running';
  };
  return runs
    .map((run) =>
      [
        ...[run.cycle, run.leg, iso(run.from), run.until === undefined ? 'runs' : iso(run.until)],
        ...[Math.floor(run.active / 1000), stateOf(run)],
      ].join(' '),
    )
    .sort(order);
}

const news = /^(clock_warned|clock_breached|on_call_paged|lease_expired|ticket_closed)$/;

test(`D6 H28 the clocks of ${TICKETS} tickets through a month agree with those kept by hand`, async () => {
  const { lives, ticketOf, timeline } = await liveThroughMonth({
    count: TICKETS,
    chance: createChance(20_260_301),
  });
  const seen = new Map<string, number>();
  for (const { number, openedAt, log } of lives) {
    const ticket = await ticketOf(number);
    const hand = keepByHand(openedAt, log, END);
    const { entries, intact } = await timeline(ticket.ticketId);
    const told = entries
      .map(parseEntry)
      .filter(({ type }) => news.test(type))
      .map(({ type, at, data }) => `${at} ${type} ${data.leg ?? ''}`);
    const where = `${number} ${JSON.stringify(log)}`;
    expect(intact, where).toBe(true);
    expect({ status: ticket.status, cycle: ticket.cycle }, where).toEqual({
      status: hand.status,
      cycle: hand.cycle,
    });
    expect(told.toSorted(order), where).toEqual(
      hand.told.map(({ at, type, leg = '' }) => `${iso(at)} ${type} ${leg}`).sort(order),
    );
    expect(computed(ticket), where).toEqual(byHand(hand));
    for (const line of [...told.map((one) => one.split(' ')[1] ?? ''), ...computed(ticket)])
      seen.set(line.split(' ').at(-1) ?? '', (seen.get(line.split(' ').at(-1) ?? '') ?? 0) + 1);
  }
  // A month in which nothing happens proves nothing.
  for (const state of [
    'met',
    'missed',
    'moot',
    'overdue',
    'running',
    'lease_expired',
    'ticket_closed',
    'on_call_paged',
    'clock_warned',
  ])
    expect(seen.get(state) ?? 0, state).toBeGreaterThan(0);
}, 300_000);
