import { describe, expect, test } from 'vitest';
import { parameterName } from '../../infra/parameters.ts';
import { synthesise, type Template } from './synth.ts';
import { arrayOf, readable, resourcesOf, type Statement } from './template.ts';

/** Policies over what holds data, and over the stacks together. */
const real = synthesise({ stage: 'prod', smsNumber: 'two-way' }).templates;
const sandbox = synthesise({ stage: 'sandbox' }).templates;
const local = synthesise({ stage: 'local' }).templates;
const stages = { real, sandbox, local };
const all = (templates: Readonly<Record<string, Template>>) =>
  Object.values(templates).flatMap(({ Resources }) => Object.entries(Resources));

describe('tables', () => {
  const tables = resourcesOf(real.stateful, 'AWS::DynamoDB::Table');

  test.each(tables)('%s: on demand, our key, TTL, indexes of keys only', (_, { Properties: table }) => {
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] },
      },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
    for (const index of table.GlobalSecondaryIndexes) {
      expect(index.Projection).toEqual({ ProjectionType: 'KEYS_ONLY' });
    }
  });

  test('Cards has one index, Cases three and a stream of both images', () => {
    const indexes = (id: string) =>
      real.stateful.Resources[id]?.Properties.GlobalSecondaryIndexes.map(
        (i: { IndexName: string }) => i.IndexName,
      );
    expect(indexes('CardsTable')).toEqual(['gsi1', 'gsi2']);
    expect(indexes('CasesTable')).toEqual(['gsi1', 'gsi2', 'gsi3']);
    expect(real.stateful.Resources.CasesTable?.Properties.StreamSpecification).toEqual({
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    });
  });
});

describe('what a stage leaves behind', () => {
  const holdsData = [
    'AWS::DynamoDB::Table',
    'AWS::KMS::Key',
    'AWS::S3::Bucket',
    'AWS::SecretsManager::Secret',
    'AWS::Cognito::UserPool',
    'AWS::Events::EventBus',
    'AWS::SMSVOICE::PhoneNumber',
  ];

  test('a real stage keeps its data, protected and restorable', () => {
    for (const type of holdsData) {
      const found = resourcesOf(real.stateful, type);
      expect(found, type).not.toEqual([]);
      for (const [id, resource] of found) {
        expect([resource.DeletionPolicy, resource.UpdateReplacePolicy], id).toEqual(['Retain', 'Retain']);
      }
    }
    for (const [, table] of resourcesOf(real.stateful, 'AWS::DynamoDB::Table')) {
      expect(table.Properties.DeletionProtectionEnabled).toBe(true);
      expect(table.Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
    }
    for (const [, pool] of resourcesOf(real.stateful, 'AWS::Cognito::UserPool')) {
      expect(pool.Properties.DeletionProtection).toBe('ACTIVE');
    }
  });

  test.each(['sandbox', 'local'] as const)('%s goes without a trace', (stage) => {
    for (const [id, resource] of all(stages[stage])) {
      expect(resource.DeletionPolicy ?? 'Delete', id).toBe('Delete');
      expect(resource.UpdateReplacePolicy ?? 'Delete', id).toBe('Delete');
      expect(resource.Properties?.DeletionProtectionEnabled ?? false, id).toBe(false);
    }
  });

  test('only a full number’s delivery log and a CDK log go with a real stage', () => {
    const going = resourcesOf(real.service, 'AWS::Logs::LogGroup')
      .filter(([, group]) => group.DeletionPolicy !== 'Retain')
      .map(([id]) => id);
    expect(going.toSorted()).toEqual(['SmsDeliveredLogs', 'SmsFailedLogs', 'SmsPreferencesLogs']);
    for (const id of ['SmsDeliveredLogs', 'SmsFailedLogs']) {
      const { Properties } = real.service.Resources[id] ?? {};
      expect(Properties.RetentionInDays).toBe(3);
      expect(readable(Properties.KmsKeyId)).toBe('<SharedDataKeyArnParameter>');
      expect(JSON.stringify(Properties.DataProtectionPolicy)).toContain('[+][1-9][0-9]{5,14}');
    }
  });
});

describe('the key', () => {
  const statements = real.stateful.Resources.DataKey?.Properties.KeyPolicy.Statement as Statement[];

  test('turns over every year', () => {
    expect(real.stateful.Resources.DataKey?.Properties.EnableKeyRotation).toBe(true);
  });

  test('serves AWS services only for this account, and where it can be named for one source', () => {
    const grants = statements
      .filter((s) => typeof (s.Principal as { Service?: unknown }).Service === 'string')
      .map((s) => [
        (s.Principal as { Service: string }).Service,
        arrayOf(s.Action).join(' '),
        readable(s.Condition?.StringEquals?.['aws:SourceAccount']),
        arrayOf(s.Condition?.ArnEquals?.['aws:SourceArn'] ?? s.Condition?.ArnLike?.['aws:SourceArn']).length >
          0,
      ]);
    const use = 'kms:Decrypt kms:GenerateDataKey';
    expect(grants).toEqual([
      ['events.amazonaws.com', use, '<AWS::AccountId>', true],
      ['sns.amazonaws.com', use, '<AWS::AccountId>', true],
      ['cloudwatch.amazonaws.com', use, '<AWS::AccountId>', true],
      ['sms-voice.amazonaws.com', use, '<AWS::AccountId>', false],
    ]);
  });

  test('serves CloudWatch Logs for the delivery logs of texts only', () => {
    const [found, ...others] = statements.filter((s) => s.Sid === 'AllowDeliveryLogs');
    const group =
      'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:sns/<AWS::Region>/<AWS::AccountId>/DirectPublishToPhoneNumber';
    expect(others).toEqual([]);
    expect(
      arrayOf(found?.Condition?.ArnEquals?.['kms:EncryptionContext:aws:logs:arn']).map(readable),
    ).toEqual([group, `${group}/Failure`]);
    expect(JSON.stringify(sandbox.stateful.Resources.DataKey)).not.toContain('DeliveryLogs');
  });

  test('a stage without two-way SMS does not serve it', () => {
    expect(JSON.stringify(sandbox.stateful.Resources.DataKey)).not.toContain('sms-voice');
    expect(sandbox.stateful.Resources.SmsChannelRole).toBeUndefined();
  });

  test('a laptop’s simulated phone posts under the same role, without a number to rent', () => {
    expect(local.stateful.Resources.SmsChannelRole?.Type).toBe('AWS::IAM::Role');
    expect(resourcesOf(local.stateful, 'AWS::SMSVOICE::PhoneNumber')).toEqual([]);
  });
});

describe('people and keys', () => {
  test('agents need a second factor; nobody signs up alone', () => {
    const pools = Object.fromEntries(resourcesOf(real.stateful, 'AWS::Cognito::UserPool'));
    expect(pools.AgentPool?.Properties.MfaConfiguration).toBe('ON');
    expect(pools.CustomerPool?.Properties.MfaConfiguration).toBe('OPTIONAL');
    for (const { Properties } of Object.values(pools)) {
      expect(Properties.AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
      expect(Properties.EnabledMfas).toEqual(['SOFTWARE_TOKEN_MFA']);
    }
  });

  test.each(['PhoneKeys', 'CodeKeys'])('%s are generated, as the reader expects them', (id) => {
    expect(real.stateful.Resources[id]?.Properties).toMatchObject({
      KmsKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] },
      GenerateSecretString: {
        SecretStringTemplate: '{"current":"1"}',
        GenerateStringKey: 'key1',
        PasswordLength: 64,
      },
    });
  });

  test('the phone number posts under a role that only this account can hand out', () => {
    const trust = real.stateful.Resources.SmsChannelRole?.Properties.AssumeRolePolicyDocument.Statement[0];
    expect(trust).toMatchObject({
      Principal: { Service: 'sms-voice.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    });
    expect(real.stateful.Resources.SmsNumber?.Properties).toMatchObject({
      SelfManagedOptOutsEnabled: true,
      TwoWay: { Enabled: true, ChannelArn: { Ref: 'SmsRepliesTopic' } },
    });
  });
});

describe.each(Object.entries(stages))('the stacks of %s', (stage, templates) => {
  test('are joined by parameters, not by exports', () => {
    const text = JSON.stringify(templates);
    expect(text).not.toContain('Fn::ImportValue');
    expect(text).not.toContain('"Export"');
    const realStage = stage === 'real' ? 'prod' : stage;
    const written = all(templates)
      .filter(([, { Type }]) => Type === 'AWS::SSM::Parameter')
      .map(([, p]) => p.Properties.Name);
    const read = Object.values<Template>(templates)
      .flatMap(({ Parameters }) => Object.values(Parameters ?? {}))
      .filter((p) => p.Type === 'AWS::SSM::Parameter::Value<String>')
      .map((p) => p.Default)
      .filter((name) => !name?.startsWith('/cdk-bootstrap/'));
    // A laptop has no pages to tell where the API is.
    if (stage === 'local') read.push(parameterName(realStage, 'api-url'));
    expect([...new Set(read)].toSorted()).toEqual(written.toSorted());
    expect(written).toContain(parameterName(realStage, 'cards-table'));
  });

  test('name no partition, account or Region', () => {
    expect(JSON.stringify(templates)).not.toMatch(/arn:aws(-cn)?:(?!iam::aws:)/);
  });

  test('have logical ids a person can read', () => {
    const hashed = all(templates)
      .map(([id]) => id)
      .filter((id) => /[0-9A-F]{8}$/.test(id));
    expect(hashed).toEqual([]);
  });
});
