import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './removal.ts';

/** Who asked for what of the page, by address: personal data, so not for long. */
const ACCESS_LOG_DAYS = 30;
/** How long a replaced file can be brought back. */
const OLD_FILE_DAYS = 30;

export interface PageBuckets {
  readonly files: s3.Bucket;
  readonly accessLogs: s3.Bucket;
}

/**
 * The files of the page, which only the distribution reads, and the access logs of both. Encrypted by keys of S3: the files
 * are public as soon as they are served, and S3 delivers its own logs under no other key.
 */
export function createPageBuckets(scope: Construct, config: StageConfig): PageBuckets {
  const shared = {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicy(config),
    autoDeleteObjects: config.disposable,
  };
  const accessLogs = new s3.Bucket(scope, 'PageLogs', {
    ...shared,
    // CloudFront delivers its logs by an ACL; the bucket's owner owns them.
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{ expiration: Duration.days(ACCESS_LOG_DAYS) }],
  });
  acknowledge(accessLogs, {
    'AwsSolutions-S1': 'This is where access logs go; logging their delivery would log itself without end.',
  });
  const files = new s3.Bucket(scope, 'PageFiles', {
    ...shared,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(OLD_FILE_DAYS) }],
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 'files/',
  });
  return { files, accessLogs };
}
