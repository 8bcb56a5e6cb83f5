import { Aws, CfnOutput } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CfnPhoneNumber } from 'aws-cdk-lib/aws-smsvoice';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { viaService } from './permissions.ts';
import { removalPolicy } from './removal.ts';

export interface SmsChannelProps {
  readonly config: StageConfig;
  readonly topic: sns.ITopic;
  readonly key: kms.IKey;
}

/**
 * The way back for customers' texts: the role under which a phone number posts to the topic and, when
 * asked for, the number itself. Opt-outs are self-managed: the carrier's keywords would otherwise eat
 * every answer that begins with STOP, CANCEL or END, and "CANCEL my card" is not an opt-out (H10). On a laptop
 * the simulated phone takes the role.
 */
export function createSmsChannel(scope: Construct, props: SmsChannelProps): CfnPhoneNumber | undefined {
  const { config, topic, key } = props;
  if (config.smsReplies !== 'two-way') return undefined;

  const role = new iam.Role(scope, 'SmsChannelRole', {
    description: 'Lets our phone number post what customers text to the topic sms-replies',
    assumedBy: new iam.ServicePrincipal('sms-voice.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: viaService('sns'),
    }),
  );
  new CfnOutput(scope, 'SmsChannelRoleArn', { value: role.roleArn });
  if (!config.rentsSmsNumber) return undefined;

  const number = new CfnPhoneNumber(scope, 'SmsNumber', {
    isoCountryCode: config.smsNumberCountry,
    numberType: config.smsNumberType,
    numberCapabilities: ['SMS'],
    mandatoryKeywords: {
      help: { message: `${config.bankNameEn}: card alerts. Call the number on your card.` },
      stop: { message: `${config.bankNameEn}: no more texts. Call the number on your card.` },
    },
    selfManagedOptOutsEnabled: true,
    deletionProtectionEnabled: !config.disposable,
    twoWay: { enabled: true, channelArn: topic.topicArn, channelRole: role.roleArn },
  });
  number.applyRemovalPolicy(removalPolicy(config));
  number.node.addDependency(role);
  new CfnOutput(scope, 'SmsNumberArn', { value: number.attrArn });
  return number;
}
