import { join } from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { assetsFolder, freshCache, lastingCache } from '../page-files.ts';

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
}
