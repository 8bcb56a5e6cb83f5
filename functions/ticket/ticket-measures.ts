import * as z from 'zod/mini';
import type { ClockTimes } from './clock-times.ts';
import { clockTimes } from './clock-times.ts';
import { type JudgedAnswer, judgeAnswers, type StatusAnswer, type VersionFrom } from './consistency.ts';
import type { DayOf } from './issuer-day.ts';
import type { Measured } from './kpi-figures.ts';
import type { Ticket } from './ticket.ts';
import { contactsIn } from './ticket-contacts.ts';
import { ticketStatuses } from './ticket-states.ts';
import { transfersIn } from './ticket-transfers.ts';
import { waitsIn } from './ticket-waits.ts';

/** What happened on a ticket: entries of its journal, and the events that went out of it. */
export interface TicketEvent {
  readonly type: string;
  readonly at: string;
  readonly by?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What one ticket adds to the figures of DOMAIN 5. */
export interface TicketMeasures {
  readonly number: string;
  /** On which it was opened, in the issuer's zone. */
  readonly day: string;
  readonly channel: string;
  readonly priority: Ticket['priority'];
  readonly firstResponse: readonly Measured[];
  /** Seconds that somebody has been waiting for a first response. */
  readonly unanswered: readonly number[];
  readonly wait: readonly Measured[];
  readonly abandoned: number;
  /** Of each call for a person: undefined where one came within the contact and had the ticket open, else why not. */
  readonly transfers: readonly (string | undefined)[];
  readonly handling: readonly Measured[];
  readonly talk: readonly Measured[];
  readonly afterCall: readonly Measured[];
  readonly focus: readonly Measured[];
  /** All an agent did for it: focus, talk and work after calls. */
  readonly work: readonly Measured[];
  readonly preliminary: readonly Measured[];
  readonly resolution: readonly Measured[];
  /** Undefined: solved at first contact; else why not. Absent while it is not over. */
  readonly firstContact?: { readonly failure: string | undefined; readonly provisional: boolean };
  /** What channels said of it. */
  readonly consistency: readonly JudgedAnswer[];
}

const HOUR_MS = 3_600_000;
const FIRST_CONTACT_MS = 4 * HOUR_MS;
/** So long a reopening or a new alert may still come. */
const REOPEN_MS = 7 * 24 * HOUR_MS;

export interface TicketRecord {
  /** In order. */
  readonly events: readonly TicketEvent[];
  readonly answers: readonly StatusAnswer[];
  /** How long agents had it before their eyes. */
  readonly focusSeconds: number;
}

/** Seconds that somebody has been waiting for a first response: from the ticket alone. */
export const unansweredOf = (ticket: Ticket, at: string): readonly number[] =>
  cyclesOf(ticket, at).flatMap(({ leg, until, elapsedSeconds }) =>
    leg === 'FIRST_RESPONSE' && until === undefined ? [elapsedSeconds] : [],
  );

function cyclesOf({ priority, clocks, pastClocks = [] }: Ticket, at: string): readonly ClockTimes[] {
  const cycles = [...pastClocks, ...(clocks === undefined ? [] : [clocks])];
  return cycles.flatMap((cycle) => clockTimes({ priority, clocks: cycle }, at));
}

export function measuresOf(
  ticket: Ticket,
  { events, answers, focusSeconds }: TicketRecord,
  { at, dayOf }: { readonly at: string; readonly dayOf: DayOf },
): TicketMeasures {
  const { priority, openedAt } = ticket;
  const times = cyclesOf(ticket, at);
  const ofLeg = (leg: ClockTimes['leg']) => times.filter((one) => one.leg === leg);
  return {
    number: ticket.number,
    day: dayOf(openedAt),
    channel: channelOf(events[0]),
    priority,
    firstResponse: ended(ofLeg('FIRST_RESPONSE')),
    unanswered: unansweredOf(ticket, at),
    ...waitsIn(events),
    transfers: transfersIn(events, at),
    handling: ended(ofLeg('RESOLUTION')).map(({ seconds }) => ({ seconds })),
    ...workOn(events, focusSeconds),
    preliminary: ended(ofLeg('PRELIMINARY')),
    resolution: ended(ofLeg('RESOLUTION')),
    firstContact: firstContact(ticket, events, at),
    consistency: judgeAnswers(answers, versionsIn(events)),
  };
}

const shownSchema = z.object({ version: z.int(), status: z.enum(ticketStatuses) });

/** What its customer saw from when on, as the journal noted it with each change. */
const versionsIn = (events: readonly TicketEvent[]): readonly VersionFrom[] =>
  events.flatMap(({ at, data }) => {
    const shown = shownSchema.safeParse(data.shown);
    return shown.success ? [{ ...shown.data, at }] : [];
  });

/** Clocks that came to what they waited for; late ones are among them and kept no promise. */
const ended = (times: readonly ClockTimes[]): readonly Measured[] =>
  times
    .filter(({ until, state }) => until !== undefined && state !== 'moot')
    .map(({ elapsedSeconds, state }) => ({ seconds: elapsedSeconds, kept: state === 'met' }));

/** How the incident came to us: by what we found, or by its customer on some channel. */
function channelOf(first: TicketEvent | undefined): string {
  if (first?.by === undefined || first.by === 'system') return 'alert';
  if (typeof first.data.channel === 'string') return first.data.channel;
  return first.by.startsWith('agent:') ? 'desk' : 'app';
}

/** What agents did for a ticket (K4); parts that nobody did are no case of nothing. */
function workOn(events: readonly TicketEvent[], focusSeconds: number) {
  const talk = events.flatMap(talkOf);
  const afterCall = events.flatMap(({ type, data }) =>
    type === 'contact_completed' ? timeOf(data.afterCallSeconds) : [],
  );
  const focus = focusSeconds > 0 ? [{ seconds: focusSeconds }] : [];
  const parts = [...focus, ...talk, ...afterCall];
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  return { talk, afterCall, focus, work: parts.length === 0 ? [] : [{ seconds }] };
}

/** A call an agent made and told of, or one the contact centre put through. */
function talkOf({ type, data }: TicketEvent): readonly Measured[] {
  if (type === 'call_ended') return data.outcome === 'connected' ? timeOf(data.seconds) : [];
  return type === 'contact_ended' ? timeOf(data.talkSeconds) : [];
}

const timeOf = (seconds: unknown): readonly Measured[] => (typeof seconds === 'number' ? [{ seconds }] : []);

/** Solved with one contact over all channels, within four hours of it, never reopened (K5). */
function firstContact(
  { resolvedAt, cycle, status }: Ticket,
  events: readonly TicketEvent[],
  at: string,
): TicketMeasures['firstContact'] {
  if ((status !== 'resolved' && status !== 'closed') || resolvedAt === undefined) return undefined;
  const contacts = contactsIn(events);
  const [first] = contacts;
  if (first === undefined) return undefined;
  const resolved = Date.parse(resolvedAt);
  const failure =
    cycle > 1
      ? 'reopened'
      : contacts.length > 1
        ? 'more_contacts'
        : resolved - first.from > FIRST_CONTACT_MS
          ? 'too_late'
          : undefined;
  return { failure, provisional: failure === undefined && Date.parse(at) - resolved < REOPEN_MS };
}
