import { Duration } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Anchors of docs/runbooks.md; a test finds each of them there. */
export type Runbook =
  | 'dead-letters'
  | 'old-messages'
  | 'function-errors'
  | 'stream-delay'
  | 'sweep-stopped'
  | 'api-errors'
  | 'new-version-fails'
  | 'issuer-unconfirmed'
  | 'freeze-failed'
  | 'sms-not-sent'
  | 'sms-cap-reached'
  | 'email-not-sent'
  | 'calls-late'
  | 'calls-not-placed'
  | 'quarantined-events'
  | 'freeze-breaker-tripped'
  | 'cards-differ'
  | 'holds-without-ticket'
  | 'clock-breached'
  | 'urgent-unclaimed'
  | 'status-contradictions'
  | 'promises-missed'
  | 'rules-unusable';

export interface AlarmProps {
  readonly runbook: Runbook;
  /** What a person woken by it reads first. */
  readonly description: string;
  readonly metric: cloudwatch.IMetric;
  /** Alarms at this value and above. */
  readonly threshold: number;
  readonly evaluationPeriods?: number;
  readonly whenBelow?: true;
}

export interface AlarmBoard {
  readonly add: (id: string, props: AlarmProps) => cloudwatch.Alarm;
}

/** Every alarm names its runbook and notifies the one topic, also when it is over. */
export function createAlarmBoard(scope: Construct, topic: sns.ITopic): AlarmBoard {
  const action = new SnsAction(topic);
  return {
    add: (id, props) => {
      const alarm = new cloudwatch.Alarm(scope, id, {
        alarmDescription: `${props.description}. Runbook: docs/runbooks.md#${props.runbook}`,
        metric: props.metric,
        threshold: props.threshold,
        evaluationPeriods: props.evaluationPeriods ?? 1,
        comparisonOperator: props.whenBelow
          ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
          : cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: props.whenBelow
          ? cloudwatch.TreatMissingData.BREACHING
          : cloudwatch.TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    },
  };
}

export function watchDlq(alarms: AlarmBoard, id: string, dlq: sqs.IQueue): void {
  alarms.add(`${id}NotEmpty`, {
    runbook: 'dead-letters',
    description: `${id} holds a message nobody could work on`,
    metric: dlq.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: Duration.minutes(1),
    }),
    threshold: 1,
  });
}

export function watchQueueAge(
  alarms: AlarmBoard,
  id: string,
  queue: sqs.IQueue,
  oldestSeconds: number,
): void {
  alarms.add(`${id}Old`, {
    runbook: 'old-messages',
    description: `${id} holds a message older than ${oldestSeconds} s`,
    metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: oldestSeconds,
    evaluationPeriods: 2,
  });
}

/** `repeats`: one failure is put right by the next call a minute later, three in ten minutes are not. */
export function watchErrors(
  alarms: AlarmBoard,
  id: string,
  fn: lambda.IFunction,
  heardWhen: 'once' | 'repeats',
): void {
  const once = heardWhen === 'once';
  alarms.add(`${id}Errors`, {
    runbook: 'function-errors',
    description: once ? `${id} failed` : `${id} failed three times in ten minutes`,
    metric: fn.metricErrors({ statistic: 'Sum', period: Duration.minutes(once ? 5 : 10) }),
    threshold: once ? 1 : 3,
  });
}

export function watchStreamDelay(alarms: AlarmBoard, id: string, fn: lambda.IFunction): void {
  alarms.add(`${id}StreamDelay`, {
    runbook: 'stream-delay',
    description: `${id} reads changes of the Cases table more than 30 s late`,
    metric: fn.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(1) }),
    threshold: Duration.seconds(30).toMilliseconds(),
    evaluationPeriods: 2,
  });
}

export function watchSweep(alarms: AlarmBoard, fn: lambda.IFunction): void {
  alarms.add('SweepDeadlinesStopped', {
    runbook: 'sweep-stopped',
    description: 'No sweep for due items has succeeded in three minutes',
    metric: new cloudwatch.MathExpression({
      expression: 'invocations - errors',
      label: 'successful sweeps',
      usingMetrics: {
        invocations: fn.metricInvocations({ statistic: 'Sum', period: Duration.minutes(1) }),
        errors: fn.metricErrors({ statistic: 'Sum', period: Duration.minutes(1) }),
      },
      period: Duration.minutes(1),
    }),
    threshold: 1,
    evaluationPeriods: 3,
    whenBelow: true,
  });
}

export function watchApi(alarms: AlarmBoard, api: apigateway.HttpApi): void {
  alarms.add('ApiServerErrors', {
    runbook: 'api-errors',
    description: 'The API answers with server errors',
    metric: api.metricServerError({ statistic: 'Sum', period: Duration.minutes(1) }),
    threshold: 5,
  });
}

/** Metrics the functions write themselves, in the namespace `cardguard`. */
export const ownMetrics = {
  IssuerUnconfirmed: {
    runbook: 'issuer-unconfirmed',
    description: 'A card we hold is not confirmed frozen by the card system of the bank',
  },
  FreezeFailed: { runbook: 'freeze-failed', description: 'The card system of the bank refused a freeze' },
  SmsNotSent: { runbook: 'sms-not-sent', description: 'A text could not be sent' },
  SmsCapReached: {
    runbook: 'sms-cap-reached',
    description: 'A cap on texts of the whole system or of a country is reached: card testing or SMS pumping',
  },
  EmailNotSent: { runbook: 'email-not-sent', description: 'An e-mail could not be sent' },
  CallsLate: {
    runbook: 'calls-late',
    description: 'A caller was not answered within two seconds, or not at all, and went to a person',
  },
  CallsNotPlaced: {
    runbook: 'calls-not-placed',
    description:
      'The contact centre would not dial a call that an agent announced, or nobody knows whether it did',
  },
  QuarantinedEvents: {
    runbook: 'quarantined-events',
    description: 'Events of the bank could not be understood',
  },
  RulesUnusable: {
    runbook: 'rules-unusable',
    description: 'Rules could not be read or used: screening goes on with the last ones known to be good',
  },
  FreezeBreakerTripped: {
    runbook: 'freeze-breaker-tripped',
    description: 'A rule set froze so many cards that it was turned to alert-only: it holds nobody any more',
  },
  CardsDiffer: {
    runbook: 'cards-differ',
    description: 'The card system of the bank has confirmed another state than our holds ask for',
  },
  ClockBreached: {
    runbook: 'clock-breached',
    description: 'A customer waits longer than promised: a clock of a ticket ran out',
  },
  UrgentUnclaimed: {
    runbook: 'urgent-unclaimed',
    description: 'A ticket of priority P1 has waited ten minutes and nobody has claimed it',
  },
  StatusContradictions: {
    runbook: 'status-contradictions',
    description: 'A channel said of a ticket what it was not, or something older than it had said before',
  },
  HoldsWithoutTicket: {
    runbook: 'holds-without-ticket',
    description: 'A fraud hold stands and no open ticket has it',
  },
} as const satisfies Record<string, { runbook: Runbook; description: string }>;

export type OwnMetric = keyof typeof ownMetrics;

/**
 * The sum over all functions that count it. Each writes under its own name as a dimension, and an alarm on
 * one dimension would be deaf to the others: a query over the namespace hears whoever counts.
 */
export function ownMetric(metricName: OwnMetric): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({
    expression: `SELECT SUM(${metricName}) FROM cardguard`,
    label: metricName,
    usingMetrics: {},
    period: Duration.minutes(1),
  });
}

export function watchOwnMetrics(alarms: AlarmBoard): void {
  for (const [name, { runbook, description }] of Object.entries(ownMetrics)) {
    alarms.add(name, { runbook, description, metric: ownMetric(name as OwnMetric), threshold: 1 });
  }
}
