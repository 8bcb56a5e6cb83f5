import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { systemClock } from '../platform/clock.ts';
import type { Database } from '../platform/database.ts';
import { createDynamoDatabase } from '../platform/dynamo.ts';
import { newId } from '../platform/ids.ts';

/**
 * How every client calls: two tries, and an answer that does not come is an error. `requestTimeout` alone would
 * only warn. 2 s is far above DynamoDB's slowest usual transaction and far below any function's timeout.
 */
export const CALL_LIMITS = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};

export function createDatabase(): Database {
  const client = new DynamoDBClient(CALL_LIMITS);
  return createDynamoDatabase({ client, newId, random: Math.random, now: systemClock() });
}
