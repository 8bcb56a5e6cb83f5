import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** An encrypted topic that refuses plain HTTP. Its name is fixed: the key's policy names its ARN. */
export function createTopic(scope: Construct, id: string, props: { name: string; key: kms.IKey }): sns.Topic {
  return new sns.Topic(scope, id, { topicName: props.name, masterKey: props.key, enforceSSL: true });
}
