import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { deliveryLogsName } from '../names.ts';

/**
 * The logs SNS writes of texts that arrived or not, under names it chooses by itself. They hold full phone numbers:
 * encrypted, kept for three days, the numbers masked for every reader, our function included, which needs only the
 * message id. They belong to the whole account, so a try-out stage leaves them alone; on a laptop the simulated
 * phone writes them.
 */
export function createDeliveryLogs(
  scope: Construct,
  props: { readonly key: kms.IKey },
): Record<'delivered' | 'failed', logs.LogGroup> {
  const group = (id: string, logGroupName: string) =>
    new logs.LogGroup(scope, id, {
      logGroupName,
      encryptionKey: props.key,
      retention: logs.RetentionDays.THREE_DAYS,
      removalPolicy: RemovalPolicy.DESTROY,
      dataProtectionPolicy: new logs.DataProtectionPolicy({
        name: 'phone-numbers',
        description: 'Masks phone numbers for whoever reads delivery logs',
        identifiers: [new logs.CustomDataIdentifier('PhoneNumber', '[+][1-9][0-9]{5,14}')],
      }),
    });
  return {
    delivered: group('SmsDeliveredLogs', deliveryLogsName),
    failed: group('SmsFailedLogs', `${deliveryLogsName}/Failure`),
  };
}

/** What becomes of a call that failed three times: it waits in the dead letters, with the message ids in it. */
export function keepFailedCalls(target: lambda.IFunction, dlq: sqs.IQueue): void {
  target.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: { bind: () => ({ destination: dlq.queueArn }) },
  });
}

/** Calls the function with every text that failed. Those that arrived change nothing, so nobody is told of them. */
export function readFailedTexts(
  scope: Construct,
  props: { readonly target: lambda.IFunction; readonly failed: logs.ILogGroup },
): void {
  const permission = new lambda.CfnPermission(scope, 'FailedTextsPermission', {
    action: 'lambda:InvokeFunction',
    functionName: props.target.functionArn,
    principal: 'logs.amazonaws.com',
    sourceArn: props.failed.logGroupArn,
    sourceAccount: Aws.ACCOUNT_ID,
  });
  const filter = new logs.CfnSubscriptionFilter(scope, 'FailedTexts', {
    logGroupName: props.failed.logGroupName,
    destinationArn: props.target.functionArn,
    filterPattern: '',
  });
  filter.addResourceDependency(permission);
}
