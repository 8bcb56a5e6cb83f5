import { Duration } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type OwnMetric, ownMetric, ownMetrics } from './alarms.ts';
import { kpiMetric } from './desk-figures.ts';
import type { QueueWithDlq } from './queue-with-dlq.ts';

export interface DashboardProps {
  readonly name: string;
  readonly queues: Readonly<Record<string, QueueWithDlq>>;
  readonly functions: Readonly<Record<string, lambda.IFunction>>;
  readonly streamReaders: readonly lambda.IFunction[];
  readonly api: apigateway.HttpApi;
}

const minute = { period: Duration.minutes(1) };

/** One page for whoever is called at night: what is stuck, what fails, how late we are. */
export function createDashboard(scope: Construct, props: DashboardProps): cloudwatch.Dashboard {
  const queues = Object.values(props.queues);
  const functions = Object.values(props.functions);
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: props.name,
    defaultInterval: Duration.hours(3),
    widgets: [
      [
        graph(
          'Needs a person',
          (Object.keys(ownMetrics) as OwnMetric[]).map((name) => ownMetric(name)),
        ),
        graph(
          'Dead letters',
          queues.map((q) =>
            q.dlq.metricApproximateNumberOfMessagesVisible({ ...minute, statistic: 'Maximum' }),
          ),
        ),
      ],
      [
        graph(
          'Oldest message (s)',
          queues.map((q) => q.queue.metricApproximateAgeOfOldestMessage({ ...minute, statistic: 'Maximum' })),
        ),
        graph(
          'Lag behind the Cases stream (ms)',
          props.streamReaders.map((fn) => fn.metric('IteratorAge', { ...minute, statistic: 'Maximum' })),
        ),
      ],
      [
        graph(
          'Errors',
          functions.map((fn) => fn.metricErrors({ ...minute, statistic: 'Sum' })),
        ),
        graph(
          'Throttles',
          functions.map((fn) => fn.metricThrottles({ ...minute, statistic: 'Sum' })),
        ),
      ],
      [
        graph(
          'Duration p99 (ms)',
          functions.map((fn) => fn.metricDuration({ ...minute, statistic: 'p99' })),
        ),
        graph('API', [
          props.api.metricCount({ ...minute, statistic: 'Sum' }),
          props.api.metricClientError({ ...minute, statistic: 'Sum' }),
          props.api.metricServerError({ ...minute, statistic: 'Sum' }),
        ]),
      ],
      ...deskFigures(),
    ],
  });
}

/** K1 to K6 of the tickets of yesterday and today, hour by hour; by channel and day the desk's own page has them. */
function deskFigures(): cloudwatch.IWidget[][] {
  const all = (...names: readonly string[]) => names.map((name) => kpiMetric(name));
  const byPriority = (name: string) => ['P1', 'P2', 'P3', 'P4'].map((priority) => kpiMetric(name, priority));
  return [
    [
      graph('First response, 90 of 100 within (s)', byPriority('FirstResponseP90Seconds')),
      graph('Average wait (s)', byPriority('WaitMeanSeconds')),
    ],
    [
      graph('Promises missed (%)', all('FirstResponseMissedPercent', 'PreliminaryMissedPercent')),
      graph('Waiting and given up', all('FirstResponseAwaited', 'WaitsAbandoned', 'TicketsUnmeasured')),
    ],
    [
      graph('Handling and work per ticket (s)', all('HandlingMeanSeconds', 'WorkMeanSeconds')),
      graph('Shares (%)', all('TransfersSucceededPercent', 'SolvedAtFirstContactPercent')),
    ],
    [
      graph('Status the same on every channel (%)', all('StatusConsistentPercent')),
      graph('Channels behind the ticket, 95 of 100 within (s)', all('StatusLagP95Seconds')),
    ],
  ];
}

function graph(title: string, left: cloudwatch.IMetric[]): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({ title, left, width: 12, height: 6 });
}
