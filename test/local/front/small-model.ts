import type { LocalModel, PolicyStatement } from '../../../infra/local/model.ts';

const account = '000000000000';
const region = 'us-east-1';
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;

export const names = {
  keyArn: arn('kms', 'key/11111111-2222-3333-4444-555555555555'),
  cardsArn: arn('dynamodb', 'table/Cards'),
  streamArn: arn('dynamodb', 'table/Cards/stream/2026-01-01T00:00:00.000'),
  workArn: arn('sqs', 'work'),
  repliesQueueArn: arn('sqs', 'replies'),
  plainArn: arn('sqs', 'plain'),
  repliesTopicArn: arn('sns', 'sms-replies'),
  busArn: arn('events', 'event-bus/bank'),
  ruleArn: arn('events', 'rule/bank/cards'),
  secretArn: arn('secretsmanager', 'secret:phones-abc123'),
  roleArn: `arn:aws:iam::${account}:role/worker`,
  queueUrl: (name: string) => `http://127.0.0.1/${account}/${name}`,
};

const allow = (Action: string | string[], Resource: string | string[]): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export const workerStatements: readonly PolicyStatement[] = [
  allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], names.cardsArn),
  allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], names.streamArn),
  allow(['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:Encrypt'], names.keyArn),
  allow(
    ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
    names.workArn,
  ),
  allow('sqs:SendMessage', names.plainArn),
  allow('secretsmanager:GetSecretValue', names.secretArn),
  allow('events:PutEvents', names.busArn),
  { Effect: 'Allow', Action: 'sns:Publish', NotResource: 'arn:*:sns:*:*:*' },
];

function servicePolicy(
  service: string,
  action: string | string[],
  resource: string,
  source: string,
): PolicyStatement {
  return {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: action,
    Resource: resource,
    Condition: { ArnEquals: { 'aws:SourceArn': source }, StringEquals: { 'aws:SourceAccount': account } },
  };
}

const secureOnly = (resource: string): PolicyStatement => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sqs:*',
  Resource: resource,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

const keyUse = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** One encrypted table with a stream, queues, a topic, a bus, a key, a secret, and a role that may use some of it. */
export function smallModel(change: Partial<LocalModel> = {}): LocalModel {
  const key = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
  return {
    account,
    region,
    functions: [
      {
        name: 'worker-fn',
        arn: arn('lambda', 'function:worker-fn'),
        roleArn: names.roleArn,
        codeDir: '/nowhere',
        handler: 'index.handler',
        environment: {},
        timeoutSeconds: 10,
      },
    ],
    roles: [
      {
        arn: names.roleArn,
        name: 'worker',
        logicalId: 'WorkerRole',
        statements: workerStatements,
        managed: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      },
    ],
    tables: [
      {
        name: 'Cards',
        arn: names.cardsArn,
        streamArn: names.streamArn,
        kmsKeyArn: names.keyArn,
        create: {
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(key),
          BillingMode: 'PAY_PER_REQUEST',
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
          GlobalSecondaryIndexes: [
            {
              IndexName: 'gsi1',
              KeySchema: [
                { AttributeName: 'gsi1pk', KeyType: 'HASH' },
                { AttributeName: 'gsi1sk', KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
        },
      },
    ],
    queues: [
      {
        name: 'work',
        arn: names.workArn,
        url: names.queueUrl('work'),
        kmsKeyArn: names.keyArn,
        attributes: {
          VisibilityTimeout: '60',
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'work-dlq'), maxReceiveCount: 2 }),
        },
        policy: [
          servicePolicy('events.amazonaws.com', 'sqs:SendMessage', names.workArn, names.ruleArn),
          secureOnly(names.workArn),
        ],
      },
      {
        name: 'work-dlq',
        arn: arn('sqs', 'work-dlq'),
        url: names.queueUrl('work-dlq'),
        attributes: {},
        policy: [],
      },
      { name: 'plain', arn: names.plainArn, url: names.queueUrl('plain'), attributes: {}, policy: [] },
      {
        name: 'replies',
        arn: names.repliesQueueArn,
        url: names.queueUrl('replies'),
        kmsKeyArn: names.keyArn,
        attributes: {},
        policy: [
          servicePolicy('sns.amazonaws.com', 'sqs:SendMessage', names.repliesQueueArn, names.repliesTopicArn),
        ],
      },
    ],
    topics: [
      {
        name: 'sms-replies',
        arn: names.repliesTopicArn,
        kmsKeyArn: names.keyArn,
        policy: [
          {
            Effect: 'Allow',
            Principal: { Service: 'sms-voice.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: names.repliesTopicArn,
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      },
    ],
    subscriptions: [
      {
        topicArn: names.repliesTopicArn,
        protocol: 'sqs',
        endpoint: names.repliesQueueArn,
        rawDelivery: false,
      },
    ],
    buses: [{ name: 'bank', arn: names.busArn, policy: [] }],
    rules: [
      {
        name: 'cards',
        arn: names.ruleArn,
        busName: 'bank',
        eventPattern: { source: ['bank.cards'], 'detail-type': [{ prefix: 'Transaction' }] },
        targets: [
          { id: 'queue', arn: names.workArn },
          { id: 'function', arn: arn('lambda', 'function:worker-fn') },
        ],
      },
    ],
    mappings: [],
    keys: [
      {
        arn: names.keyArn,
        keyId: '11111111-2222-3333-4444-555555555555',
        policy: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${account}:root` },
            Action: 'kms:*',
            Resource: '*',
          },
          servicePolicy('events.amazonaws.com', keyUse, '*', names.ruleArn),
          servicePolicy('sns.amazonaws.com', keyUse, '*', names.repliesTopicArn),
          {
            Effect: 'Allow',
            Principal: { Service: 'sms-voice.amazonaws.com' },
            Action: keyUse,
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      },
    ],
    secrets: [
      { arn: names.secretArn, name: 'phones', kmsKeyArn: names.keyArn, initialValue: '{"current":"1"}' },
    ],
    apis: [],
    outputs: {
      'cardguard-local-service.ApiUrl': 'http://127.0.0.1:1',
      'cardguard-local-stateful.BusName': 'bank',
    },
    leftOut: [],
    ...change,
  };
}

/** The model with other statements for its one role. */
export function withStatements(statements: readonly PolicyStatement[]): LocalModel {
  const model = smallModel();
  return { ...model, roles: model.roles.map((role) => ({ ...role, statements })) };
}
