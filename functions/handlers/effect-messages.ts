import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Key } from '../platform/database.ts';

const keySchema = z.object({ pk: z.string(), sk: z.string() });

/** The key of the effect a queue message points to; the effect itself is always read again. */
export function effectKeyOf(record: SQSRecord): Key {
  return keySchema.parse(JSON.parse(record.body));
}
