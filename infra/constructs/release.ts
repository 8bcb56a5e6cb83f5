import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import type { AlarmBoard } from './alarms.ts';

/** Puts a function behind whatever its callers call: itself, or an alias that moves step by step. */
export type Release = (id: string, fn: lambda.Function) => lambda.IFunction;

/**
 * In real stages callers use the alias `live`; a new version gets a tenth of the calls for five
 * minutes and is taken back when it fails. Laptop and try-out account call the function itself.
 */
export function createRelease(scope: Construct, config: StageConfig, alarms: AlarmBoard): Release {
  if (config.kind !== 'real') return (_id, fn) => fn;

  const application = new codedeploy.LambdaApplication(scope, 'Release');
  const role = new iam.Role(scope, 'ReleaseRole', {
    assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com'),
    managedPolicies: [
      iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited'),
    ],
  });
  acknowledge(role, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]':
      'AWS keeps this policy in step with what CodeDeploy does to shift an alias; it is the limited one of its two.',
  });
  return (id, fn) => {
    const version = fn.currentVersion;
    const alias = new lambda.Alias(scope, `${id}Live`, { aliasName: 'live', version });
    // Only the new version counts: an alarm over all versions would forbid releasing the very fix.
    const failing = alarms.add(`${id}NewVersionFails`, {
      runbook: 'new-version-fails',
      description: `The version of ${id} being released fails`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        dimensionsMap: {
          FunctionName: fn.functionName,
          Resource: `${fn.functionName}:live`,
          ExecutedVersion: version.version,
        },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: 1,
    });
    new codedeploy.LambdaDeploymentGroup(scope, `${id}Deployment`, {
      application,
      role,
      alias,
      deploymentConfig: codedeploy.LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: [failing],
      autoRollback: { deploymentInAlarm: true, failedDeployment: true, stoppedDeployment: true },
    });
    return alias;
  };
}
