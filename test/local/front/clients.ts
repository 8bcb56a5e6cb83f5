import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Front } from '../../../infra/local/front/front.ts';

/** SDK clients of one caller, as a bundled function would make them. */
export function clientsOf(front: Front, who: string, options: { maxAttempts?: number } = {}) {
  const config = {
    endpoint: front.url,
    region: 'us-east-1',
    credentials: front.identities.accessKeyFor(who),
    maxAttempts: options.maxAttempts ?? 1,
  };
  return {
    dynamodb: new DynamoDBClient(config),
    streams: new DynamoDBStreamsClient(config),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    kms: new KMSClient(config),
    secrets: new SecretsManagerClient(config),
    events: new EventBridgeClient(config),
    cloudformation: new CloudFormationClient(config),
  };
}

/** The error a call fails with; fails the test when the call succeeds. */
export async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}
