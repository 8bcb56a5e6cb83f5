import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Database } from '../../functions/platform/database.ts';
import { createDynamoDatabase } from '../../functions/platform/dynamo.ts';
import { newId } from '../../functions/platform/ids.ts';
import { PlainError } from './plain-error.ts';

/** How to reach AWS, or what stands in for it; undefined fields are found as the AWS CLI finds them. */
export interface Connection {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** A queue and its dead letters. */
export interface TargetQueue {
  /** `Transactions`, `CardStatus` … as in the outputs. */
  readonly name: string;
  readonly url: string;
  readonly deadLettersUrl: string;
}

/** A deployed stage or a local stack, as its outputs tell. */
export interface Target {
  readonly stage: string;
  readonly connection: Connection;
  readonly cardsTable: string;
  readonly casesTable: string;
  readonly busName: string;
  readonly phoneKeysSecretArn: string;
  readonly dataKeyArn: string;
  readonly evidenceBucket: string;
  readonly queues: readonly TargetQueue[];
  /** Dead letters of something that has no queue: `FreezeCards`, `RouteEffects` … → URL. */
  readonly otherDeadLetters: Readonly<Record<string, string>>;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
  readonly s3: S3Client;
  readonly db: Database;
  close(): void;
}

/** Finds tables, bus and queues of a stage in the outputs of its two stacks. */
export async function openTarget(stage: string, connection: Connection = {}): Promise<Target> {
  const cloudFormation = new CloudFormationClient({ ...connection });
  const outputsOf = (stack: string) => readOutputs(cloudFormation, stack, stage);
  const [stateful, service] = await Promise.all([
    outputsOf(`cardguard-${stage}-stateful`),
    outputsOf(`cardguard-${stage}-service`),
  ]).finally(() => cloudFormation.destroy());
  const dynamodb = new DynamoDBClient({ ...connection });
  const sqs = new SQSClient({ ...connection });
  const events = new EventBridgeClient({ ...connection });
  const s3 = new S3Client({ ...connection });
  return {
    stage,
    connection,
    cardsTable: must(stateful, 'CardsTableName'),
    casesTable: must(stateful, 'CasesTableName'),
    busName: must(stateful, 'BusName'),
    phoneKeysSecretArn: must(stateful, 'PhoneKeysSecretArn'),
    dataKeyArn: must(stateful, 'DataKeyArn'),
    evidenceBucket: must(stateful, 'EvidenceBucketName'),
    ...queuesOf(service),
    dynamodb,
    sqs,
    events,
    s3,
    db: createDynamoDatabase({ client: dynamodb, newId, random: Math.random }),
    close() {
      for (const client of [dynamodb, sqs, events, s3]) client.destroy();
    },
  };
}

type Outputs = ReadonlyMap<string, string>;

async function readOutputs(client: CloudFormationClient, stack: string, stage: string): Promise<Outputs> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return new Map(
      (Stacks[0]?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
        OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue] as const],
      ),
    );
  } catch (error) {
    throw new PlainError(
      `The stack ${stack} cannot be read: ${error instanceof Error ? error.message : String(error)}\n` +
        `Check that stage "${stage}" is deployed in this account and Region, and that AWS_PROFILE, AWS_REGION name them.`,
      { cause: error },
    );
  }
}

function must(outputs: Outputs, key: string): string {
  const value = outputs.get(key);
  if (value === undefined)
    throw new PlainError(`The stacks have no output ${key}: deploy this version first.`);
  return value;
}

function queuesOf(outputs: Outputs): Pick<Target, 'queues' | 'otherDeadLetters'> {
  const queues: TargetQueue[] = [];
  const otherDeadLetters: Record<string, string> = {};
  for (const [key, deadLettersUrl] of outputs) {
    const name = /^(\w+)DlqUrl$/.exec(key)?.[1];
    if (name === undefined) continue;
    const url = outputs.get(`${name}QueueUrl`);
    if (url === undefined) otherDeadLetters[name] = deadLettersUrl;
    else queues.push({ name, url, deadLettersUrl });
  }
  return { queues, otherDeadLetters };
}
