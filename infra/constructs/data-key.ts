import { Aws, Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { deliveryLogsName, type Names, ruleArns, topicArn } from '../names.ts';
import { removalPolicy } from './removal.ts';

/**
 * The one key of a stage. AWS services that put messages into encrypted queues and topics by themselves
 * may use it only on behalf of this account and, where they say so, of our own rules and topics;
 * people and functions get their use of it from their IAM policies.
 */
export function createDataKey(scope: Construct, config: StageConfig, names: Names): kms.Key {
  const key = new kms.Key(scope, 'DataKey', {
    alias: names.prefix,
    description: `cardguard ${config.stage}: tables, queues, topics, secret, phone numbers`,
    enableKeyRotation: true,
    pendingWindow: Duration.days(config.disposable ? 7 : 30),
    removalPolicy: removalPolicy(config),
  });
  for (const statement of serviceStatements(config, names)) key.addToResourcePolicy(statement);
  return key;
}

function serviceStatements(config: StageConfig, names: Names): iam.PolicyStatement[] {
  const sourceAccount = { 'aws:SourceAccount': Aws.ACCOUNT_ID };
  const statements = [
    serviceMayUse('events', {
      StringEquals: sourceAccount,
      ArnEquals: { 'aws:SourceArn': ruleArns(names) },
    }),
    serviceMayUse('sns', {
      StringEquals: sourceAccount,
      ArnEquals: { 'aws:SourceArn': topicArn(names.smsRepliesTopic) },
    }),
    serviceMayUse('cloudwatch', {
      StringEquals: sourceAccount,
      ArnLike: {
        'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`,
      },
    }),
  ];
  if (config.kind !== 'sandbox') statements.push(deliveryLogsMayUse());
  if (config.smsReplies === 'two-way') {
    statements.push(serviceMayUse('sms-voice', { StringEquals: sourceAccount }));
  }
  return statements;
}

/** CloudWatch Logs knows a log group by the encryption context only; it is the one of delivery logs and no other. */
function deliveryLogsMayUse(): iam.PolicyStatement {
  const group = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${deliveryLogsName}`;
  return new iam.PolicyStatement({
    sid: 'AllowDeliveryLogs',
    principals: [new iam.ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'], // In a key's policy this is the key itself.
    conditions: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': [group, `${group}/Failure`] } },
  });
}

function serviceMayUse(service: string, conditions: Record<string, Record<string, unknown>>) {
  return new iam.PolicyStatement({
    sid: `Allow${service.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}`,
    principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'], // In a key's policy this is the key itself.
    conditions,
  });
}
