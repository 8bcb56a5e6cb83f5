import { type ClockPolicy, type Leg, policyOf } from './clock-policy.ts';
import type { ClockRun, Clocks, Pause } from './clocks.ts';
import type { Priority } from './ticket-priority.ts';

/**
 * `running`, `paused`, `overdue`: not stopped yet. `met`, `missed`: stopped before its time, or not. `moot`: nobody
 * waited for it any more, and its time had not come.
 */
export type ClockState = 'running' | 'paused' | 'overdue' | 'met' | 'missed' | 'moot';

/** What one run of a clock comes to at a moment. */
export interface ClockTimes {
  readonly leg: Leg;
  readonly state: ClockState;
  readonly from: string;
  readonly until?: string;
  readonly targetMinutes: number;
  /** Without the pauses. */
  readonly elapsedSeconds: number;
  /** When three quarters are gone, and when all is; undefined: not before a pause that still lasts is over. */
  readonly warnAt?: string;
  readonly dueAt?: string;
}

export interface ClockFacts {
  readonly pauses: readonly Pause[];
  readonly policy: ClockPolicy;
  readonly priority: Priority;
  readonly at: string;
}

const MINUTE_MS = 60_000;

/** The times of one run, from its raw times and the pauses alone: stop, target and priority may change in any order. */
export function timesOf(run: ClockRun, { pauses, policy, priority, at }: ClockFacts): ClockTimes {
  const from = Date.parse(run.from);
  const end = Math.max(from, Date.parse(run.until ?? at));
  const spans = policy.pauses.includes(run.leg) ? within(pauses, from, run.until) : [];
  const targetMinutes = run.targetMinutes ?? policy.minutes[run.leg][priority];
  const targetMs = targetMinutes * MINUTE_MS;
  const paused = spans.reduce((sum, span) => sum + Math.max(0, Math.min(span.until, end) - span.from), 0);
  const elapsed = end - from - paused;
  const late = elapsed >= targetMs;
  const stands = run.until === undefined && spans.some(({ until }) => until === Number.POSITIVE_INFINITY);
  return {
    leg: run.leg,
    state: stateOf(run, { late, stands }),
    from: run.from,
    until: run.until,
    targetMinutes,
    elapsedSeconds: Math.floor(elapsed / 1000),
    warnAt: momentAfter(from, targetMs * policy.warnShare, spans),
    dueAt: momentAfter(from, targetMs, spans),
  };
}

function stateOf(run: ClockRun, { late, stands }: { late: boolean; stands: boolean }): ClockState {
  if (run.until === undefined) return late ? 'overdue' : stands ? 'paused' : 'running';
  if (late) return 'missed';
  return run.ended === 'moot' ? 'moot' : 'met';
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** The pauses as far as they lie within the run, in order. */
function within(pauses: readonly Pause[], from: number, stopped: string | undefined): readonly Span[] {
  const last = stopped === undefined ? Number.POSITIVE_INFINITY : Date.parse(stopped);
  return pauses
    .map((pause) => ({
      from: Math.max(from, Date.parse(pause.from)),
      until: Math.min(last, pause.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(pause.until)),
    }))
    .filter((span) => span.until > span.from)
    .sort((a, b) => a.from - b.from);
}

/** When the clock has run for so long; undefined: a pause without an end comes before. */
function momentAfter(from: number, activeMs: number, spans: readonly Span[]): string | undefined {
  let moment = from + activeMs;
  for (const span of spans) {
    if (span.from >= moment) break;
    if (span.until === Number.POSITIVE_INFINITY) return undefined;
    moment += span.until - span.from;
  }
  return new Date(moment).toISOString();
}

interface Clocked {
  readonly priority: Priority;
  readonly clocks?: Clocks;
}

/** All clocks of the present cycle at a moment, in the order they began. */
export function clockTimes({ clocks, priority }: Clocked, at: string): readonly ClockTimes[] {
  if (clocks === undefined) return [];
  const { pauses, policy } = clocks;
  return clocks.runs.map((run) => timesOf(run, { pauses, policy: policyOf(policy), priority, at }));
}

/** What a person has to be told of a ticket's clocks. */
export type ClockNews =
  | { readonly kind: 'warning' | 'breach'; readonly leg: Leg; readonly dueAt: string }
  | { readonly kind: 'unclaimed'; readonly since: string };

/** What is to be told by `at`, and was not yet. A breach says all that its warning would have said. */
export function clockNews(ticket: Clocked, at: string): readonly ClockNews[] {
  const { clocks } = ticket;
  if (clocks === undefined) return [];
  const times = clockTimes(ticket, at);
  const ofRuns = clocks.runs.flatMap((run, place): ClockNews[] => {
    const { leg } = run;
    const { warnAt, dueAt } = times[place] ?? {};
    if (run.until !== undefined || run.breachedAt !== undefined) return [];
    if (dueAt !== undefined && dueAt <= at) return [{ kind: 'breach', leg, dueAt }];
    if (run.warnedAt !== undefined || warnAt === undefined || warnAt > at) return [];
    // A pause that began between the two: told once the clock goes on and says by when.
    return dueAt === undefined ? [] : [{ kind: 'warning', leg, dueAt }];
  });
  const page = pageAt(clocks);
  const since = clocks.urgentFrom;
  return page !== undefined && since !== undefined && page <= at
    ? [...ofRuns, { kind: 'unclaimed', since }]
    : ofRuns;
}

function pageAt({ policy, urgentFrom, pagedAt }: Clocks): string | undefined {
  if (urgentFrom === undefined || pagedAt !== undefined) return undefined;
  return new Date(Date.parse(urgentFrom) + policyOf(policy).unclaimedMinutes * MINUTE_MS).toISOString();
}

/** When there is news of a clock next; undefined: never, unless something happens. */
export function nextClockNews(ticket: Clocked): string | undefined {
  const { clocks } = ticket;
  if (clocks === undefined) return undefined;
  // Moments do not depend on when one asks: any time will do.
  const times = clockTimes(ticket, clocks.from);
  const ofRuns = clocks.runs.flatMap((run, place) => {
    const { warnAt, dueAt } = times[place] ?? {};
    if (run.until !== undefined || run.breachedAt !== undefined || dueAt === undefined) return [];
    return [run.warnedAt === undefined ? (warnAt ?? dueAt) : dueAt];
  });
  return earliest([...ofRuns, pageAt(clocks)]);
}

/** When the next clock a person can stop is due: what the queue is ordered by within a priority. */
export function nextLegDue(ticket: Clocked): string | undefined {
  const { clocks } = ticket;
  if (clocks === undefined) return undefined;
  const times = clockTimes(ticket, clocks.from);
  return earliest(
    clocks.runs.map((run, place) =>
      run.until === undefined && run.leg !== 'ACK' ? times[place]?.dueAt : undefined,
    ),
  );
}

/** The place among those who wait, as text that sorts: by priority, then by the next clock a person can stop. */
export const queuePlace = (ticket: Clocked & { readonly openedAt: string }): string =>
  `${ticket.priority}#${nextLegDue(ticket) ?? ticket.openedAt}`;

const earliest = (moments: readonly (string | undefined)[]): string | undefined =>
  moments.filter((moment) => moment !== undefined).sort()[0];
