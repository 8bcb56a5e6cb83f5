import { CURRENT_POLICY, type Leg, policyOf } from './clock-policy.ts';
import { type ClockRun, type Clocks, KEPT_ANSWERS, KEPT_CYCLES } from './clocks.ts';
import { conversationEntries } from './conversation.ts';
import { isOver, type Ticket } from './ticket.ts';

/** Of a journal entry, what moves clocks. */
export interface ClockEntry {
  readonly type: string;
  readonly by: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Change {
  readonly ticket: Ticket;
  readonly entries: readonly ClockEntry[];
  readonly at: string;
}

/** Work by others than us: the clocks that allow it stand still. */
const waiting: readonly Ticket['status'][] = ['awaiting_customer', 'awaiting_third_party'];

/**
 * The ticket with its clocks as a change leaves them (DOMAIN 5). Read off the change itself, so that no use case
 * forgets one; from what was before and what happened alone, so that doing it twice is doing it once.
 */
export function withClocks(
  previous: Ticket | undefined,
  ticket: Ticket,
  change: { readonly entries: readonly ClockEntry[]; readonly at: string },
): Ticket {
  const before = previous?.clocks;
  const goesOn = before !== undefined && before.cycle === ticket.cycle;
  const past = previous?.pastClocks;
  const given = { ticket, ...change };
  const clocks = stepped(goesOn ? before : begun(previous, given), given);
  return {
    ...ticket,
    clocks,
    pastClocks: goesOn || before === undefined ? past : [...(past ?? []), before].slice(-KEPT_CYCLES),
  };
}

/** A new cycle. The customer's own act that opens it is acknowledged by the answer it gets. */
function begun(previous: Ticket | undefined, { ticket, entries, at }: Change): Clocks {
  // Of a ticket that is older than its clocks, what is known of its past.
  const from = previous !== undefined && previous.cycle === ticket.cycle ? previous.openedAt : at;
  const blank: Clocks = { cycle: ticket.cycle, from, policy: CURRENT_POLICY, runs: [], pauses: [] };
  if (entries.some(byStaff)) return blank;
  return { ...blank, runs: [{ leg: 'ACK', from }] };
}

const byStaff = ({ by }: ClockEntry): boolean => by.startsWith('agent:');

function stepped(clocks: Clocks, change: Change): Clocks {
  const { ticket, entries, at } = change;
  const told = toldNews(clocks, change);
  const policy = entries.some(({ type }) => type === 'ticket_triaged') ? CURRENT_POLICY : told.policy;
  const started = withStarts({ ...told, policy }, change);
  const stopped = withStops(started, change);
  const urgent = ticket.status === 'queued' && ticket.priority === 'P1';
  return {
    ...stopped,
    pauses: pausesAfter(stopped, ticket, at),
    urgentFrom: urgent ? (stopped.urgentFrom ?? at) : undefined,
    pagedAt: urgent ? stopped.pagedAt : undefined,
  };
}

/** Marks what people were told, so that they are told once. */
function toldNews(clocks: Clocks, { entries, at }: Change): Clocks {
  let { runs, pagedAt } = clocks;
  for (const { type, data } of entries) {
    if (type === 'on_call_paged') pagedAt = at;
    const mark = type === 'clock_warned' ? 'warnedAt' : type === 'clock_breached' ? 'breachedAt' : undefined;
    if (mark === undefined) continue;
    runs = runs.map((run) =>
      run.leg === data.leg && run.until === undefined ? { ...run, [mark]: run[mark] ?? at } : run,
    );
  }
  return { ...clocks, runs, pagedAt };
}

function withStarts(clocks: Clocks, { ticket, entries, at }: Change): Clocks {
  const runs = [...clocks.runs];
  const known = (leg: Leg) => runs.some((run) => run.leg === leg);
  const running = (leg: Leg) => runs.some((run) => run.leg === leg && run.until === undefined);
  const has = (type: string) => entries.some((entry) => entry.type === type);
  if (isOver(ticket)) return clocks;
  const { responseDueFrom } = ticket;
  if (responseDueFrom !== undefined && !known('FIRST_RESPONSE')) {
    for (const leg of ['FIRST_RESPONSE', 'PRELIMINARY', 'RESOLUTION'] as const)
      runs.push({ leg, from: responseDueFrom });
  }
  const urgent = ticket.priority === 'P1' || ticket.priority === 'P2';
  const toBeCalled = ticket.status === 'queued' && urgent && ticket.phoneConsent === true;
  const callBack = has('person_asked') || (toBeCalled && !known('CALLBACK'));
  if (callBack && !running('CALLBACK')) runs.push({ leg: 'CALLBACK', from: at });
  if (entries.some((entry) => isMessage(entry, ticket)) && !running('NEXT_RESPONSE'))
    runs.push({ leg: 'NEXT_RESPONSE', from: at });
  return { ...clocks, runs: bounded(runs) };
}

/** Words that nobody but a person can answer; an unclear text is asked back by itself while its alert is open. */
const isMessage = ({ type, data }: ClockEntry, { status }: Ticket): boolean =>
  type === 'customer_message' ||
  (type === 'customer_wrote' && data.reading === 'unclear' && status !== 'awaiting_reply');

function bounded(runs: readonly ClockRun[]): ClockRun[] {
  const answers = runs.filter(({ leg, until }) => leg === 'NEXT_RESPONSE' && until !== undefined);
  const dropped = new Set(answers.slice(0, Math.max(0, answers.length - KEPT_ANSWERS)));
  return runs.filter((run) => !dropped.has(run));
}

interface Stop {
  readonly leg: Leg;
  readonly at: string;
  readonly ended: 'done' | 'moot';
  /** Only a run that had begun by then. */
  readonly begunBy?: string;
}

function withStops(clocks: Clocks, change: Change): Clocks {
  const { ticket, entries, at } = change;
  const human = entries.map((entry) => humanContact(entry, at)).find((contact) => contact !== undefined);
  const humanAt = clocks.humanAt ?? human?.at;
  const stops: Stop[] = [
    ...(isAcknowledged(entries) ? [{ leg: 'ACK', at, ended: 'done' } as const] : []),
    ...(humanAt === undefined
      ? []
      : ([
          { leg: 'FIRST_RESPONSE', at: humanAt, ended: 'done' },
          { leg: 'ACK', at: humanAt, ended: 'moot' },
        ] as const)),
    ...(human === undefined
      ? []
      : [{ leg: 'NEXT_RESPONSE', at: human.at, ended: 'done', begunBy: human.at } as const]),
    ...(human?.byPhone ? [{ leg: 'CALLBACK', at: human.at, ended: 'done' } as const] : []),
    ...endsOf(ticket, at),
  ];
  const { priority } = ticket;
  const policy = policyOf(clocks.policy);
  const runs = clocks.runs.map((run) => {
    const stop = stops.find(
      ({ leg, begunBy }) => leg === run.leg && (begunBy === undefined || run.from <= begunBy),
    );
    if (run.until !== undefined || stop === undefined) return run;
    // Answered before the clock began, e.g. a call that was connected when the "not mine" came.
    const until = stop.at > run.from ? stop.at : run.from;
    return { ...run, until, ended: stop.ended, targetMinutes: policy.minutes[run.leg][priority] };
  });
  return { ...clocks, runs, humanAt };
}

/** A notice was accepted, or the customer acted and was answered, on whatever channel. */
const isAcknowledged = (entries: readonly ClockEntry[]): boolean =>
  entries.some(({ type, by }) => type === 'text_accepted' || by.startsWith('customer:'));

/** Words to the customer, a conclusion's too, or a connected call: what counts as an answer by a human (D6). */
function humanContact(
  { type, data }: ClockEntry,
  at: string,
): { readonly at: string; readonly byPhone: boolean } | undefined {
  if (conversationEntries[type] === 'agent') return { at, byPhone: false };
  const connectedAt = timeIn(data.connectedAt, at);
  if (type === 'call_connected') return { at: connectedAt ?? at, byPhone: true };
  if (type !== 'call_ended' || data.outcome !== 'connected') return undefined;
  if (connectedAt !== undefined) return { at: connectedAt, byPhone: true };
  // An agent who dialled by hand says how long it took: no longer than since it was announced.
  const seconds = typeof data.seconds === 'number' ? data.seconds : 0;
  const began = new Date(Date.parse(at) - seconds * 1000).toISOString();
  const announcedAt = timeIn(data.announcedAt, at) ?? began;
  return { at: began < announcedAt ? announcedAt : began, byPhone: true };
}

/** A raw time that an entry tells, which may be told late but is not of the future; undefined: none is told. */
const timeIn = (told: unknown, at: string): string | undefined =>
  typeof told === 'string' && told <= at ? told : undefined;

/** What the status ends: with a resolution and after, nothing else is waited for. */
function endsOf(ticket: Ticket, at: string): readonly Stop[] {
  const done = (...legs: readonly Leg[]) => legs.map((leg) => ({ leg, at, ended: 'done' }) as const);
  const moot = (...legs: readonly Leg[]) => legs.map((leg) => ({ leg, at, ended: 'moot' }) as const);
  if (ticket.status === 'concluded') return done('PRELIMINARY');
  if (ticket.status === 'resolved') {
    return [
      ...done('PRELIMINARY', 'RESOLUTION'),
      ...moot('ACK', 'FIRST_RESPONSE', 'CALLBACK', 'NEXT_RESPONSE'),
    ];
  }
  if (!isOver(ticket)) return [];
  return moot('ACK', 'FIRST_RESPONSE', 'CALLBACK', 'PRELIMINARY', 'NEXT_RESPONSE', 'RESOLUTION');
}

function pausesAfter({ pauses }: Clocks, { status }: Ticket, at: string): Clocks['pauses'] {
  const waits = waiting.includes(status);
  const stands = pauses.at(-1)?.until === undefined && pauses.length > 0;
  if (waits === stands) return pauses;
  if (waits) return [...pauses, { from: at }];
  return pauses.map((pause) => (pause.until === undefined ? { ...pause, until: at } : pause));
}
