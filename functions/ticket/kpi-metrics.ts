import type { Figures, Rate } from './kpi-figures.ts';
import { kpisOf } from './kpis.ts';
import type { TicketMeasures } from './ticket-measures.ts';

/** One figure as the monitoring takes it. */
export interface KpiMetric {
  readonly name: string;
  readonly unit: 'Seconds' | 'Percent' | 'Count';
  readonly value: number;
}

/** Figures of all tickets together, or of those of one channel or one priority: a few dozen series in all. */
export interface KpiMetricGroup {
  readonly dimension?: { readonly name: 'channel' | 'priority'; readonly value: string };
  readonly metrics: readonly KpiMetric[];
}

/** The figures of DOMAIN 5 as metrics: numbers only, by nothing that could name a person or a ticket. */
export function kpiMetrics(tickets: readonly TicketMeasures[], unmeasured = 0): readonly KpiMetricGroup[] {
  const groups = (name: 'channel' | 'priority') =>
    [...Map.groupBy(tickets, (ticket) => ticket[name])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, some]) => ({ dimension: { name, value }, metrics: metricsOf(some) }));
  // Figures of a part are told as such: nobody takes them for all of it.
  const all = [...metricsOf(tickets), count('TicketsUnmeasured', unmeasured)];
  return [{ metrics: all }, ...groups('channel'), ...groups('priority')];
}

function metricsOf(tickets: readonly TicketMeasures[]): readonly KpiMetric[] {
  const kpis = kpisOf(tickets);
  const { consistency } = kpis;
  const waitsForFirst = tickets.reduce((sum, { unanswered }) => sum + unanswered.length, 0);
  return [
    count('Tickets', kpis.tickets),
    ...times('FirstResponse', kpis.firstResponse),
    ...missed('FirstResponseMissed', kpis.firstResponse),
    count('FirstResponseAwaited', waitsForFirst),
    ...times('Wait', kpis.wait),
    count('WaitsAbandoned', kpis.abandoned),
    ...succeeded('TransfersSucceeded', kpis.transfers),
    ...times('Handling', kpis.handling),
    ...times('Work', kpis.work),
    ...missed('PreliminaryMissed', kpis.preliminary),
    ...succeeded('SolvedAtFirstContact', kpis.firstContact),
    ...percent('StatusConsistent', consistency.share),
    ...seconds('StatusLagP95', consistency.lag.p95Seconds),
  ];
}

const count = (name: string, value: number): KpiMetric => ({ name, unit: 'Count', value });
const seconds = (name: string, value: number | undefined): readonly KpiMetric[] =>
  value === undefined ? [] : [{ name: `${name}Seconds`, unit: 'Seconds', value }];
const percent = (name: string, share: number | undefined): readonly KpiMetric[] =>
  share === undefined ? [] : [{ name: `${name}Percent`, unit: 'Percent', value: share * 100 }];

const times = (name: string, { meanSeconds, p50Seconds, p90Seconds }: Figures): readonly KpiMetric[] => [
  ...seconds(`${name}Mean`, meanSeconds),
  ...seconds(`${name}P50`, p50Seconds),
  ...seconds(`${name}P90`, p90Seconds),
];
const missed = (name: string, { attainment }: Figures): readonly KpiMetric[] =>
  percent(name, attainment === undefined ? undefined : 1 - attainment);
const succeeded = (name: string, { share }: Rate): readonly KpiMetric[] => percent(name, share);
