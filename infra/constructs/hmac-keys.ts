import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './removal.ts';

interface HmacKeysProps {
  readonly config: StageConfig;
  readonly key: kms.IKey;
}

/** The keys of phone numbers. */
export const createPhoneKeys = (scope: Construct, id: string, props: HmacKeysProps): secretsmanager.Secret =>
  createHmacKeys(scope, id, {
    ...props,
    description: 'HMAC keys by which phone numbers are looked up; `current` names the one new numbers use',
    whyUnscheduled:
      'Rotation adds a key version beside the old one, under which numbers are still found; a schedule that ' +
      'replaced the key alone would lose answers of customers.',
  });

/** The keys of one-time codes: other functions read them than those of phone numbers. */
export const createCodeKeys = (scope: Construct, id: string, props: HmacKeysProps): secretsmanager.Secret =>
  createHmacKeys(scope, id, {
    ...props,
    description: 'HMAC keys under which one-time codes are stored; `current` names the one new codes use',
    whyUnscheduled:
      'Rotation adds a key version and drops the old one five minutes later; what is hashed with it is worthless ' +
      'by then, so that a schedule would protect nothing.',
  });

/** Stored as `{"current":"1","key1":"…"}`: a generated string cannot be nested; the reader maps `keyN` to N. */
function createHmacKeys(
  scope: Construct,
  id: string,
  props: HmacKeysProps & { readonly description: string; readonly whyUnscheduled: string },
): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(scope, id, {
    description: props.description,
    encryptionKey: props.key,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ current: '1' }),
      generateStringKey: 'key1',
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: removalPolicy(props.config),
  });
  acknowledge(secret, { 'AwsSolutions-SMG4': props.whyUnscheduled });
  return secret;
}
