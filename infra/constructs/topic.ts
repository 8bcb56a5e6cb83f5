import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface TopicProps {
  readonly name: string;
  readonly key: kms.IKey;
}

/** An encrypted topic that refuses plain HTTP. Its name is fixed: the key's policy names its ARN. */
export function createTopic(scope: Construct, id: string, props: TopicProps): sns.Topic {
  return new sns.Topic(scope, id, { topicName: props.name, masterKey: props.key, enforceSSL: true });
}

/** Where alarms go, and whoever reads them by e-mail. */
export function createAlarmsTopic(
  scope: Construct,
  id: string,
  props: TopicProps & { readonly email?: string },
): sns.Topic {
  const topic = createTopic(scope, id, props);
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'AlarmsMayNotify',
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  if (props.email !== undefined) {
    topic.addSubscription(new subscriptions.EmailSubscription(props.email));
    acknowledge(topic, {
      'Serverless-SNSRedrivePolicy':
        'SNS has no dead letters for e-mail; the alarm itself stays on in CloudWatch.',
    });
  }
  return topic;
}
