import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

/**
 * What one stack tells the next (stateful, service, pages), by SSM parameter rather than by export: an export
 * locks both stacks together, so that a replaced table or stream could never be deployed.
 */
const descriptions = {
  'data-key-arn': 'Key that encrypts tables, queues, topics, the secret and stored phone numbers',
  'cards-table': 'Name of the Cards table',
  'cases-table': 'Name of the Cases table',
  'cases-stream-arn': 'Stream of the Cases table, read by freeze-cards and route-effects',
  'bus-name': 'Event bus the bank puts its card events on',
  'sms-replies-topic-arn': 'Topic that carries what customers text back',
  'alarms-topic-arn': 'Topic that every alarm notifies',
  'phone-keys-secret-arn': 'Secret with the HMAC keys of phone numbers',
  'code-keys-secret-arn': 'Secret with the HMAC keys of one-time codes',
  'evidence-bucket': 'Bucket of papers and screenshots of tickets',
  'evidence-domain': 'Where that bucket answers',
  'evidence-key-arn': 'Key that encrypts that bucket',
  // Only where the stage rents a number.
  'sms-number': 'Phone number our texts come from and customers answer to',
  // Only where Cognito signs people in; with an issuer of the bank's own both stacks read the context.
  'customers-issuer': 'Issuer of access tokens of customers',
  'customers-client-id': 'Client that access tokens of customers are made for',
  'agents-issuer': 'Issuer of access tokens of agents',
  'agents-client-id': 'Client that access tokens of agents are made for',
  // Written by the service stack for the pages.
  'api-url': 'Address of the HTTP API',
} as const;

export type SharedParameter = keyof typeof descriptions;
type OptionalParameter = 'sms-number' | `${'customers' | 'agents'}-${'issuer' | 'client-id'}`;
type ServiceParameter = 'api-url';
export type SharedValues = Record<Exclude<SharedParameter, OptionalParameter | ServiceParameter>, string> &
  Partial<Record<OptionalParameter, string>>;

export function parameterName(stage: string, parameter: SharedParameter): string {
  return `/cardguard/${stage}/${parameter}`;
}

/** Writes what a stack shares; the record types make a forgotten one a type error. */
export function shareParameters(
  scope: Construct,
  stage: string,
  values: SharedValues | Record<ServiceParameter, string>,
): void {
  for (const [parameter, value] of Object.entries(values) as [SharedParameter, string][]) {
    new ssm.StringParameter(scope, `${pascal(parameter)}Parameter`, {
      parameterName: parameterName(stage, parameter),
      description: descriptions[parameter],
      stringValue: value,
    });
  }
}

/** The value at deployment: a template parameter of type `AWS::SSM::Parameter::Value<String>`. */
export function readParameter(scope: Construct, stage: string, parameter: SharedParameter): string {
  return ssm.StringParameter.fromStringParameterAttributes(scope, `Shared${pascal(parameter)}`, {
    parameterName: parameterName(stage, parameter),
  }).stringValue;
}

function pascal(kebab: string): string {
  return kebab.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
