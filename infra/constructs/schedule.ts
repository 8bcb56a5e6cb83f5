import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { plainTarget } from './bank-rules.ts';

export interface ScheduleProps {
  readonly ruleName: string;
  readonly target: lambda.IFunction;
  readonly dlq: sqs.IQueue;
}

/** Calls a function every minute. A missed minute is not made up for: the next one finds the same items due. */
export function callEveryMinute(scope: Construct, id: string, props: ScheduleProps): events.Rule {
  const maxEventAge = Duration.minutes(1);
  const rule = new events.Rule(scope, `${id}Rule`, {
    ruleName: props.ruleName,
    description: 'Looks for whatever is due, every minute',
    schedule: events.Schedule.rate(Duration.minutes(1)),
    targets: [plainTarget({ arn: props.target.functionArn, dlq: props.dlq, retryAttempts: 1, maxEventAge })],
  });
  props.target.addPermission('Schedule', {
    principal: new iam.ServicePrincipal('events.amazonaws.com'),
    sourceArn: rule.ruleArn,
  });
  props.target.configureAsyncInvoke({
    retryAttempts: 0,
    maxEventAge,
    onFailure: { bind: () => ({ destination: props.dlq.queueArn }) },
  });
  return rule;
}
