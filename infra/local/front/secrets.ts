import type { LocalModel, LocalSecret } from '../model.ts';
import type { AwsCall, KeyUse, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { type Json, textOf } from './json.ts';
import type { SecretVersions } from './secret-versions.ts';

export interface Secrets extends Service {
  /** Puts a new current version; the one before stays as AWSPREVIOUS. `secret`: name or ARN. */
  put(secret: string, value: string): string;
}

/** What an action needs of the secret's key (Secrets Manager user guide, Permissions for the KMS key). */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  GetSecretValue: ['kms:Decrypt'],
  PutSecretValue: ['kms:GenerateDataKey', 'kms:Decrypt'],
};

export function createSecrets(model: LocalModel, versions: SecretVersions): Secrets {
  const handlers = createHandlers(versions);
  const find = (id: string | undefined): LocalSecret => {
    // The ARN without its random end is a name too.
    const secret = model.secrets.find(
      ({ arn, name }) => arn === id || name === id || arn.replace(/-\w{6}$/, '') === id,
    );
    if (secret) return secret;
    throw notFound(`Secrets Manager can't find the specified secret: ${id ?? ''}`);
  };

  const plan = ({ action, input }: AwsCall): Plan => {
    if (!handlers[action]) throw unknownAction('secretsmanager', action);
    const secret = find(textOf(input.SecretId));
    const context = {
      'secretsmanager:SecretId': secret.arn,
      'secretsmanager:VersionStage': textOf(input.VersionStage) ?? 'AWSCURRENT',
    };
    const need = { action: `secretsmanager:${action}`, resource: secret.arn, context };
    return { needs: [{ ...need, key: keyUse(secret, action) }], resources: [secret.name] };
  };

  return {
    plan,
    handle: ({ action, input }) => ({
      output: handlers[action]?.(find(textOf(input.SecretId)), input) ?? {},
    }),
    put: (secret, value) => versions.add(find(secret).arn, value),
  };
}

function keyUse(secret: LocalSecret, action: string): KeyUse | undefined {
  const actions = keyActions[action];
  if (!secret.kmsKeyArn || !actions) return undefined;
  const encryptionContext = { SecretARN: secret.arn };
  return { keyArn: secret.kmsKeyArn, actions, via: 'secretsmanager', encryptionContext };
}

function createHandlers(
  versions: SecretVersions,
): Readonly<Record<string, (secret: LocalSecret, input: Json) => Json>> {
  return {
    GetSecretValue(secret, input) {
      const stage = textOf(input.VersionStage) ?? 'AWSCURRENT';
      const wanted = textOf(input.VersionId);
      const version = versions
        .of(secret.arn)
        .find(({ id, stages }) => (wanted === undefined ? stages.includes(stage) : id === wanted));
      if (!version) throw notFound(`Secrets Manager can't find the specified secret value: ${secret.name}`);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: version.stages,
        SecretString: version.value,
        CreatedDate: version.createdAt / 1000,
      };
    },
    PutSecretValue({ arn, name }, input) {
      const VersionId = versions.add(arn, textOf(input.SecretString) ?? '');
      return { ARN: arn, Name: name, VersionId, VersionStages: ['AWSCURRENT'] };
    },
    DescribeSecret({ arn, name, kmsKeyArn }) {
      const staged = versions.of(arn).filter(({ stages }) => stages.length > 0);
      const VersionIdsToStages = Object.fromEntries(staged.map(({ id, stages }) => [id, stages]));
      return { ARN: arn, Name: name, KmsKeyId: kmsKeyArn, VersionIdsToStages };
    },
  };
}

function notFound(message: string): AwsError {
  return new AwsError({ code: 'ResourceNotFoundException', message });
}
