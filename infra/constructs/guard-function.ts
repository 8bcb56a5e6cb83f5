import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { FunctionSpec } from '../functions.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './removal.ts';

export interface GuardFunctionProps {
  readonly config: StageConfig;
  readonly functionName: string;
  readonly spec: FunctionSpec;
  readonly code: lambda.Code;
  /** All variables of the stage; the function gets those its schema names. */
  readonly variables: Readonly<Record<string, string>>;
  readonly statements: readonly iam.PolicyStatement[];
  readonly reservedConcurrency?: number;
}

export interface GuardFunction {
  readonly function: lambda.Function;
  readonly role: iam.Role;
  readonly logGroup: logs.LogGroup;
}

/** One function with a role and a log group of its own; the role may do what is listed and no more. */
export function createGuardFunction(scope: Construct, props: GuardFunctionProps): GuardFunction {
  const { config, spec } = props;
  const logGroup = new logs.LogGroup(scope, `${spec.id}Logs`, {
    retention: config.disposable ? logs.RetentionDays.ONE_WEEK : logs.RetentionDays.SIX_MONTHS,
    removalPolicy: removalPolicy(config),
  });
  const role = createRole(scope, props, logGroup);
  const fn = new lambda.Function(scope, spec.id, {
    functionName: props.functionName,
    description: spec.purpose,
    code: props.code,
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: spec.memoryMb,
    timeout: Duration.seconds(spec.timeoutSeconds),
    environment: pickEnvironment(spec, props.variables),
    role,
    tracing: lambda.Tracing.ACTIVE,
    loggingFormat: lambda.LoggingFormat.JSON,
    logGroup,
    reservedConcurrentExecutions: props.reservedConcurrency || undefined,
  });
  acknowledgeFindings(fn, role, props);
  return { function: fn, role, logGroup };
}

function createRole(scope: Construct, props: GuardFunctionProps, logGroup: logs.LogGroup): iam.Role {
  const role = new iam.Role(scope, `${props.spec.id}Role`, {
    description: `${props.functionName}: ${props.spec.purpose}`,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  for (const statement of props.statements) role.addToPolicy(statement);
  return role;
}

function pickEnvironment(
  spec: FunctionSpec,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.keys(spec.environment.shape).map((name) => {
      const value = variables[name];
      if (value === undefined) throw new Error(`${spec.id} needs ${name}, which no stack provides`);
      return [name, value];
    }),
  );
}

function acknowledgeFindings(
  fn: lambda.Function,
  role: iam.Role,
  { spec, config: { connectInstanceId } }: GuardFunctionProps,
): void {
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::*]':
      'Actions without a resource to name: putting X-Ray traces and, for readers of a stream, listing streams.',
    ...(spec.evidence && {
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::<SharedEvidenceBucketParameter>/tickets/*]':
        'Files of tickets lie under names nobody knows before they are asked for; nothing else of the bucket.',
    }),
    ...(spec.dials &&
      connectInstanceId && {
        [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:connect:<AWS::Region>:<AWS::AccountId>:instance/${connectInstanceId}/contact/*]`]:
          'A contact has no name before it is started; nothing else of the one instance.',
      }),
  });
  acknowledge(fn, {
    'Serverless-LambdaDLQ': spec.calledByLogs
      ? 'Called by a log subscription: what three tries could not do goes to its failure destination.'
      : spec.calledByRule
        ? 'Called by a schedule: a call carries no event to keep, and an alarm hears when none succeeds.'
        : 'Called by a queue, a stream or the HTTP API, never asynchronously: no event waits inside Lambda.',
  });
}
