import type { Leg } from '../../functions/ticket/clock-policy.ts';

/**
 * A ticket's clocks kept a second way: time is added up as it passes, from what happened alone. It shares nothing with
 * the code it judges, not even its figures: these are of DOMAIN 5 and of the shipped policy, written down again.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const targets: Readonly<Record<Leg, Readonly<Record<string, number>>>> = {
  ACK: all(MINUTE),
  FIRST_RESPONSE: all(HOUR),
  CALLBACK: all(30 * MINUTE),
  PRELIMINARY: all(24 * HOUR),
  NEXT_RESPONSE: all(HOUR),
  RESOLUTION: { P1: 72 * HOUR, P2: 120 * HOUR, P3: 240 * HOUR, P4: 120 * HOUR },
};
function all(ms: number): Readonly<Record<string, number>> {
  return { P1: ms, P2: ms, P3: ms, P4: ms };
}

export interface Happened {
  readonly at: number;
  readonly what: string;
  readonly priority?: string;
}
export interface HandRun {
  readonly leg: Leg;
  readonly cycle: number;
  readonly from: number;
  active: number;
  until?: number;
  state?: 'met' | 'missed' | 'moot';
  warned: boolean;
  breached: boolean;
}
export interface Told {
  readonly at: number;
  readonly type: string;
  readonly leg?: Leg;
}

export function keepByHand(openedAt: number, log: readonly Happened[], until: number) {
  const runs: HandRun[] = [];
  const told: Told[] = [];
  let now = openedAt;
  let cycle = 1;
  let status = 'awaiting_reply';
  let priority = 'P2';
  let owner = false;
  let leaseEnds = Number.POSITIVE_INFINITY;
  let urgentSince: number | undefined;
  let paged = false;
  let consent = false;
  let spoken = false;

  const running = () => runs.filter((run) => run.until === undefined);
  const find = (leg: Leg) => running().find((run) => run.leg === leg);
  const had = (leg: Leg) => runs.some((run) => run.leg === leg && run.cycle === cycle);
  const isOver = () => status === 'resolved';
  let closes = Number.POSITIVE_INFINITY;
  const targetOf = (run: HandRun) => targets[run.leg][priority] ?? 0;
  const stands = (run: HandRun) =>
    run.leg === 'RESOLUTION' && status.startsWith('awaiting_') && status !== 'awaiting_reply';
  const start = (leg: Leg) => {
    if (find(leg) === undefined)
      runs.push({ leg, cycle, from: now, active: 0, warned: false, breached: false });
  };
  const stop = (leg: Leg, how: 'met' | 'moot') => {
    const run = find(leg);
    if (run === undefined) return;
    run.until = now;
    run.state = run.active >= targetOf(run) ? 'missed' : how;
  };
  start('ACK');

  /** Lets time pass up to a moment; what falls due on the way is told then. */
  function passTo(end: number): void {
    for (;;) {
      tell();
      const next = Math.min(end, ...running().flatMap(newsIn), ...others());
      for (const run of running()) if (!stands(run)) run.active += next - now;
      now = next;
      if (now >= end) break;
    }
  }
  const newsIn = (run: HandRun): readonly number[] => {
    if (stands(run) || run.breached) return [];
    const target = targetOf(run);
    return [...(run.warned ? [] : [now + target * 0.75 - run.active]), now + target - run.active].filter(
      (at) => at > now,
    );
  };
  const others = () =>
    [
      leaseEnds,
      closes,
      urgentSince === undefined || paged ? Number.POSITIVE_INFINITY : urgentSince + 10 * MINUTE,
    ].filter((at) => at > now);

  function tell(): void {
    for (const run of running()) {
      if (run.breached || stands(run)) continue;
      if (run.active >= targetOf(run)) {
        run.breached = true;
        told.push({ at: now, type: 'clock_breached', leg: run.leg });
      } else if (!run.warned && run.active >= targetOf(run) * 0.75) {
        run.warned = true;
        told.push({ at: now, type: 'clock_warned', leg: run.leg });
      }
    }
    if (urgentSince !== undefined && !paged && now >= urgentSince + 10 * MINUTE) {
      paged = true;
      told.push({ at: now, type: 'on_call_paged' });
    }
    if (now >= closes) {
      told.push({ at: now, type: 'ticket_closed' });
      closes = Number.POSITIVE_INFINITY;
      status = 'closed';
    }
    if (now >= leaseEnds) {
      told.push({ at: now, type: 'lease_expired' });
      leaseEnds = Number.POSITIVE_INFINITY;
      become('queued');
      owner = false;
      settle();
    }
  }

  function become(next: string): void {
    if (status === 'resolved' && next === 'queued') {
      cycle += 1;
      owner = false;
      urgentSince = undefined;
      spoken = false;
    }
    status = next;
    // Nobody reopens it in a week.
    closes = status === 'resolved' ? now + 7 * 24 * HOUR : Number.POSITIVE_INFINITY;
    if (status !== 'in_progress') leaseEnds = Number.POSITIVE_INFINITY;
  }
  const lease = () => {
    if (status === 'in_progress') leaseEnds = now + 20 * MINUTE;
  };
  const waits = () => {
    if (status === 'awaiting_reply' || status === 'resolved') become('queued');
    if (['awaiting_customer', 'awaiting_third_party', 'concluded'].includes(status)) {
      become(owner ? 'in_progress' : 'queued');
      lease();
    }
    if (had('FIRST_RESPONSE')) return;
    for (const leg of ['FIRST_RESPONSE', 'PRELIMINARY', 'RESOLUTION'] as const) start(leg);
    // A person answered before anybody was to: in no time.
    if (spoken) stop('FIRST_RESPONSE', 'met');
    if (status === 'concluded') stop('PRELIMINARY', 'met');
  };
  /** What follows from how things stand now. */
  function settle(): void {
    const urgent = status === 'queued' && priority === 'P1';
    if (!urgent) [urgentSince, paged] = [undefined, false];
    else urgentSince ??= now;
    if (status === 'queued' && priority <= 'P2' && consent && !had('CALLBACK')) start('CALLBACK');
  }
  const byCustomer = () => stop('ACK', 'met');
  const byHuman = () => {
    spoken = true;
    stop('FIRST_RESPONSE', 'met');
    stop('NEXT_RESPONSE', 'met');
    stop('ACK', 'moot');
  };

  const does: Readonly<Record<string, (one: Happened) => void>> = {
    accepted: () => stop('ACK', 'met'),
    not_mine: () => {
      waits();
      priority = 'P1';
      byCustomer();
    },
    person_asked: () => {
      waits();
      consent = true;
      start('CALLBACK');
      byCustomer();
    },
    customer_wrote: () => {
      if (status === 'resolved') waits();
      if (status === 'awaiting_customer') {
        become(owner ? 'in_progress' : 'queued');
        lease();
      }
      start('NEXT_RESPONSE');
      byCustomer();
    },
    claimed: () => {
      become('in_progress');
      owner = true;
      lease();
    },
    taken_over: () => {
      owner = true;
      lease();
    },
    wrote: () => {
      byHuman();
      lease();
    },
    connected: () => {
      byHuman();
      stop('CALLBACK', 'met');
      lease();
    },
    noted: lease,
    asked_customer: () => {
      byHuman();
      become('awaiting_customer');
    },
    asked_others: () => become('awaiting_third_party'),
    resumed: () => {
      become('in_progress');
      lease();
    },
    handed_back: () => {
      become('queued');
      owner = false;
    },
    concluded: () => {
      byHuman();
      become('concluded');
      stop('PRELIMINARY', 'met');
    },
    resolved: () => {
      byHuman();
      become('resolved');
      stop('PRELIMINARY', 'met');
      stop('RESOLUTION', 'met');
      for (const leg of ['ACK', 'FIRST_RESPONSE', 'CALLBACK', 'NEXT_RESPONSE'] as const) stop(leg, 'moot');
    },
    reopened: () => waits(),
    triaged: ({ priority: given = priority }) => {
      priority = given;
    },
  };

  for (const one of log) {
    passTo(one.at);
    // A new cycle that the customer opens is acknowledged by the answer; staff need no acknowledgement.
    const opens = isOver() && ['not_mine', 'person_asked', 'customer_wrote'].includes(one.what);
    does[one.what]?.(one);
    if (opens)
      runs.push({
        leg: 'ACK',
        cycle,
        from: now,
        active: 0,
        until: now,
        state: 'met',
        warned: false,
        breached: false,
      });
    settle();
  }
  passTo(until);
  tell();
  return { runs, told, status, priority, cycle };
}
