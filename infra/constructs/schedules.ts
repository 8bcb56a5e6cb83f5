import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { guardFunctions } from '../functions.ts';
import type { Names } from '../names.ts';
import { alsoCallOnSchedule, callOnSchedule } from './schedule.ts';

export interface SchedulesProps {
  readonly names: Names;
  readonly sweep: lambda.IFunction;
  readonly reconcile: lambda.IFunction;
}

/** What is done by the clock: deadlines every minute, figures every hour, the comparison with the bank every day. */
export function createSchedules(scope: Construct, { names, sweep, reconcile }: SchedulesProps): void {
  callOnSchedule(scope, guardFunctions['sweep-deadlines'].id, {
    ruleName: names.sweepRule,
    description: 'Looks for whatever is due, every minute',
    target: sweep,
    every: Duration.minutes(1),
    // The next minute does it better than a repeat.
    retryAttempts: 0,
    maxEventAge: Duration.minutes(1),
  });
  callOnSchedule(scope, guardFunctions['reconcile-cards'].id, {
    ruleName: names.reconcileRule,
    description: 'Compares what cards and tickets are with what they should be, every day',
    target: reconcile,
    every: Duration.days(1),
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
  });
  alsoCallOnSchedule(scope, 'MeasureKpis', {
    ruleName: names.measureRule,
    description: 'Writes the figures of the desk as metrics, every hour',
    target: reconcile,
    every: Duration.hours(1),
    maxEventAge: Duration.minutes(30),
    order: { work: 'measure' },
  });
}
