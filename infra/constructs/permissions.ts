import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { tableArn } from '../names.ts';

export type TableAction = 'BatchGetItem' | 'GetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** What one function may do with one table; `indexes` are those it may query. */
export interface TableAccess {
  readonly actions: readonly TableAction[];
  readonly indexes?: readonly string[];
}

export interface SharedResources {
  readonly keyArn: string;
  readonly cardsTable: string;
  readonly casesTable: string;
  readonly casesStreamArn: string;
  readonly busName: string;
  readonly busArn: string;
  readonly phoneKeysSecretArn: string;
  readonly codeKeysSecretArn: string;
  readonly evidenceBucket: string;
  readonly evidenceKeyArn: string;
  /** Address e-mails come from; absent: none are sent. */
  readonly emailFrom: string | undefined;
  /** Instance of the contact centre that dials; absent: there is none. */
  readonly connectInstanceArn: string | undefined;
}

export type EvidenceAction = 'upload' | 'read' | 'remove';

const writing: readonly TableAction[] = ['PutItem', 'UpdateItem', 'DeleteItem'];
const tableReadKeyActions = ['kms:Decrypt', 'kms:DescribeKey'];
const tableWriteKeyActions = [
  ...tableReadKeyActions,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Condition that a key is used only through one AWS service, never by hand. */
export function viaService(service: string): Record<string, Record<string, string>> {
  return { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}` } };
}

function allow(
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Record<string, unknown>,
) {
  return new iam.PolicyStatement({ actions: [...actions], resources: [...resources], conditions });
}

/** The listed item actions on exactly this table and, for queries, exactly these indexes. */
export function tableStatements(
  scope: Construct,
  tableName: string,
  access: TableAccess,
): iam.PolicyStatement[] {
  const table = tableArn(Stack.of(scope), tableName);
  const indexes = (access.indexes ?? []).map((index) => `${table}/index/${index}`);
  return [
    allow(
      access.actions.map((action) => `dynamodb:${action}`),
      [table],
    ),
    ...(indexes.length > 0 ? [allow(['dynamodb:Query'], indexes)] : []),
  ];
}

/** Key use for encrypted tables: a grant on a table by itself would be refused by the key (AccessDenied). */
export function tableKeyStatement(keyArn: string, accesses: readonly TableAccess[]): iam.PolicyStatement {
  const writes = accesses.some((access) => access.actions.some((action) => writing.includes(action)));
  return allow(writes ? tableWriteKeyActions : tableReadKeyActions, [keyArn], viaService('dynamodb'));
}

export function consumeStatements(keyArn: string, queueArn: string): iam.PolicyStatement[] {
  return [
    allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [queueArn],
    ),
    allow(['kms:Decrypt'], [keyArn], viaService('sqs')),
  ];
}

export function sendStatements(keyArn: string, queueArns: readonly string[]): iam.PolicyStatement[] {
  return [
    allow(['sqs:SendMessage'], queueArns),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keyArn], viaService('sqs')),
  ];
}

/** Listing streams has no finer resource than `*`; it shows names, never records. */
export function streamStatements(keyArn: string, streamArn: string): iam.PolicyStatement[] {
  return [
    allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [streamArn]),
    allow(['dynamodb:ListStreams'], ['*']),
    allow(['kms:Decrypt'], [keyArn], viaService('dynamodb')),
  ];
}

export function putEventsStatement(busArn: string): iam.PolicyStatement {
  return allow(['events:PutEvents'], [busArn], { StringEquals: { 'events:source': 'cardguard' } });
}

export function readSecretStatements(keyArn: string, secretArns: readonly string[]): iam.PolicyStatement[] {
  if (secretArns.length === 0) return [];
  return [
    allow(['secretsmanager:GetSecretValue'], secretArns),
    allow(['kms:Decrypt'], [keyArn], viaService('secretsmanager')),
  ];
}

/**
 * Use of the key itself, for phone numbers and secrets of one-time passwords, which are stored encrypted. Only
 * ciphertexts that say they are that: the same key protects the tables, which this must not open.
 */
export function cipherStatement(
  keyArn: string,
  purpose: 'phone' | 'totp',
  actions: readonly ('kms:Encrypt' | 'kms:Decrypt')[],
): iam.PolicyStatement {
  return allow(actions, [keyArn], { StringEquals: { 'kms:EncryptionContext:purpose': purpose } });
}

/**
 * A text goes to a phone number, which has no ARN: SNS asks for `*`. Naming what it must not be keeps
 * the function from publishing to any topic.
 */
export function sendTextStatement(): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:*:sns:*:*:*'] });
}

/** E-mail from this one address, whether SES has verified the address itself or its domain. */
export function sendEmailStatement(from: string): iam.PolicyStatement {
  const identity = (name: string) =>
    `arn:${Aws.PARTITION}:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/${name}`;
  const domain = from.slice(from.indexOf('@') + 1);
  return allow(['ses:SendEmail'], [identity(domain), identity(from)], {
    StringEquals: { 'ses:FromAddress': from },
  });
}

/** Calls out of this one instance. A contact has no name before it is started, so all of the instance are named. */
export const dialStatement = (instanceArn: string): iam.PolicyStatement =>
  allow(['connect:StartOutboundVoiceContact'], [`${instanceArn}/contact/*`]);

const evidenceActions: Readonly<Record<EvidenceAction, readonly string[]>> = {
  upload: ['s3:PutObject'],
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  remove: ['s3:DeleteObjectVersion'],
};

/** Files of tickets, nothing else of the bucket; removing one for good takes every version of it. */
export function evidenceStatements(
  bucket: string,
  keyArn: string,
  actions: readonly EvidenceAction[],
): iam.PolicyStatement[] {
  const bucketArn = `arn:${Aws.PARTITION}:s3:::${bucket}`;
  const ciphers = [
    ...(actions.some((action) => action !== 'remove') ? ['kms:Decrypt'] : []),
    ...(actions.includes('upload') ? ['kms:GenerateDataKey'] : []),
  ];
  return [
    allow(
      actions.flatMap((action) => evidenceActions[action]),
      [`${bucketArn}/tickets/*`],
    ),

    // Without the right to list, S3 says "forbidden" of a file that is not there.
    ...(actions.includes('remove') ? [allow(['s3:ListBucket', 's3:ListBucketVersions'], [bucketArn])] : []),
    ...(ciphers.length > 0 ? [allow(ciphers, [keyArn], viaService('s3'))] : []),
  ];
}
