import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { KpiMetricGroup } from '../ticket/kpi-metrics.ts';

const units = { Seconds: MetricUnit.Seconds, Percent: MetricUnit.Percent, Count: MetricUnit.Count } as const;

/** Writes groups of figures into the log as metrics of this function, each group under its own dimension. */
export function createKpiPublisher(service: string): (groups: readonly KpiMetricGroup[]) => void {
  return (groups) => {
    for (const { dimension, metrics } of groups) {
      const written = new Metrics({ namespace: 'cardguard', serviceName: service });
      if (dimension !== undefined) written.addDimension(dimension.name, dimension.value);
      for (const { name, unit, value } of metrics) written.addMetric(name, units[unit], value);
      written.publishStoredMetrics();
    }
  };
}
