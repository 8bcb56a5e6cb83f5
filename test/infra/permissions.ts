import type { Template } from './synth.ts';
import { arrayOf, readable, roleStatements, type Statement } from './template.ts';

/** `send-sms: kms:Decrypt on DataKey via sqs`, one line per function, action and resource. */
export function permissionLines(template: Template, functionName: string, functionId: string): string[] {
  return roleStatements(template, `${functionId}Role`)
    .flatMap((statement) => statementLines(statement, functionId))
    .map((line) => `${functionName}: ${line}`)
    .sort();
}

function statementLines(statement: Statement, functionId: string): string[] {
  const condition = conditionText(statement);
  const resources =
    statement.NotResource === undefined
      ? arrayOf(statement.Resource).map((resource) => shortName(readable(resource), functionId))
      : arrayOf(statement.NotResource).map((resource) => `anything but ${readable(resource)}`);
  return arrayOf(statement.Action).flatMap((action) =>
    resources.map(
      (resource) => `${statement.Effect === 'Deny' ? 'not ' : ''}${action} on ${resource}${condition}`,
    ),
  );
}

function conditionText(statement: Statement): string {
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => conditionName(operator, key, readable(value))),
  );
  return conditions.map((text) => ` ${text}`).join('');
}

function conditionName(operator: string, key: string, value: string): string {
  const service = /^([a-z\d]+)\.<AWS::Region>\.<AWS::URLSuffix>$/.exec(value)?.[1];
  if (operator === 'StringEquals' && key === 'kms:ViaService' && service !== undefined)
    return `via ${service}`;
  return `if ${operator} ${key} ${value}`;
}

const prefix = (service: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:`;

function shortName(resource: string, functionId: string): string {
  const names: Record<string, string> = {
    [`${prefix('dynamodb')}table/<SharedCardsTableParameter>`]: 'Cards',
    [`${prefix('dynamodb')}table/<SharedCasesTableParameter>`]: 'Cases',
    [`${prefix('events')}event-bus/<SharedBusNameParameter>`]: 'bus',
    [`<${functionId}Logs.Arn>`]: 'its log group',
    '<SharedDataKeyArnParameter>': 'DataKey',
    '<SharedPhoneKeysSecretArnParameter>': 'PhoneKeys',
    '<SharedCodeKeysSecretArnParameter>': 'CodeKeys',
    '<SharedCasesStreamArnParameter>': 'stream of Cases',
    '<SharedEvidenceKeyArnParameter>': 'EvidenceKey',
    'arn:<AWS::Partition>:s3:::<SharedEvidenceBucketParameter>': 'EvidenceBucket',
    'arn:<AWS::Partition>:s3:::<SharedEvidenceBucketParameter>/tickets/*': 'files of tickets',
  };
  const known = names[resource];
  if (known !== undefined) return known;
  for (const [table, name] of Object.entries(names)) {
    if (resource.startsWith(`${table}/index/`)) return `${name}/${resource.slice(`${table}/index/`.length)}`;
  }
  return resource.replace(/^<(\w+)\.Arn>$/, '$1');
}
