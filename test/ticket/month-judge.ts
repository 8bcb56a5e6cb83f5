import { expect } from 'vitest';
import type { Item } from '../../functions/platform/database.ts';
import { parseEntry } from '../../functions/platform/journal.ts';
import { clockTimes } from '../../functions/ticket/clock-times.ts';
import type { Ticket } from '../../functions/ticket/ticket.ts';
import { type HandRun, type Happened, keepByHand } from './kept-by-hand.ts';

const order = (a: string, b: string): number => (a < b ? -1 : 1);
const iso = (ms: number): string => new Date(ms).toISOString();
/** What stops a clock or answers for one, and is told of for its own sake. */
const answers = /^(customer_awaited|third_party_awaited|call_connected)$/;
const news = /^(clock_warned|clock_breached|on_call_paged|lease_expired|ticket_closed)$/;

export interface Lived {
  readonly number: string;
  readonly openedAt: number;
  readonly log: Happened[];
}

/** All runs of all cycles, as they come to at the end of the month. */
function computed(ticket: Ticket, end: number): readonly string[] {
  const { priority, clocks, pastClocks = [] } = ticket;
  return [...pastClocks, ...(clocks === undefined ? [] : [clocks])]
    .flatMap((cycle) =>
      clockTimes({ priority, clocks: cycle }, iso(end)).map((times) =>
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

/**
 * Compares a ticket with the one kept by hand: status, every run of every clock, and when which news of them was told.
 * What it came to in the end: states of clocks and kinds of news; and what of waits and calls it lived through.
 */
export function judgeLife(
  { number, openedAt, log }: Lived,
  is: {
    readonly ticket: Ticket;
    readonly timeline: { readonly entries: readonly Item[]; readonly intact: boolean };
    readonly end: number;
  },
): readonly string[] {
  const { ticket, timeline, end } = is;
  const hand = keepByHand(openedAt, log, end);
  const entries = timeline.entries.map(parseEntry);
  const told = entries
    .filter(({ type }) => news.test(type))
    .map(({ type, at, data }) => `${at} ${type} ${data.leg ?? ''}`);
  const where = `${number} ${JSON.stringify(log)}`;
  expect(timeline.intact, where).toBe(true);
  expect({ status: ticket.status, cycle: ticket.cycle }, where).toEqual({
    status: hand.status,
    cycle: hand.cycle,
  });
  expect(told.toSorted(order), where).toEqual(
    hand.told.map(({ at, type, leg = '' }) => `${iso(at)} ${type} ${leg}`).sort(order),
  );
  const runs = computed(ticket, end);
  expect(runs, where).toEqual(byHand(hand));
  return [
    ...told.map((one) => one.split(' ')[1] ?? ''),
    ...entries.map(({ type }) => type).filter((type) => answers.test(type)),
    ...runs.map((line) => line.split(' ').at(-1) ?? ''),
  ];
}
