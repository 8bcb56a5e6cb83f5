import type { FocusStore } from './focus-store.ts';
import { kpiTable } from './kpis.ts';
import type { StatusAnswerStore } from './status-answer-store.ts';
import type { Ticket } from './ticket.ts';
import { measuresOf, type TicketEvent, type TicketMeasures } from './ticket-measures.ts';
import type { TicketReadings } from './ticket-reading-store.ts';

/** Tickets whose journals are read side by side, and most of them in one answer. */
const AT_ONCE = 25;
export const MOST_MEASURED = 500;

export interface KpiEvents {
  /** Journal entries and events of a ticket, in order. */
  eventsOf(ticketId: string): Promise<readonly TicketEvent[]>;
}

export interface MeasureDeps {
  readonly tickets: Pick<TicketReadings, 'queue' | 'inHands' | 'overSince'>;
  readonly events: KpiEvents;
  readonly statusAnswers: Pick<StatusAnswerStore, 'of'>;
  readonly focus: Pick<FocusStore, 'secondsOf'>;
  readonly now: () => Date;
}

interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * The figures of DOMAIN 5 for tickets opened in some days, from their raw times and events as they are now: nothing is
 * counted ahead, so a figure asked for later is the right one of then. `more`: there were more tickets than are measured.
 */
export function createReadKpis(deps: MeasureDeps) {
  const measure = createMeasureTickets(deps);
  return async (days: Days) => {
    const { asOf, measures, more } = await measure(days);
    return { asOf, ...kpiTable(measures), more };
  };
}

/** What each ticket opened in some days adds to the figures. */
export function createMeasureTickets(deps: MeasureDeps) {
  return async (days: Days) => {
    const at = deps.now().toISOString();
    const [over, waiting, inHand] = await Promise.all([
      deps.tickets.overSince(`${days.from}T00:00:00.000Z`),
      deps.tickets.queue(),
      deps.tickets.inHands(),
    ]);
    const opened = [...over, ...waiting, ...inHand].filter(({ openedAt }) => {
      const day = openedAt.slice(0, 10);
      return day >= days.from && day <= days.to;
    });
    const all = [...new Map(opened.map((ticket) => [ticket.ticketId, ticket])).values()];
    const measured = all.slice(0, MOST_MEASURED);
    const measures: TicketMeasures[] = [];
    for (let begin = 0; begin < measured.length; begin += AT_ONCE) {
      const some = measured.slice(begin, begin + AT_ONCE);
      const read = async (ticket: Ticket) => {
        const { ticketId } = ticket;
        const [events, answers, focusSeconds] = await Promise.all([
          deps.events.eventsOf(ticketId),
          deps.statusAnswers.of(ticketId),
          deps.focus.secondsOf(ticketId),
        ]);
        return measuresOf(ticket, { events, answers, focusSeconds }, at);
      };
      measures.push(...(await Promise.all(some.map(read))));
    }
    return { asOf: at, measures, more: all.length > measured.length };
  };
}
