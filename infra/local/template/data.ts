import * as z from 'zod';
import type { LocalSecret, LocalTable } from '../model.ts';
import { keyArn } from './access.ts';
import { flag, read, text } from './properties.ts';
import { type Resource, secretValue } from './scope.ts';

const keySchema = z.array(z.object({ AttributeName: text, KeyType: text }));
const indexSchema = z.object({
  IndexName: text,
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: text, NonKeyAttributes: z.array(text).optional() }),
});
const encryptionSchema = z.object({ KMSMasterKeyId: text.optional() }).optional();
const tableSchema = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: text, AttributeType: text })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(indexSchema).optional(),
  LocalSecondaryIndexes: z.array(indexSchema).optional(),
  StreamSpecification: z.object({ StreamViewType: text }).optional(),
  SSESpecification: encryptionSchema,
  Replicas: z.array(z.object({ SSESpecification: encryptionSchema })).optional(),
  TimeToLiveSpecification: z.object({ AttributeName: text.optional(), Enabled: flag }).optional(),
});

/** Tables of either type; capacity settings are left away, everything is on demand locally. */
export function readTables(resources: readonly Resource[]): LocalTable[] {
  return resources
    .filter(({ type }) => type === 'AWS::DynamoDB::Table' || type === 'AWS::DynamoDB::GlobalTable')
    .map((resource) => {
      const table = read(resource, tableSchema);
      const { Arn = '', StreamArn } = resource.identity.attributes;
      const encryption =
        table.SSESpecification?.KMSMasterKeyId ?? table.Replicas?.[0]?.SSESpecification?.KMSMasterKeyId;
      return {
        name: resource.identity.ref,
        arn: Arn,
        streamArn: table.StreamSpecification === undefined ? undefined : StreamArn,
        kmsKeyArn: keyArn(encryption, resources),
        timeToLiveAttribute: table.TimeToLiveSpecification?.AttributeName,
        create: {
          TableName: resource.identity.ref,
          AttributeDefinitions: table.AttributeDefinitions,
          KeySchema: table.KeySchema,
          BillingMode: 'PAY_PER_REQUEST',
          GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
          LocalSecondaryIndexes: table.LocalSecondaryIndexes,
          StreamSpecification: table.StreamSpecification && {
            StreamEnabled: true,
            ...table.StreamSpecification,
          },
        },
      };
    });
}

const secretSchema = z.object({ Name: text.optional(), KmsKeyId: text.optional() });

export function readSecrets(resources: readonly Resource[]): LocalSecret[] {
  return resources
    .filter(({ type }) => type === 'AWS::SecretsManager::Secret')
    .map((resource) => {
      const secretArn = resource.identity.ref;
      const [, name = ''] = /:secret:(.+)-[0-9a-f]{6}$/.exec(secretArn) ?? [];
      return {
        arn: secretArn,
        name,
        kmsKeyArn: keyArn(read(resource, secretSchema).KmsKeyId, resources),
        initialValue: secretValue(resource.properties, resource.logicalId),
      };
    });
}
