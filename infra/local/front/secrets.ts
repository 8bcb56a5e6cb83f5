import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LocalClock } from '../clock.ts';
import type { LocalModel, LocalSecret } from '../model.ts';
import type { AwsCall, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { type Json, textOf } from './json.ts';
import { openStateFile } from './state-file.ts';

const versionsSchema = z.array(z.object({ id: z.string(), value: z.string(), createdAt: z.number() }));

export interface Secrets extends Service {
  /** Puts a new current version; the one before stays as AWSPREVIOUS. `secret`: name or ARN. */
  put(secret: string, value: string): string;
}

/** What an action needs of the secret's key (Secrets Manager user guide, Permissions for the KMS key). */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  GetSecretValue: ['kms:Decrypt'],
  PutSecretValue: ['kms:GenerateDataKey', 'kms:Decrypt'],
};

export function createSecrets(options: {
  model: LocalModel;
  clock: LocalClock;
  stateDir: string | undefined;
}): Secrets {
  const { model, clock } = options;
  // Newest last. Generated once: a restart must not change the keys that data were hashed with.
  const file = openStateFile({
    stateDir: options.stateDir,
    name: 'secrets',
    schema: z.record(z.string(), versionsSchema),
    initial: {},
  });
  for (const { arn, initialValue } of model.secrets)
    file.value[arn] ??= [{ id: randomUUID(), value: initialValue, createdAt: clock.now() }];
  file.save();

  const find = (id: string | undefined): LocalSecret => {
    // The ARN without its random end is a name too.
    const secret = model.secrets.find(
      ({ arn, name }) => arn === id || name === id || arn.replace(/-\w{6}$/, '') === id,
    );
    if (secret) return secret;
    throw new AwsError({
      code: 'ResourceNotFoundException',
      message: `Secrets Manager can't find the specified secret: ${id ?? ''}`,
    });
  };

  const plan = (call: AwsCall): Plan => {
    if (!(call.action in handlers)) throw unknownAction('secretsmanager', call.action);
    const secret = find(textOf(call.input.SecretId));
    const actions = keyActions[call.action];
    const key =
      secret.kmsKeyArn && actions
        ? {
            keyArn: secret.kmsKeyArn,
            actions,
            via: 'secretsmanager',
            encryptionContext: { SecretARN: secret.arn },
          }
        : undefined;
    const context = {
      'secretsmanager:SecretId': secret.arn,
      'secretsmanager:VersionStage': textOf(call.input.VersionStage) ?? 'AWSCURRENT',
    };
    return {
      needs: [{ action: `secretsmanager:${call.action}`, resource: secret.arn, context, key }],
      resources: [secret.name],
    };
  };

  const put: Secrets['put'] = (id, value) => {
    const version = { id: randomUUID(), value, createdAt: clock.now() };
    const { arn } = find(id);
    file.value[arn] = [...(file.value[arn] ?? []), version];
    file.save();
    return version.id;
  };

  const stages = (index: number, count: number): string[] => {
    if (index === count - 1) return ['AWSCURRENT'];
    return index === count - 2 ? ['AWSPREVIOUS'] : [];
  };

  const handlers: Readonly<Record<string, (secret: LocalSecret, input: Json) => Json>> = {
    GetSecretValue(secret, input) {
      const versions = file.value[secret.arn] ?? [];
      const back = input.VersionStage === 'AWSPREVIOUS' ? -2 : -1;
      const versionId = textOf(input.VersionId);
      const index = versionId ? versions.findIndex(({ id }) => id === versionId) : versions.length + back;
      const version = versions[index];
      if (!version)
        throw new AwsError({
          code: 'ResourceNotFoundException',
          message: `Secrets Manager can't find the specified secret value: ${secret.name}`,
        });
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        VersionStages: stages(index, versions.length),
        SecretString: version.value,
        CreatedDate: version.createdAt / 1000,
      };
    },
    PutSecretValue(secret, input) {
      const VersionId = put(secret.arn, textOf(input.SecretString) ?? '');
      return { ARN: secret.arn, Name: secret.name, VersionId, VersionStages: ['AWSCURRENT'] };
    },
    DescribeSecret(secret) {
      const versions = file.value[secret.arn] ?? [];
      const staged = versions.map(({ id }, index) => [id, stages(index, versions.length)] as const);
      return {
        ARN: secret.arn,
        Name: secret.name,
        KmsKeyId: secret.kmsKeyArn,
        VersionIdsToStages: Object.fromEntries(staged.filter(([, names]) => names.length > 0)),
      };
    },
  };

  const handle: Service['handle'] = ({ action, input }) => ({
    output: handlers[action]?.(find(textOf(input.SecretId)), input) ?? {},
  });
  return { plan, handle, put };
}
