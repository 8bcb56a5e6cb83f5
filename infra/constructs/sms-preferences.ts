import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';

/**
 * The account's SMS settings of this Region, which have no resource type of their own: what a month may
 * cost, transactional delivery, and logs of failed deliveries. They belong to the whole account, so a
 * laptop or try-out stage leaves them alone.
 */
export function createSmsPreferences(
  scope: Construct,
  config: StageConfig,
  logGroups: readonly logs.ILogGroup[],
): void {
  if (config.kind !== 'real') return;
  const role = new iam.Role(scope, 'SmsDeliveryLogsRole', {
    description: 'Lets SNS log texts that could not be delivered',
    assumedBy: new iam.ServicePrincipal('sns.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: logGroups.map((group) => group.logGroupArn),
    }),
  );
  const call = {
    service: 'SNS',
    action: 'setSMSAttributes',
    parameters: {
      attributes: {
        DefaultSMSType: 'Transactional',
        MonthlySpendLimit: String(config.smsMonthlySpendUsd),
        DeliveryStatusIAMRole: role.roleArn,
        // Failures only: a delivery log carries the full number, and nothing waits for a success.
        DeliveryStatusSuccessSamplingRate: '0',
        ...(config.smsSenderId !== '' && { DefaultSenderID: config.smsSenderId }),
      },
    },
    physicalResourceId: PhysicalResourceId.of('sms-preferences'),
  };
  const preferences = new AwsCustomResource(scope, 'SmsPreferences', {
    onUpdate: call,
    installLatestAwsSdk: false,
    memorySize: 256,
    timeout: Duration.minutes(1),
    logGroup: new logs.LogGroup(scope, 'SmsPreferencesLogs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
    policy: AwsCustomResourcePolicy.fromStatements([
      new iam.PolicyStatement({ actions: ['sns:SetSMSAttributes'], resources: ['*'] }),
      new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [role.roleArn] }),
    ]),
  });
  acknowledge(preferences, {
    'AwsSolutions-IAM5[Resource::*]':
      'SMS preferences are settings of the account; the action has no resource to name.',
  });
  acknowledgeProvider(scope);
}

/** The function behind every such custom resource is the library's own and runs at deployments only. */
function acknowledgeProvider(scope: Construct): void {
  const provider = Stack.of(scope).node.findChild(
    `AWS${AwsCustomResource.PROVIDER_FUNCTION_UUID.replaceAll('-', '')}`,
  );
  const atDeployment =
    'A function of the CDK that runs while a stack is deployed; CloudFormation reports its failure.';
  acknowledge(provider, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      'A function of the CDK that runs while a stack is deployed; it may log and set SMS preferences, nothing else.',
    'Serverless-LambdaDLQ': atDeployment,
    'Serverless-LambdaTracing': atDeployment,
  });
}
