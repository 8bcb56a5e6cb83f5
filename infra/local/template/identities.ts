import { createHash } from 'node:crypto';

/** Account and region every local resource says it lives in. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const PARTITION = 'aws';

/** What other resources see of one: its `Ref` and its attributes. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface IdentityInput {
  readonly type: string;
  readonly stack: string;
  readonly logicalId: string;
  /** Resolves one property to text; `undefined` when the template does not set it. */
  property(name: string): string | undefined;
  /** Where the local stack answers, e.g. `http://127.0.0.1:4566`. */
  readonly endpoint: string;
}

export function arn(service: string, resource: string, region = REGION): string {
  return `arn:${PARTITION}:${service}:${region}:${ACCOUNT}:${resource}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A stable UUID: a key keeps its id over restarts, so that what was encrypted yesterday still opens. */
function stableUuid(text: string): string {
  return hash(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** The template's own name, else `<stack>-<logical id>`, shortened like CloudFormation does it. */
function physicalName(input: IdentityInput, property: string, maximumLength: number): string {
  const given = input.property(property);
  if (given !== undefined) return given;
  const name = `${input.stack}-${input.logicalId}`;
  if (name.length <= maximumLength) return name;
  return `${name.slice(0, maximumLength - 9)}-${hash(name).slice(0, 8)}`;
}

type Identify = (input: IdentityInput) => Identity;

const table: Identify = (input) => {
  const name = physicalName(input, 'TableName', 255);
  const Arn = arn('dynamodb', `table/${name}`);
  return { ref: name, attributes: { Arn, StreamArn: `${Arn}/stream/2026-01-01T00:00:00.000` } };
};

/** Types whose `Ref` and attributes other resources build on. */
const IDENTITIES: Readonly<Record<string, Identify>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': (input) => {
    const name = physicalName(input, 'QueueName', 80);
    const url = `${input.endpoint}/${ACCOUNT}/${name}`;
    return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
  },
  'AWS::S3::Bucket': (input) => {
    const name = physicalName(input, 'BucketName', 63).toLowerCase();
    // By path: a name of its own for every bucket would have to be known to the machine.
    const domain = `${input.endpoint.replace(/^https?:\/\//, '')}/${name}`;
    return {
      ref: name,
      attributes: { Arn: `arn:${PARTITION}:s3:::${name}`, DomainName: domain, RegionalDomainName: domain },
    };
  },
  'AWS::GuardDuty::MalwareProtectionPlan': (input) => {
    const id = hash(`${input.stack}/${input.logicalId}`).slice(0, 24);
    const planArn = arn('guardduty', `malware-protection-plan/${id}`);
    return { ref: id, attributes: { Arn: planArn, MalwareProtectionPlanId: id } };
  },
  'AWS::SNS::Topic': (input) => {
    const name = physicalName(input, 'TopicName', 256);
    const topicArn = arn('sns', name);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  'AWS::Logs::LogGroup': (input) => {
    const name = physicalName(input, 'LogGroupName', 512);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
  'AWS::Events::EventBus': (input) => {
    const name = physicalName(input, 'Name', 256);
    return { ref: name, attributes: { Arn: arn('events', `event-bus/${name}`), Name: name } };
  },
  'AWS::Events::Rule': (input) => {
    const name = physicalName(input, 'Name', 64);
    const bus = (input.property('EventBusName') ?? 'default').split('/').at(-1) ?? 'default';
    const path = bus === 'default' ? name : `${bus}/${name}`;
    return {
      ref: bus === 'default' ? name : `${bus}|${name}`,
      attributes: { Arn: arn('events', `rule/${path}`) },
    };
  },
  'AWS::Lambda::Function': (input) => {
    const name = physicalName(input, 'FunctionName', 64);
    return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
  },
  'AWS::Lambda::Version': (input) => {
    const name = required(input, 'FunctionName').split(':').at(-1);
    return {
      ref: arn('lambda', `function:${name}:1`),
      attributes: { Version: '1', FunctionArn: arn('lambda', `function:${name}:1`) },
    };
  },
  'AWS::Lambda::Alias': (input) => {
    const [name] = required(input, 'FunctionName').split(':function:').at(-1)?.split(':') ?? [];
    const aliasArn = arn('lambda', `function:${name}:${required(input, 'Name')}`);
    return { ref: aliasArn, attributes: { AliasArn: aliasArn } };
  },
  'AWS::IAM::Role': (input) => {
    const name = physicalName(input, 'RoleName', 64);
    const id = `AROA${hash(name).slice(0, 17).toUpperCase()}`;
    return { ref: name, attributes: { Arn: arn('iam', `role/${name}`, ''), RoleId: id } };
  },
  'AWS::KMS::Key': (input) => {
    const id = stableUuid(`${input.stack}/${input.logicalId}`);
    return { ref: id, attributes: { Arn: arn('kms', `key/${id}`), KeyId: id } };
  },
  'AWS::SecretsManager::Secret': (input) => {
    const name = physicalName(input, 'Name', 512);
    const secretArn = arn('secretsmanager', `secret:${name}-${hash(name).slice(0, 6)}`);
    return { ref: secretArn, attributes: { Id: secretArn, Arn: secretArn } };
  },
  'AWS::Connect::ContactFlow': (input) => {
    const id = stableUuid(`${input.stack}/${input.logicalId}`);
    const flowArn = `${required(input, 'InstanceArn')}/contact-flow/${id}`;
    return { ref: flowArn, attributes: { ContactFlowArn: flowArn } };
  },
  'AWS::SSM::Parameter': (input) => ({
    ref: physicalName(input, 'Name', 1011),
    attributes: { Type: required(input, 'Type'), Value: required(input, 'Value') },
  }),
  'AWS::ApiGatewayV2::Api': (input) => {
    const id = hash(`${input.stack}/${input.logicalId}`).slice(0, 10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: input.endpoint } };
  },
  'AWS::Cognito::UserPool': (input) => {
    const id = `${REGION}_${hash(`${input.stack}/${input.logicalId}`).slice(0, 9)}`;
    const provider = `cognito-idp.${REGION}.amazonaws.com/${id}`;
    return {
      ref: id,
      attributes: {
        Arn: arn('cognito-idp', `userpool/${id}`),
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
        UserPoolId: id,
      },
    };
  },
};

function required(input: IdentityInput, property: string): string {
  const value = input.property(property);
  if (value === undefined)
    throw new Error(`${input.stack}: ${input.type} "${input.logicalId}" has no ${property}`);
  return value;
}

/**
 * `Ref` and attributes of a resource. A type with nothing to run locally gets stand-ins: they appear only
 * in places nobody calls here (an alarm's action, a deployment group).
 */
export function identify(input: IdentityInput): Identity {
  const known = IDENTITIES[input.type];
  if (known !== undefined) return known(input);
  const name = `${input.stack}-${input.logicalId}`;
  const [, service = 'local'] = input.type.toLowerCase().split('::');
  return { ref: name, attributes: { Arn: arn(service, name) } };
}

/** True when a missing attribute may be made up: nothing local reads it. */
export function hasOwnIdentity(type: string): boolean {
  return IDENTITIES[type] !== undefined;
}
