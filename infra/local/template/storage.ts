import * as z from 'zod';
import type { LocalBucket, LocalScan } from '../model.ts';
import { keyArn } from './access.ts';
import { flag, policyDocument, read, text } from './properties.ts';
import type { Resource } from './scope.ts';

const corsSchema = z.object({
  AllowedMethods: z.array(text),
  AllowedOrigins: z.array(text),
  AllowedHeaders: z.array(text).default([]),
  ExposedHeaders: z.array(text).default([]),
  MaxAge: z.coerce.number().optional(),
});
const encryptionSchema = z.object({
  ServerSideEncryptionConfiguration: z.array(
    z.object({ ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: text.optional() }).optional() }),
  ),
});
const bucketSchema = z.object({
  BucketEncryption: encryptionSchema.optional(),
  CorsConfiguration: z.object({ CorsRules: z.array(corsSchema) }).optional(),
  NotificationConfiguration: z
    .object({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: flag }).optional() })
    .optional(),
  VersioningConfiguration: z.object({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
});
const policySchema = z.object({ Bucket: text, PolicyDocument: policyDocument });

/** Buckets with their policies; lifecycle, ownership and public access are settings of AWS alone. */
export function readBuckets(resources: readonly Resource[]): LocalBucket[] {
  const policies = ofType(resources, 'AWS::S3::BucketPolicy').map((item) => read(item, policySchema));
  return ofType(resources, 'AWS::S3::Bucket').map((resource) => {
    const bucket = read(resource, bucketSchema);
    const [encryption] = bucket.BucketEncryption?.ServerSideEncryptionConfiguration ?? [];
    const name = resource.identity.ref;
    return {
      name,
      arn: resource.identity.attributes.Arn ?? '',
      kmsKeyArn: keyArn(encryption?.ServerSideEncryptionByDefault?.KMSMasterKeyID, resources),
      versioned: bucket.VersioningConfiguration?.Status === 'Enabled',
      tellsDefaultBus:
        bucket.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled === true,
      cors: (bucket.CorsConfiguration?.CorsRules ?? []).map((rule) => ({
        methods: rule.AllowedMethods,
        origins: rule.AllowedOrigins,
        headers: rule.AllowedHeaders.map((header) => header.toLowerCase()),
        exposed: rule.ExposedHeaders,
        maxAgeSeconds: rule.MaxAge,
      })),
      policy: policies
        .filter(({ Bucket }) => Bucket === name)
        .flatMap((item) => item.PolicyDocument.Statement),
    };
  });
}

const scanSchema = z.object({
  ProtectedResource: z.object({
    S3Bucket: z.object({ BucketName: text, ObjectPrefixes: z.array(text).default([]) }),
  }),
});

export function readScans(resources: readonly Resource[]): LocalScan[] {
  return ofType(resources, 'AWS::GuardDuty::MalwareProtectionPlan').map((resource) => {
    const { BucketName, ObjectPrefixes } = read(resource, scanSchema).ProtectedResource.S3Bucket;
    return {
      bucketName: BucketName,
      prefixes: ObjectPrefixes,
      planArn: resource.identity.attributes.Arn ?? '',
    };
  });
}

const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((resource) => resource.type === type);
