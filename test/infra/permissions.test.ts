import { describe, expect, test } from 'vitest';
import { type FunctionName, functionNames, guardFunctions } from '../../infra/functions.ts';
import { permissionLines } from './permissions.ts';
import { synthesise, type Template } from './synth.ts';
import { resourcesOf } from './template.ts';

/**
 * Every permission of every function, written down a second time on purpose: a permission that goes
 * missing works on no account and is noticed at night, one too many is noticed by nobody.
 */
const tableRead = 'kms:Decrypt kms:DescribeKey';
const tableWrite = `${tableRead} kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom kms:ReEncryptTo`;
const consume = 'sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes sqs:ChangeMessageVisibility';
const get = 'dynamodb:GetItem';
const getPut = `${get} dynamodb:PutItem`;
const getPutUpdate = `${getPut} dynamodb:UpdateItem`;
const getUpdate = 'dynamodb:GetItem dynamodb:UpdateItem';

const everyFunction = {
  'its log group': 'logs:CreateLogStream logs:PutLogEvents',
  '*': 'xray:PutTraceSegments xray:PutTelemetryRecords',
};
const readsStream = {
  'stream of Cases': 'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator',
  '*': 'xray:PutTraceSegments xray:PutTelemetryRecords dynamodb:ListStreams',
};
const ownBusEvents = { 'bus if StringEquals events:source cardguard': 'events:PutEvents' };
const phoneKeys = {
  PhoneKeys: 'secretsmanager:GetSecretValue',
  'DataKey via secretsmanager': 'kms:Decrypt',
  'DataKey if StringEquals kms:EncryptionContext:purpose phone': 'kms:Encrypt',
};

const codeKeys = {
  CodeKeys: 'secretsmanager:GetSecretValue',
  'DataKey via secretsmanager': 'kms:Decrypt',
};

const evidenceLinks = {
  'files of tickets': 's3:PutObject s3:GetObject s3:GetObjectVersion',
  'EvidenceKey via s3': 'kms:Decrypt kms:GenerateDataKey',
};

const expected: Readonly<Record<FunctionName, Readonly<Record<string, string>>>> = {
  'screen-transactions': {
    Cards: `${getPutUpdate} dynamodb:BatchGetItem`,
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    TransactionsQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'answer-calls': {
    Cards: getPut,
    'Cards/gsi1': 'dynamodb:Query',
    Cases: `${getPutUpdate} dynamodb:DeleteItem`,
    'DataKey via dynamodb': tableWrite,
    PhoneKeys: 'secretsmanager:GetSecretValue',
    'DataKey via secretsmanager': 'kms:Decrypt',
  },
  'record-contacts': {
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    ContactsQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'record-evidence': {
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    'files of tickets': 's3:GetObject s3:GetObjectVersion s3:DeleteObjectVersion',
    EvidenceBucket: 's3:ListBucket s3:ListBucketVersions',
    'EvidenceKey via s3': 'kms:Decrypt',
    EvidenceQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'record-card-status': {
    Cards: getPut,
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    CardStatusQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'record-labels': {
    Cards: `${get} dynamodb:Query dynamodb:PutItem`,
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    LabelsQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'watch-freezes': {
    Cards: getPut,
    Cases: `dynamodb:Query ${getPutUpdate}`,
    'DataKey via dynamodb': tableWrite,
    FreezesQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'record-customers': {
    Cards: `${getPut} dynamodb:DeleteItem`,
    'Cards/gsi1': 'dynamodb:Query',
    Cases: `${getPut} dynamodb:UpdateItem`,
    'DataKey via dynamodb': tableWrite,
    ...phoneKeys,
    CustomersQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'freeze-cards': {
    Cards: getPut,
    Cases: 'dynamodb:UpdateItem',
    'DataKey via dynamodb': tableWrite,
    ...ownBusEvents,
    ...readsStream,
    FreezeCardsDlq: 'sqs:SendMessage',
    'DataKey via sqs': 'kms:Decrypt kms:GenerateDataKey',
  },
  'route-effects': {
    AskQueue: 'sqs:SendMessage',
    SmsQueue: 'sqs:SendMessage',
    EmailQueue: 'sqs:SendMessage',
    PublishQueue: 'sqs:SendMessage',
    DialQueue: 'sqs:SendMessage',
    ...readsStream,
    'DataKey via dynamodb': 'kms:Decrypt',
    RouteEffectsDlq: 'sqs:SendMessage',
    'DataKey via sqs': 'kms:Decrypt kms:GenerateDataKey',
  },
  'ask-customers': {
    Cards: get,
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    AskQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'send-sms': {
    Cards: get,
    Cases: `${getPutUpdate} dynamodb:Query`,
    'DataKey via dynamodb': tableWrite,
    'DataKey if StringEquals kms:EncryptionContext:purpose phone': 'kms:Decrypt',
    ...codeKeys,
    'anything but arn:*:sns:*:*:*': 'sns:Publish',
    SmsQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'send-email': {
    Cards: get,
    Cases: getUpdate,
    'DataKey via dynamodb': tableWrite,
    'DataKey if StringEquals kms:EncryptionContext:purpose phone': 'kms:Decrypt',
    EmailQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'dial-calls': {
    Cards: get,
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    'DataKey if StringEquals kms:EncryptionContext:purpose phone': 'kms:Decrypt',
    DialQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'record-deliveries': {
    Cases: getPutUpdate,
    'DataKey via dynamodb': tableWrite,
    RecordDeliveriesDlq: 'sqs:SendMessage',
    'DataKey via sqs': 'kms:Decrypt kms:GenerateDataKey',
  },
  'publish-events': {
    Cases: getUpdate,
    'DataKey via dynamodb': tableWrite,
    ...ownBusEvents,
    'DataKey if StringEquals kms:EncryptionContext:purpose phone': 'kms:Decrypt',
    PublishQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'receive-sms-replies': {
    Cards: getPut,
    'Cards/gsi1': 'dynamodb:Query',
    Cases: `${getPutUpdate} dynamodb:DeleteItem`,
    'Cases/gsi3': 'dynamodb:Query',
    'DataKey via dynamodb': tableWrite,
    ...phoneKeys,
    SmsRepliesQueue: consume,
    'DataKey via sqs': 'kms:Decrypt',
  },
  'sweep-deadlines': {
    Cards: getPut,
    Cases: `${getPutUpdate} dynamodb:DeleteItem dynamodb:Query`,
    'Cases/gsi1': 'dynamodb:Query',
    'Cases/gsi2': 'dynamodb:Query',
    'DataKey via dynamodb': tableWrite,
    'files of tickets': 's3:DeleteObjectVersion',
    EvidenceBucket: 's3:ListBucket s3:ListBucketVersions',
  },
  'reconcile-cards': {
    Cards: get,
    'Cards/gsi2': 'dynamodb:Query',
    Cases: `${getPutUpdate} dynamodb:DeleteItem dynamodb:Query`,
    'Cases/gsi2': 'dynamodb:Query',
    'DataKey via dynamodb': tableWrite,
  },
  'customer-api': {
    Cards: `${getPut} dynamodb:BatchGetItem dynamodb:Query`,
    'Cards/gsi1': 'dynamodb:Query',
    Cases: `${getPut} dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:Query`,
    'Cases/gsi2': 'dynamodb:Query',
    'Cases/gsi3': 'dynamodb:Query',
    'DataKey via dynamodb': tableWrite,
    ...evidenceLinks,
  },
  'verification-api': {
    Cards: `${getPutUpdate} dynamodb:Query`,
    Cases: `${getPutUpdate} dynamodb:Query dynamodb:DeleteItem`,
    'DataKey via dynamodb': tableWrite,
    ...codeKeys,
    'DataKey if StringEquals kms:EncryptionContext:purpose totp': 'kms:Encrypt kms:Decrypt',
    'DataKey if StringEquals kms:EncryptionContext:purpose phone': 'kms:Encrypt',
  },
  'agent-api': {
    Cards: `${getPut} dynamodb:Query`,
    'Cards/gsi1': 'dynamodb:Query',
    Cases: `${getPutUpdate} dynamodb:Query dynamodb:DeleteItem`,
    'Cases/gsi2': 'dynamodb:Query',
    'Cases/gsi3': 'dynamodb:Query',
    'DataKey via dynamodb': tableWrite,
    PhoneKeys: 'secretsmanager:GetSecretValue',
    'DataKey via secretsmanager': 'kms:Decrypt',
    ...evidenceLinks,
  },
  'rules-api': {
    Cards: `${getPut} dynamodb:Query`,
    Cases: getPut,
    'DataKey via dynamodb': tableWrite,
  },
};

function expectedLines(name: FunctionName): string[] {
  return Object.entries({ ...everyFunction, ...expected[name] })
    .flatMap(([resource, actions]) => actions.split(' ').map((action) => `${name}: ${action} on ${resource}`))
    .sort();
}

function difference(template: Template, name: FunctionName) {
  const wanted = expectedLines(name);
  const granted = permissionLines(template, name, guardFunctions[name].id);
  return {
    missing: wanted.filter((line) => !granted.includes(line)),
    superfluous: granted.filter((line) => !wanted.includes(line)),
  };
}

const nothing = { missing: [], superfluous: [] };

describe('every function may do what is written here and nothing else', () => {
  const { service } = synthesise({ stage: 'prod' }).templates;
  test.each(functionNames)('%s', (name) => {
    expect(difference(service, name)).toEqual(nothing);
  });

  test('no role has a managed policy but those of deployments', () => {
    const managed = resourcesOf(service, 'AWS::IAM::Role')
      .filter(([, role]) => role.Properties.ManagedPolicyArns !== undefined)
      .map(([id]) => id);
    expect(managed).toEqual(['ReleaseRole', expect.stringMatching(/^AWS[0-9a-f]{32}ServiceRole$/)]);
  });

  test('taking any one action out of any role is noticed and named', () => {
    for (const name of functionNames) {
      for (const [policyId, statement, action] of grantedActions(service, name)) {
        const poorer = without(service, { policyId, statement, action });
        const { missing, superfluous } = difference(poorer, name);
        expect(superfluous).toEqual([]);
        expect(missing.length).toBeGreaterThan(0);
        for (const line of missing) expect(line.startsWith(`${name}: ${action} on `)).toBe(true);
      }
    }
  });

  test('the sandbox grants the same as a real stage', () => {
    const sandbox = synthesise({ stage: 'sandbox' }).templates.service;
    for (const name of functionNames) expect(difference(sandbox, name)).toEqual(nothing);
  });
});

type Grant = { readonly policyId: string; readonly statement: number; readonly action: string };

function grantedActions(template: Template, name: FunctionName): [string, number, string][] {
  const policyId = `${guardFunctions[name].id}RoleDefaultPolicy`;
  const statements: { Action: string | string[] }[] =
    template.Resources[policyId]?.Properties.PolicyDocument.Statement ?? [];
  return statements.flatMap(({ Action }, index) =>
    [Action].flat().map((action): [string, number, string] => [policyId, index, action]),
  );
}

function without(template: Template, grant: Grant): Template {
  const copy = structuredClone(template) as {
    Resources: Record<string, { Properties: Record<string, never> }>;
  };
  const document = copy.Resources[grant.policyId]?.Properties.PolicyDocument as unknown as {
    Statement: { Action: string | string[] }[];
  };
  const statement = document.Statement[grant.statement];
  if (statement === undefined) throw new Error(`${grant.policyId} has no statement ${grant.statement}`);
  statement.Action = [statement.Action].flat().filter((action) => action !== grant.action);
  return copy as unknown as Template;
}
