import type { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface ScheduleProps {
  readonly ruleName: string;
  readonly description: string;
  readonly target: lambda.IFunction;
  readonly every: Duration;
  readonly maxEventAge: Duration;
}

export interface OnlyScheduleProps extends ScheduleProps {
  /** Calls that failed are made again so often within `maxEventAge`. */
  readonly retryAttempts: 0 | 1 | 2;
}

/**
 * Calls a function again and again. A call carries nothing, so one that failed is worth no dead letter: the next finds
 * the same work, and an alarm hears when none succeeds (docs/adr/0020-schedules-without-dead-letters.md).
 */
export function callOnSchedule(scope: Construct, id: string, props: OnlyScheduleProps): events.Rule {
  const { target, retryAttempts, maxEventAge } = props;
  const rule = createSchedule(scope, id, { ...props, permission: 'Schedule' });
  target.configureAsyncInvoke({ retryAttempts, maxEventAge });
  acknowledge(target, {
    'Serverless-LambdaAsyncFailureDestination':
      'A scheduled call carries nothing to keep: the next call finds the same work, and failures are alarmed.',
  });
  return rule;
}

/** Calls a function that has a schedule already by another one as well, and says what is wanted. */
export function alsoCallOnSchedule(
  scope: Construct,
  id: string,
  props: ScheduleProps & { readonly order: Readonly<Record<string, string>> },
): events.Rule {
  return createSchedule(scope, id, { ...props, permission: `${id}Schedule` });
}

interface CreatedSchedule extends ScheduleProps {
  /** Id of the target's permission. */
  readonly permission: string;
  readonly order?: Readonly<Record<string, string>>;
}

function createSchedule(scope: Construct, id: string, props: CreatedSchedule): events.Rule {
  const { target, maxEventAge, order } = props;
  const rule = new events.Rule(scope, `${id}Rule`, {
    ruleName: props.ruleName,
    description: props.description,
    schedule: events.Schedule.rate(props.every),
    targets: [
      {
        bind: () => ({
          arn: target.functionArn,
          ...(order === undefined ? {} : { input: events.RuleTargetInput.fromObject(order) }),
          retryPolicy: { maximumRetryAttempts: 1, maximumEventAgeInSeconds: maxEventAge.toSeconds() },
        }),
      },
    ],
  });
  acknowledge(rule, {
    'Serverless-EventBusDLQ': 'A schedule carries no event to keep: the next call finds the same work.',
  });
  target.addPermission(props.permission, {
    principal: new iam.ServicePrincipal('events.amazonaws.com'),
    sourceArn: rule.ruleArn,
  });
  return rule;
}
