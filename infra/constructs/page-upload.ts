import { join } from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { assetsFolder, freshCache, lastingCache } from '../page-files.ts';
import { acknowledge } from './acknowledge.ts';

export interface PageUploadProps {
  readonly bucket: s3.IBucket;
  /** The built page. */
  readonly folder: string;
  /** Becomes `config.json`. */
  readonly config: ReturnType<typeof import('../page-config.ts').pageConfig>;
}

/**
 * Puts the built page into its bucket at deployment. First the files named by their contents, which never change and are
 * never taken away (a tab that is open still asks for yesterday's), then the pages that name them.
 */
export function uploadPage(scope: Construct, { bucket, folder, config }: PageUploadProps): void {
  const shared = {
    destinationBucket: bucket,
    prune: false,
    // The AWS CLI it runs does not fit well into the default 128.
    memoryLimit: 512,
    logGroup: new logs.LogGroup(scope, 'PageUploadLogs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  };
  const lasting = new BucketDeployment(scope, 'PageAssets', {
    ...shared,
    sources: [Source.asset(join(folder, assetsFolder))],
    destinationKeyPrefix: assetsFolder,
    cacheControl: [CacheControl.fromString(lastingCache)],
  });
  const fresh = new BucketDeployment(scope, 'PageHtml', {
    ...shared,
    sources: [Source.asset(folder, { exclude: [assetsFolder] }), Source.jsonData('config.json', config)],
    cacheControl: [CacheControl.fromString(freshCache)],
  });
  fresh.node.addDependency(lasting);
  acknowledgeProvider(lasting);
}

/** The function behind both uploads is the CDK's own and runs at deployments only. */
function acknowledgeProvider({ handlerRole }: BucketDeployment): void {
  const provider = handlerRole.node.scope;
  if (provider === undefined) throw new Error('the upload has no function');
  const atDeployment =
    'A function of the CDK that runs while a stack is deployed; CloudFormation reports its failure.';
  const itsOwn =
    'The CDK chooses what its own function runs on and may do: copy these files, at deployments.';
  const assets = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';
  const wildcards = [
    ...['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*'].map(
      (action) => `Action::${action}`,
    ),
    ...[assets, '<PageFiles.Arn>/*'].map((resource) => `Resource::${resource}`),
  ];
  acknowledge(provider, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      'A function of the CDK that runs while a stack is deployed; it may log and copy the files of the page.',
    ...Object.fromEntries(wildcards.map((finding) => [`AwsSolutions-IAM5[${finding}]`, itsOwn])),
    'AwsSolutions-L1': itsOwn,
    'Serverless-LambdaLatestVersion': itsOwn,
    'Serverless-LambdaDLQ': atDeployment,
    'Serverless-LambdaTracing': atDeployment,
  });
}
