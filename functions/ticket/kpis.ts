import { type JudgedAnswer, statusChannels } from './consistency.ts';
import { figuresOf, lagFigures, rateOf } from './kpi-figures.ts';
import type { TicketMeasures } from './ticket-measures.ts';

/** The figures of some tickets together. */
export function kpisOf(tickets: readonly TicketMeasures[]) {
  const all = <Part>(pick: (one: TicketMeasures) => readonly Part[]): readonly Part[] =>
    tickets.flatMap(pick);
  const contacts = all(({ firstContact }) => (firstContact === undefined ? [] : [firstContact]));
  return {
    tickets: tickets.length,
    firstResponse: figuresOf(all(({ firstResponse }) => firstResponse)),
    wait: figuresOf(all(({ wait }) => wait)),
    abandoned: tickets.reduce((sum, { abandoned }) => sum + abandoned, 0),
    transfers: rateOf(all(({ transfers }) => transfers)),
    handling: figuresOf(all(({ handling }) => handling)),
    talk: figuresOf(all(({ talk }) => talk)),
    afterCall: figuresOf(all(({ afterCall }) => afterCall)),
    focus: figuresOf(all(({ focus }) => focus)),
    work: figuresOf(all(({ work }) => work)),
    preliminary: figuresOf(all(({ preliminary }) => preliminary)),
    resolution: figuresOf(all(({ resolution }) => resolution)),
    firstContact: {
      ...rateOf(contacts.map(({ failure }) => failure)),
      // A reopening may still come within seven days.
      provisional: contacts.filter(({ provisional }) => provisional).length,
    },
    consistency: consistencyOf(all(({ consistency }) => consistency)),
  };
}

/** Status answers of all channels, whose version was the ticket's at that time (K6). */
function consistencyOf(answers: readonly JudgedAnswer[]) {
  const together = (some: readonly JudgedAnswer[]) => {
    const current = some.filter(({ verdict }) => verdict === 'current').length;
    return {
      n: some.length,
      share: some.length === 0 ? undefined : current / some.length,
      stale: some.filter(({ verdict }) => verdict === 'stale').length,
      contradictions: some.filter(({ verdict }) => verdict === 'contradiction').length,
      lag: lagFigures(
        some.flatMap(({ verdict, lagSeconds }) => (verdict === 'contradiction' ? [] : [lagSeconds])),
      ),
    };
  };
  const byChannel = statusChannels.flatMap((channel) => {
    const own = answers.filter((answer) => answer.channel === channel);
    return own.length === 0 ? [] : [{ channel, ...together(own) }];
  });
  return { ...together(answers), byChannel };
}

/** Rows per day, channel and priority, in that order, and all of it together. */
export function kpiTable(tickets: readonly TicketMeasures[]) {
  const key = ({ day, channel, priority }: TicketMeasures) => `${day} ${channel} ${priority}`;
  const rows = [...Map.groupBy(tickets, key)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const { day, channel, priority } = first;
      return [{ day, channel, priority, ...kpisOf(group) }];
    });
  return { rows, total: kpisOf(tickets) };
}
