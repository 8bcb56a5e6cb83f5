import { createDayOf } from '../../ticket/issuer-day.ts';
import { createKpiEventStore } from '../../ticket/kpi-event-store.ts';
import { type KpiMetricGroup, kpiMetrics } from '../../ticket/kpi-metrics.ts';
import { kpisOf } from '../../ticket/kpis.ts';
import { createMeasureTickets } from '../../ticket/read-kpis.ts';
import type { PlainWork } from './work.ts';

const DAY_MS = 86_400_000;

/** Most tickets of one hour's run: about a minute of its ten. */
const MOST_TICKETS = 5_000;

/** The desk's figures of the tickets opened yesterday and today, as the issuer counts days, as the API would tell them now. */
export function measureKpis({
  rooms,
  telemetry,
  publish,
  zone,
}: PlainWork & { readonly zone: string; readonly publish: (groups: readonly KpiMetricGroup[]) => void }) {
  const dayOf = createDayOf(zone);
  const measure = createMeasureTickets({ ...rooms, dayOf, events: createKpiEventStore(rooms) });
  return async (): Promise<{ readonly measured: number }> => {
    const now = rooms.now();
    const yesterday = new Date(now.getTime() - DAY_MS);
    const days = { from: dayOf(yesterday.toISOString()), to: dayOf(now.toISOString()) };
    const { measures, unmeasured } = await measure(days, MOST_TICKETS);
    publish(kpiMetrics(measures, unmeasured));
    const { contradictions } = kpisOf(measures).consistency;
    if (contradictions > 0) telemetry.count('StatusContradictions', contradictions);
    telemetry.log('kpis_measured', { tickets: measures.length, unmeasured, contradictions });
    return { measured: measures.length };
  };
}
