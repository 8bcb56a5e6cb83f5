import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { scanUploads } from './evidence-scan.ts';
import { removalPolicy } from './removal.ts';

/** Evidence is kept for two years after a case, and a case may take one. */
const KEPT_DAYS = 1_095;

export interface EvidenceShelf {
  readonly bucket: s3.Bucket;
  readonly key: kms.Key;
}

/**
 * Where papers and screenshots of tickets lie, under a key of their own: who reads tables must not read them by that.
 * Pages send files straight to it, by addresses our functions sign.
 */
export function createEvidenceBucket(scope: Construct, config: StageConfig): EvidenceShelf {
  const key = new kms.Key(scope, 'EvidenceKey', {
    description: `cardguard ${config.stage}: papers and screenshots of tickets`,
    enableKeyRotation: true,
    pendingWindow: Duration.days(config.disposable ? 7 : 30),
    removalPolicy: removalPolicy(config),
  });
  const bucket = new s3.Bucket(scope, 'EvidenceBucket', {
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    // What was overwritten or deleted by mistake is there for a while.
    versioned: true,
    lifecycleRules: [
      {
        id: 'kept-as-long-as-cases',
        expiration: Duration.days(KEPT_DAYS),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
      { id: 'no-lonely-markers', expiredObjectDeleteMarker: true },
    ],
    cors: [
      {
        allowedMethods: [s3.HttpMethods.PUT, s3.HttpMethods.GET],
        allowedOrigins: [...pageOrigins(config)],
        allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
        maxAge: 3_000,
      },
    ],
    removalPolicy: removalPolicy(config),
    // A bucket that is not empty cannot be destroyed; on a laptop there is none.
    autoDeleteObjects: config.kind === 'sandbox',
  });
  tellDefaultBus(bucket);
  acknowledge(bucket, {
    'AwsSolutions-S1':
      'Every link to a file is handed out by our functions, which log who asked; object calls are logged by the ' +
      'CloudTrail of the account where the bank wants them.',
  });
  if (config.evidenceScan === 'guardduty') scanUploads(scope, { bucket, key });
  return { bucket, key };
}

/** The library's own switch brings a function of its own; the property is one line. */
function tellDefaultBus(bucket: s3.Bucket): void {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof s3.CfnBucket)) throw new Error('a bucket without its resource');
  defaultChild.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}

/** Pages that may send files; on a laptop one port serves page and bucket, by whichever name it is called. */
const pageOrigins = (config: StageConfig): readonly string[] =>
  config.kind === 'local'
    ? ['http://localhost:*', 'http://127.0.0.1:*']
    : (config.webOrigins ?? config.passkeyOrigins);
