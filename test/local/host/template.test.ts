import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LEFT_OUT } from '../../../infra/local/template/left-out.ts';
import { readModel } from '../../../infra/local/template.ts';
import { ADMIN_ROLE, functionResource, type Resources, writeAssembly } from './assemblies.ts';

const endpoint = 'http://127.0.0.1:4000';
const read = (Resources: Resources, code?: Record<string, string>) =>
  readModel(writeAssembly({ stacks: { app: { Resources } }, code }), { endpoint });

it('joins stacks by SSM parameters, whichever is read first', () => {
  const directory = writeAssembly({
    stacks: {
      service: {
        Parameters: {
          Shared: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shared/cards-table' },
        },
        Resources: {
          Role: ADMIN_ROLE,
          Fn: functionResource('fn', {
            Environment: {
              Variables: { CARDS_TABLE: { Ref: 'Shared' }, AGAIN: '{{resolve:ssm:/shared/cards-table}}' },
            },
          }),
        },
      },
      stateful: {
        Resources: {
          Cards: {
            Type: 'AWS::DynamoDB::GlobalTable',
            Properties: {
              AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
              KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
              Replicas: [
                {
                  Region: 'us-east-1',
                  SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
                },
              ],
              StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
              TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
            },
          },
          Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } },
          Shared: {
            Type: 'AWS::SSM::Parameter',
            Properties: { Name: '/shared/cards-table', Type: 'String', Value: { Ref: 'Cards' } },
          },
        },
      },
    },
    code: { fn: '' },
  });
  const model = readModel(directory, { endpoint });
  expect(model.functions[0]?.environment).toEqual({ CARDS_TABLE: 'stateful-Cards', AGAIN: 'stateful-Cards' });
  expect(model.functions[0]?.codeDir).toBe(join(directory, 'asset.fn'));
  const [table] = model.tables;
  expect(table).toMatchObject({
    name: 'stateful-Cards',
    kmsKeyArn: model.keys[0]?.arn,
    timeToLiveAttribute: 'expiresAt',
    create: { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } },
  });
  expect(table?.streamArn).toMatch(
    /^arn:aws:dynamodb:us-east-1:000000000000:table\/stateful-Cards\/stream\//,
  );
});

it('names every unknown type with its logical id, and takes those left out on purpose', () => {
  const resources = {
    Mystery: { Type: 'AWS::Kinesis::Stream' },
    Other: { Type: 'AWS::New::Thing' },
    Alarm: { Type: 'AWS::CloudWatch::Alarm' },
    Setting: { Type: 'Custom::AWS', Properties: { ServiceToken: 'x' } },
  };
  expect(() => read(resources)).toThrow(
    /app: AWS::Kinesis::Stream "Mystery"\n.*app: AWS::New::Thing "Other"/,
  );
  const { Alarm, Setting } = resources;
  expect(read({ Alarm, Setting }).leftOut).toEqual(['AWS::CloudWatch::Alarm', 'Custom::AWS']);
  expect(Object.values(LEFT_OUT).every((reason) => reason.length > 10)).toBe(true);
});

it('gives a role the statements of its own and of attached policies', () => {
  const statement = (Action: string) => ({ Effect: 'Allow', Action, Resource: '*' });
  const model = read({
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyDocument: { Statement: [statement('a:One')] } }] },
    },
    Attached: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement: statement('a:Two') }, Roles: [{ Ref: 'Role' }] },
    },
    Foreign: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement: [statement('a:Three')] }, Roles: ['somebody'] },
    },
  });
  expect(model.roles[0]?.statements.map(({ Action }) => Action)).toEqual(['a:One', 'a:Two']);
});

it('runs the function behind an alias, and none that only serves custom resources', () => {
  const model = read(
    {
      Role: ADMIN_ROLE,
      Fn: functionResource('fn'),
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Fn' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
      },
      Queue: { Type: 'AWS::SQS::Queue' },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'Live' }, EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
      },
      Provider: functionResource('fn'),
      Setting: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] } } },
    },
    { fn: '' },
  );
  expect(model.functions.map(({ name }) => name)).toEqual(['app-Fn']);
  expect(model.mappings[0]).toMatchObject({ functionArn: model.functions[0]?.arn, batchSize: 10 });
});

it('says which function has no role, and which variable is no text', () => {
  expect(() =>
    read({ Fn: functionResource('fn', { Role: 'arn:aws:iam::000000000000:role/none' }) }, { fn: '' }),
  ).toThrow('app-Fn: no stack has role arn:aws:iam::000000000000:role/none');
  expect(() =>
    read(
      { Role: ADMIN_ROLE, Fn: functionResource('fn', { Environment: { Variables: { A: { b: 1 } } } }) },
      { fn: '' },
    ),
  ).toThrow(/"Fn" is not what the local stack can read[\s\S]*Environment\.Variables\.A/);
});

it('keeps queue attributes as text, with the redrive policy resolved', () => {
  const model = read({
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 30,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 5 },
      },
    },
    Dead: { Type: 'AWS::SQS::Queue' },
  });
  expect(model.queues[0]).toMatchObject({
    url: `${endpoint}/000000000000/app-Queue`,
    attributes: {
      VisibilityTimeout: '30',
      RedrivePolicy:
        '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:app-Dead","maxReceiveCount":5}',
    },
  });
});

it('generates the same secret at every start', () => {
  const secret = {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      GenerateSecretString: {
        SecretStringTemplate: '{"current":"1"}',
        GenerateStringKey: 'key1',
        PasswordLength: 48,
      },
    },
  };
  const values = [1, 2].map(() => read({ Keys: secret }).secrets[0]?.initialValue ?? '');
  expect(values[0]).toMatch(/^\{"current":"1","key1":"[0-9a-f]{48}"\}$/);
  expect(values[1]).toBe(values[0]);
});

it('leaves out resources whose condition does not hold', () => {
  const directory = writeAssembly({
    stacks: {
      app: {
        Conditions: { Never: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mars-1'] } },
        Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Never' } },
      },
    },
  });
  expect(existsSync(directory)).toBe(true);
  expect(readModel(directory, { endpoint }).queues).toEqual([]);
});
