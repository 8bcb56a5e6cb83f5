import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmBoard } from './alarms.ts';

/** Share of promises missed at which people are called: one in ten. */
const MISSED_PERCENT = 10;

/** The desk's figures, written every hour by one function: two of the promises as a share of a day's tickets. */
export function watchPromises(alarms: AlarmBoard): void {
  for (const [name, promise] of [
    ['FirstResponseMissed', 'a first response within an hour'],
    ['PreliminaryMissed', 'a first conclusion within a day'],
  ] as const) {
    alarms.add(name, {
      runbook: 'promises-missed',
      description: `Of the tickets of yesterday and today, ${MISSED_PERCENT} % or more did not get ${promise}`,
      metric: kpiMetric(`${name}Percent`),
      threshold: MISSED_PERCENT,
    });
  }
}

/** One figure of the desk, of all tickets or of one priority. */
export function kpiMetric(metricName: string, priority?: string): cloudwatch.IMetric {
  return new cloudwatch.Metric({
    namespace: 'cardguard',
    metricName,
    dimensionsMap: { service: 'reconcile-cards', ...(priority === undefined ? {} : { priority }) },
    label: priority === undefined ? metricName : `${metricName} ${priority}`,
    statistic: 'Average',
    period: Duration.hours(1),
  });
}
