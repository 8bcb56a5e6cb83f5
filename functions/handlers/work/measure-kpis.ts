import { createKpiEventStore } from '../../ticket/kpi-event-store.ts';
import { type KpiMetricGroup, kpiMetrics } from '../../ticket/kpi-metrics.ts';
import { kpisOf } from '../../ticket/kpis.ts';
import { createMeasureTickets } from '../../ticket/read-kpis.ts';
import type { PlainWork } from './work.ts';

const DAY_MS = 86_400_000;

/** The desk's figures of the tickets opened yesterday and today (UTC), as the API would tell them now. */
export function measureKpis({
  rooms,
  telemetry,
  publish,
}: PlainWork & { readonly publish: (groups: readonly KpiMetricGroup[]) => void }) {
  const measure = createMeasureTickets({ ...rooms, events: createKpiEventStore(rooms) });
  return async (): Promise<{ readonly measured: number }> => {
    const now = rooms.now();
    const day = (at: number) => new Date(at).toISOString().slice(0, 10);
    const { measures, more } = await measure({ from: day(now.getTime() - DAY_MS), to: day(now.getTime()) });
    publish(kpiMetrics(measures));
    const { contradictions } = kpisOf(measures).consistency;
    if (contradictions > 0) telemetry.count('StatusContradictions', contradictions);
    telemetry.log('kpis_measured', { tickets: measures.length, more, contradictions });
    return { measured: measures.length };
  };
}
