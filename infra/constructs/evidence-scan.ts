import { Aws } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { viaService } from './permissions.ts';

const PLAN_SERVICE = 'malware-protection-plan.guardduty.amazonaws.com';
/** Where GuardDuty writes once, to see whether it may. */
const VALIDATION_OBJECT = 'malware-protection-resource-validation-object';

/**
 * Has GuardDuty Malware Protection look into every file of tickets; its result comes by the default bus. It works without a
 * detector of the account. The role is the one the GuardDuty user guide asks for ("IAM role permissions").
 */
export function scanUploads(
  scope: Construct,
  { bucket, key }: { readonly bucket: s3.Bucket; readonly key: kms.Key },
): void {
  const role = new iam.Role(scope, 'EvidenceScanRole', {
    description: 'Lets GuardDuty read and tag uploaded evidence',
    assumedBy: new iam.ServicePrincipal(PLAN_SERVICE, {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  for (const statement of scanStatements(bucket, key)) role.addToPolicy(statement);
  acknowledge(role, {
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:events:<AWS::Region>:<AWS::AccountId>:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*]':
      'GuardDuty adds the end of the name of its own managed rule by itself, and nobody else may manage it.',
    'AwsSolutions-IAM5[Resource::<EvidenceBucket.Arn>/tickets/*]':
      'Files of tickets lie under names nobody knows before they are asked for; nothing else of the bucket.',
  });
  const plan = new guardduty.CfnMalwareProtectionPlan(scope, 'EvidenceScan', {
    role: role.roleArn,
    protectedResource: { s3Bucket: { bucketName: bucket.bucketName, objectPrefixes: ['tickets/'] } },
    actions: { tagging: { status: 'ENABLED' } },
  });
  // GuardDuty tries the role when the plan is made.
  plan.node.addDependency(role, bucket);
}

function scanStatements(bucket: s3.Bucket, key: kms.Key): readonly iam.PolicyStatement[] {
  const managedRule = `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*`;
  return [
    new iam.PolicyStatement({
      actions: ['events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets'],
      resources: [managedRule],
      conditions: { StringLike: { 'events:ManagedBy': PLAN_SERVICE } },
    }),
    new iam.PolicyStatement({
      actions: ['events:DescribeRule', 'events:ListTargetsByRule'],
      resources: [managedRule],
    }),
    new iam.PolicyStatement({
      actions: ['s3:PutBucketNotification', 's3:GetBucketNotification', 's3:ListBucket'],
      resources: [bucket.bucketArn],
    }),
    new iam.PolicyStatement({
      actions: [
        ...['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
        ...['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
      ],
      resources: [bucket.arnForObjects('tickets/*')],
    }),
    new iam.PolicyStatement({
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(VALIDATION_OBJECT)],
    }),
    new iam.PolicyStatement({
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: [key.keyArn],
      conditions: viaService('s3'),
    }),
  ];
}
