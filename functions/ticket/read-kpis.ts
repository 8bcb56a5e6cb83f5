import type { FocusStore } from './focus-store.ts';
import type { DayOf } from './issuer-day.ts';
import { kpiTable } from './kpis.ts';
import type { StatusAnswerStore } from './status-answer-store.ts';
import type { Ticket } from './ticket.ts';
import { measuresOf, type TicketEvent, type TicketMeasures, unansweredOf } from './ticket-measures.ts';
import type { TicketReadings } from './ticket-reading-store.ts';

/** Tickets whose journals are read side by side. */
const AT_ONCE = 25;
/** Most tickets whose journals are read for one answer of the API, which has ten seconds. */
const MOST_IN_ANSWER = 500;
/** Of those without a first response, the oldest. */
const MOST_UNANSWERED = 200;
const DAY_MS = 86_400_000;

export interface KpiEvents {
  /** Journal entries and events of a ticket, in order. */
  eventsOf(ticketId: string): Promise<readonly TicketEvent[]>;
}

export interface MeasureDeps {
  readonly tickets: Pick<TicketReadings, 'waitingPlaces' | 'heldPlaces' | 'overSince' | 'these'>;
  readonly events: KpiEvents;
  readonly statusAnswers: Pick<StatusAnswerStore, 'of'>;
  readonly focus: Pick<FocusStore, 'secondsOf'>;
  readonly now: () => Date;
  readonly dayOf: DayOf;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

/** Of one ticket, how long somebody has been waiting for a first response. */
export interface Unanswered {
  readonly number: string;
  readonly priority: Ticket['priority'];
  readonly ageSeconds: number;
}

/**
 * The figures of DOMAIN 5 for tickets opened in some days, from their raw times and events as they are now: nothing is
 * counted ahead, so a figure asked for later is the right one of then. `more`: there were more tickets than are measured.
 */
export function createReadKpis(deps: MeasureDeps) {
  const measure = createMeasureTickets(deps);
  return async (days: Days) => {
    const { asOf, measures, unanswered, unmeasured } = await measure(days, MOST_IN_ANSWER);
    return {
      asOf,
      ...kpiTable(measures),
      unanswered: unanswered.slice(0, MOST_UNANSWERED),
      more: unmeasured > 0 || unanswered.length > MOST_UNANSWERED,
    };
  };
}

/**
 * What each ticket opened in some days adds to the figures: at most so many, the latest opened. `unmeasured`: how many
 * were left out at most, as nobody looked on which day they were opened.
 */
export function createMeasureTickets(deps: MeasureDeps) {
  return async (days: Days, most: number) => {
    const at = deps.now().toISOString();
    const { read, left } = await candidates(deps, days, most);
    const opened = read
      .filter(({ openedAt }) => isWithin(deps.dayOf(openedAt), days))
      .sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
    const measured = opened.slice(0, most);
    const measures: TicketMeasures[] = [];
    for (let begin = 0; begin < measured.length; begin += AT_ONCE) {
      const some = measured.slice(begin, begin + AT_ONCE);
      measures.push(...(await Promise.all(some.map((ticket) => measureOne(deps, ticket, at)))));
    }
    const unanswered = opened
      .flatMap((ticket) => unansweredOf(ticket, at).map((ageSeconds) => unansweredAs(ticket, ageSeconds)))
      .sort((a, b) => b.ageSeconds - a.ageSeconds);
    return { asOf: at, measures, unanswered, unmeasured: left + opened.length - measured.length };
  };
}

/** Of those that are over the latest, of those that wait the most urgent; `left`: how many were not read. */
async function candidates({ tickets }: MeasureDeps, { from }: Days, most: number) {
  // The day begins up to 14 hours before that of UTC.
  const since = new Date(Date.parse(`${from}T00:00:00.000Z`) - DAY_MS).toISOString();
  const [over, waiting, held] = await Promise.all([
    tickets.overSince(since),
    tickets.waitingPlaces(),
    tickets.heldPlaces(),
  ]);
  const ofKind = [
    over.places,
    ...[waiting, held].map(({ places }) => places.map(({ ticketId }) => ticketId)),
  ];
  const ids = new Set(ofKind.flatMap((kind) => kind.slice(0, most)));
  const cut = [over, waiting, held].some(({ more }) => more);
  const left = ofKind.reduce((sum, kind) => sum + Math.max(0, kind.length - most), cut ? 1 : 0);
  return { read: await tickets.these([...ids]), left };
}

async function measureOne(deps: MeasureDeps, ticket: Ticket, at: string): Promise<TicketMeasures> {
  const { ticketId } = ticket;
  const [events, answers, focusSeconds] = await Promise.all([
    deps.events.eventsOf(ticketId),
    deps.statusAnswers.of(ticketId),
    deps.focus.secondsOf(ticketId),
  ]);
  return measuresOf(ticket, { events, answers, focusSeconds }, { at, dayOf: deps.dayOf });
}

const isWithin = (day: string, { from, to }: Days): boolean => day >= from && day <= to;
const unansweredAs = ({ number, priority }: Ticket, ageSeconds: number): Unanswered => ({
  ...{ number, priority, ageSeconds },
});
