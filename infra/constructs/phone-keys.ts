import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './removal.ts';

/** Stored as `{"current":"1","key1":"…"}`: a generated string cannot be nested; the reader maps `keyN` to N. */
export function createPhoneKeys(
  scope: Construct,
  id: string,
  props: { readonly config: StageConfig; readonly key: kms.IKey },
): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(scope, id, {
    description: 'HMAC keys by which phone numbers are looked up; `current` names the one new numbers use',
    encryptionKey: props.key,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ current: '1' }),
      generateStringKey: 'key1',
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: removalPolicy(props.config),
  });
  acknowledge(secret, {
    'AwsSolutions-SMG4':
      'Rotation adds a key version beside the old one, under which numbers are still found; a schedule that ' +
      'replaced the key alone would lose answers of customers.',
  });
  return secret;
}
