import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockPolicies, type Leg } from '../../functions/ticket/clock-policy.ts';
import { withClocks } from '../../functions/ticket/clock-steps.ts';
import {
  clockNews,
  clockTimes,
  nextClockNews,
  nextLegDue,
  timesOf,
} from '../../functions/ticket/clock-times.ts';
import type { Ticket } from '../../functions/ticket/ticket.ts';
import { type ActName, acts, minute, opened, played, withAct } from './clock-acts.ts';

const DAY = 24 * 60;
const clock = (ticket: Ticket, leg: Leg, at: number) =>
  clockTimes(ticket, minute(at))
    .filter((one) => one.leg === leg)
    .at(-1);

/** Leg, what happened at which minute, and how the clock stands when asked. */
const table: readonly (readonly [
  Leg,
  readonly (readonly [number, ActName])[],
  number,
  object | undefined,
])[] = [
  ['ACK', [], 0.5, { state: 'running', dueAt: minute(1), warnAt: minute(0.75) }],
  ['ACK', [[0.2, 'accepted']], 60, { state: 'met', until: minute(0.2), elapsedSeconds: 12 }],
  ['ACK', [[3, 'accepted']], 60, { state: 'missed', elapsedSeconds: 180 }],
  ['FIRST_RESPONSE', [[0.2, 'accepted']], 14, undefined],
  ['FIRST_RESPONSE', [[2, 'not_mine']], 10, { state: 'running', from: minute(2), dueAt: minute(62) }],
  ['FIRST_RESPONSE', [[15, 'no_answer']], 75, { state: 'overdue', from: minute(15), elapsedSeconds: 3600 }],
  [
    'FIRST_RESPONSE',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
    ],
    40,
    // To claim a ticket is no response.
    { state: 'running' },
  ],
  [
    'FIRST_RESPONSE',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [30, 'agent_wrote'],
    ],
    99,
    { state: 'met', until: minute(30) },
  ],
  [
    'FIRST_RESPONSE',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [30, 'busy'],
    ],
    61,
    // Nobody was reached.
    { state: 'running' },
  ],
  [
    'FIRST_RESPONSE',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [65, 'called'],
    ],
    99,
    // It counts from when they were connected, five minutes before it ended.
    { state: 'met', until: minute(60) },
  ],
  ['CALLBACK', [[2, 'not_mine']], 10, undefined],
  ['CALLBACK', [[4, 'person_asked']], 33, { state: 'running', from: minute(4), dueAt: minute(34) }],
  [
    'CALLBACK',
    [
      [4, 'person_asked'],
      [10, 'claimed'],
      [12, 'agent_wrote'],
    ],
    33,
    // A message is no call.
    { state: 'running' },
  ],
  [
    'CALLBACK',
    [
      [4, 'person_asked'],
      [10, 'claimed'],
      [12, 'connected'],
    ],
    60,
    { state: 'met', until: minute(12) },
  ],
  [
    'PRELIMINARY',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [30, 'waits_customer'],
    ],
    2 + DAY,
    // Never pauses.
    { state: 'overdue' },
  ],
  [
    'PRELIMINARY',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [600, 'concluded'],
    ],
    2 * DAY,
    { state: 'met', until: minute(600) },
  ],
  [
    'NEXT_RESPONSE',
    [
      [2, 'not_mine'],
      [5, 'customer_wrote'],
      [9, 'customer_wrote'],
    ],
    10,
    // The oldest one counts.
    { state: 'running', from: minute(5), dueAt: minute(65) },
  ],
  [
    'NEXT_RESPONSE',
    [
      [5, 'customer_wrote'],
      [9, 'claimed'],
      [20, 'agent_wrote'],
      [30, 'customer_wrote'],
    ],
    31,
    { state: 'running', from: minute(30) },
  ],
  [
    'RESOLUTION',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [30, 'waits_customer'],
    ],
    100,
    { state: 'paused', elapsedSeconds: 28 * 60, dueAt: undefined },
  ],
  [
    'RESOLUTION',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [30, 'waits_customer'],
      [90, 'goes_on'],
      [100, 'waits_others'],
      [200, 'goes_on'],
    ],
    300,
    { state: 'running', elapsedSeconds: (28 + 10 + 100) * 60, dueAt: minute(2 + 3 * DAY + 60 + 100) },
  ],
  [
    'RESOLUTION',
    [
      [2, 'not_mine'],
      [20, 'claimed'],
      [30, 'resolved'],
    ],
    300,
    { state: 'met', until: minute(30) },
  ],
];

describe('D1 D6 the clocks, by the wall', () => {
  test.each(table)('%s after %j', (leg, steps, at, expected) => {
    const times = clock(played(...steps), leg, at);
    if (expected === undefined) expect(times).toBeUndefined();
    else expect(times).toMatchObject(expected);
  });

  test('a customer’s own act that opens a ticket is acknowledged by its answer', () => {
    const { clocks: _, ...blank } = opened();
    const entries = [{ type: 'lost_reported', by: 'customer:C', data: {} }];
    const ticket = withClocks(undefined, blank, { entries, at: minute(0) });
    expect(clock(ticket, 'ACK', 1)).toMatchObject({ state: 'met', elapsedSeconds: 0 });
  });

  test('queued at P2 with consent to be called starts the call-back', () => {
    const ticket = withAct(opened({ phoneConsent: true }), 'no_answer', 15);
    expect(clock(ticket, 'CALLBACK', 20)).toMatchObject({ from: minute(15), dueAt: minute(45) });
  });

  test('a call counts from when it was connected, told late or not, and from no earlier than it was announced', () => {
    const before = played([2, 'not_mine'], [20, 'claimed']);
    const told = (type: string, data: object, at: number) =>
      withClocks(before, before, { entries: [{ type, by: 'agent:li', data: { ...data } }], at: minute(at) });
    const late = told('call_connected', { connectedAt: minute(40) }, 70);
    expect(clock(late, 'FIRST_RESPONSE', 99)).toMatchObject({ state: 'met', until: minute(40) });
    const said = { outcome: 'connected', seconds: 14_400, announcedAt: minute(65) };
    expect(clock(told('call_ended', said, 70), 'FIRST_RESPONSE', 99)).toMatchObject({
      ...{ state: 'missed', until: minute(65) },
    });
    const known = { ...said, connectedAt: minute(66) };
    expect(clock(told('call_ended', known, 70), 'FIRST_RESPONSE', 99)).toMatchObject({ until: minute(66) });
  });

  test('what a person said before the clock began is an answer in no time', () => {
    const ticket = played([2, 'claimed'], [4, 'agent_wrote'], [15, 'no_answer']);
    expect(clock(ticket, 'FIRST_RESPONSE', 99)).toMatchObject({ state: 'met', elapsedSeconds: 0 });
    expect(clock(ticket, 'PRELIMINARY', 99)).toMatchObject({ state: 'running', from: minute(15) });
  });

  test('a merge stops all of them', () => {
    const ticket = played([2, 'not_mine'], [5, 'customer_wrote'], [8, 'merged']);
    expect(clockTimes(ticket, minute(9_999)).map(({ state }) => state)).toEqual(
      // The acknowledgement was late already.
      ['missed', 'moot', 'moot', 'moot', 'moot'],
    );
    expect(nextClockNews(ticket)).toBeUndefined();
  });

  test('a change of priority is computed anew and keeps the pauses; what is over keeps its target', () => {
    const steps = [
      [2, 'not_mine'],
      [20, 'claimed'],
      [30, 'waits_customer'],
      [90, 'goes_on'],
    ] as const;
    const ticket = withAct(played(...steps), 'lowered', 100);
    expect(clock(ticket, 'RESOLUTION', 110)).toMatchObject({ dueAt: minute(2 + 5 * DAY + 60) });
    const resolved = withAct(withAct(played(...steps), 'resolved', 95), 'lowered', 100);
    expect(clock(resolved, 'RESOLUTION', 110)).toMatchObject({ targetMinutes: 3 * DAY });
  });

  test('another policy is computed from the same raw times and pauses', () => {
    const { clocks, priority } = played([2, 'not_mine'], [20, 'claimed'], [30, 'waits_customer']);
    const shipped = clockPolicies['2026-11.1'];
    const run = clocks?.runs.find(({ leg }) => leg === 'PRELIMINARY');
    if (clocks === undefined || shipped === undefined || run === undefined) throw new Error('no clocks');
    const policy = { ...shipped, pauses: ['PRELIMINARY', 'RESOLUTION'] as const };
    const facts = { pauses: clocks.pauses, priority, at: minute(50) };
    expect(timesOf(run, { ...facts, policy: shipped })).toMatchObject({
      state: 'running',
      elapsedSeconds: 48 * 60,
    });
    expect(timesOf(run, { ...facts, policy })).toMatchObject({ state: 'paused', elapsedSeconds: 28 * 60 });
  });

  test('H28 a reopened ticket has a new cycle; the old one keeps its numbers', () => {
    const resolved = played([2, 'not_mine'], [20, 'claimed'], [30, 'agent_wrote'], [40, 'resolved']);
    const before = clockTimes(resolved, minute(40));
    const again = withAct(resolved, 'customer_wrote', 500);
    expect(again).toMatchObject({ cycle: 2, status: 'queued' });
    expect(clock(again, 'FIRST_RESPONSE', 510)).toMatchObject({ from: minute(500), state: 'running' });
    expect(clock(again, 'NEXT_RESPONSE', 510)).toMatchObject({ from: minute(500) });
    const [first] = again.pastClocks ?? [];
    expect(first?.cycle).toBe(1);
    expect(clockTimes({ clocks: first, priority: 'P4' }, minute(9_999))).toEqual(before);
  });

  test('news: a warning at three quarters, a breach once, a page for a P1 nobody claims', () => {
    const ticket = played([0.1, 'accepted'], [2, 'not_mine']);
    expect(nextClockNews(ticket)).toBe(minute(12));
    expect(clockNews(ticket, minute(12))).toEqual([{ kind: 'unclaimed', since: minute(2) }]);
    const told = (type: string, at: number, before: Ticket, leg?: Leg) =>
      withClocks(before, before, { entries: [{ type, by: 'system', data: { leg } }], at: minute(at) });
    const paged = told('on_call_paged', 12, ticket);
    expect(nextClockNews(paged)).toBe(minute(47));
    expect(clockNews(paged, minute(47))).toEqual([
      { kind: 'warning', leg: 'FIRST_RESPONSE', dueAt: minute(62) },
    ]);
    const warned = told('clock_warned', 47, paged, 'FIRST_RESPONSE');
    expect(clockNews(warned, minute(61.9))).toEqual([]);
    expect(nextClockNews(warned)).toBe(minute(62));
    const breached = told('clock_breached', 62, warned, 'FIRST_RESPONSE');
    expect(clockNews(breached, minute(63))).toEqual([]);
    // Three quarters of the day to the preliminary conclusion.
    expect(nextClockNews(breached)).toBe(minute(2 + 0.75 * DAY));
  });

  test('a sweep that comes too late for the warning tells the breach alone', () => {
    const ticket = played([0.1, 'accepted'], [15, 'no_answer']);
    expect(clockNews(ticket, minute(80))).toEqual([
      { kind: 'breach', leg: 'FIRST_RESPONSE', dueAt: minute(75) },
    ]);
  });

  test('the place in the queue is that of the next clock a person can stop', () => {
    // Nothing acknowledged it, but nobody at the desk could do that.
    expect(nextLegDue(played([2, 'not_mine']))).toBe(minute(62));
    expect(nextLegDue(played([2, 'not_mine'], [3, 'person_asked']))).toBe(minute(33));
    expect(nextLegDue(opened())).toBeUndefined();
  });

  test('a ticket of a release without clocks gets them with its next change', () => {
    const { clocks: _, ...old } = played([2, 'not_mine']);
    const ticket = withAct(old, 'customer_wrote', 30);
    expect(clock(ticket, 'FIRST_RESPONSE', 31)).toMatchObject({ from: minute(2) });
  });
});

/** Minute by minute, by hand: who waits for what, as a person with a list and a watch would keep it. */
function keptByHand(steps: readonly (readonly [number, ActName])[], until: number) {
  const active = new Map<Leg, number>();
  const running = new Set<Leg>(['ACK']);
  const byHand = { active, running };
  let ticket = opened();
  for (let now = 0; now < until; now += 1) {
    for (const [, name] of steps.filter(([at]) => at === now)) {
      const next = withAct(ticket, name, now);
      if (acts[name].change(ticket, minute(now)) !== undefined) startByHand(byHand, name, ticket, next);
      if (next !== ticket) stopByHand(byHand, name, next);
      ticket = next;
    }
    const waits = ticket.status === 'awaiting_customer' || ticket.status === 'awaiting_third_party';
    for (const leg of running)
      if (leg !== 'RESOLUTION' || !waits) active.set(leg, (active.get(leg) ?? 0) + 1);
  }
  return { ...byHand, ticket };
}

interface ByHand {
  readonly active: Map<Leg, number>;
  readonly running: Set<Leg>;
}

const isOver = ({ status }: Ticket): boolean => status === 'resolved' || status === 'merged';

function startByHand({ active, running }: ByHand, name: ActName, before: Ticket, now: Ticket): void {
  if (before.status === 'resolved' && now.status === 'queued') active.clear();
  if (isOver(now)) return;
  const wantsCall = now.status === 'queued' && now.priority <= 'P2' && now.phoneConsent === true;
  const starts: readonly Leg[] = [
    ...(wantsCall && !active.has('CALLBACK') ? (['CALLBACK'] as const) : []),
    ...(active.has('FIRST_RESPONSE') ? [] : (['FIRST_RESPONSE', 'PRELIMINARY', 'RESOLUTION'] as const)),
    ...(name === 'person_asked' ? (['CALLBACK'] as const) : []),
    ...(name === 'customer_wrote' ? (['NEXT_RESPONSE'] as const) : []),
  ];
  for (const leg of starts) {
    if (!running.has(leg)) active.set(leg, 0);
    running.add(leg);
  }
}

const stopsByHand: Partial<Record<ActName, readonly Leg[]>> = {
  accepted: ['ACK'],
  not_mine: ['ACK'],
  person_asked: ['ACK'],
  customer_wrote: ['ACK'],
  agent_wrote: ['ACK', 'FIRST_RESPONSE', 'NEXT_RESPONSE'],
  connected: ['ACK', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'CALLBACK'],
  concluded: ['ACK', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PRELIMINARY'],
};

function stopByHand({ running }: ByHand, name: ActName, now: Ticket): void {
  for (const leg of isOver(now) ? ALL : (stopsByHand[name] ?? [])) running.delete(leg);
}

const ALL: readonly Leg[] = [
  'ACK',
  'FIRST_RESPONSE',
  'CALLBACK',
  'PRELIMINARY',
  'NEXT_RESPONSE',
  'RESOLUTION',
];
const drawn: readonly ActName[] = [
  ...(['accepted', 'not_mine', 'person_asked', 'customer_wrote', 'claimed', 'agent_wrote'] as const),
  ...(['connected', 'waits_customer', 'waits_others', 'goes_on', 'handed_back'] as const),
  ...(['concluded', 'resolved', 'merged'] as const),
];

test('whatever happens in whatever order, the clocks agree with those kept by hand', () => {
  const step = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom(...drawn));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (unordered) => {
      // A human answer before the clock begins is told of above; the list keeps to its own order of things.
      const steps = [[0, 'not_mine'] as const, ...unordered].sort(([a], [b]) => a - b);
      const { active, running, ticket } = keptByHand(steps, 401);
      for (const leg of ALL) {
        const times = clock(ticket, leg, 401);
        const expected = times === undefined ? undefined : (active.get(leg) ?? 0) * 60;
        expect(times?.elapsedSeconds).toBe(expected);
        expect(times !== undefined && times.until === undefined).toBe(running.has(leg));
      }
    }),
    { numRuns: 500 },
  );
});
