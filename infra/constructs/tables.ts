import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './removal.ts';

export interface TableProps {
  readonly config: StageConfig;
  readonly key: kms.IKey;
  readonly indexes: readonly string[];
  readonly stream?: dynamodb.StreamViewType;
}

/**
 * A table with string keys `pk`, `sk` and generic indexes `<index>pk`, `<index>sk`, all there on day one
 * because CloudFormation changes one index per update. Indexes carry keys only: they find, the item is
 * then re-read, and a fat index that throttles would throttle the write of a freeze with it.
 */
export function createTable(scope: Construct, id: string, props: TableProps): dynamodb.Table {
  const { config } = props;
  const table = new dynamodb.Table(scope, id, {
    partitionKey: text('pk'),
    sortKey: text('sk'),
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: props.key,
    timeToLiveAttribute: 'expiresAt',
    stream: props.stream,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: !config.disposable },
    deletionProtection: !config.disposable,
    removalPolicy: removalPolicy(config),
  });
  for (const index of props.indexes) {
    table.addGlobalSecondaryIndex({
      indexName: index,
      partitionKey: text(`${index}pk`),
      sortKey: text(`${index}sk`),
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
  }
  if (config.disposable) {
    acknowledge(table, {
      'AwsSolutions-DDB3':
        'A try-out stage holds nothing worth restoring; every other stage has point-in-time recovery.',
    });
  }
  return table;
}

function text(name: string): dynamodb.Attribute {
  return { name, type: dynamodb.AttributeType.STRING };
}
