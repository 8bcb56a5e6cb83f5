import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LocalModel, LocalTable } from '../model.ts';

/** DynamoDB's own limit of one batch. */
const WRITES_AT_ONCE = 25;

/** Empties every table and queue, with the tables, streams and pollers left standing. */
export async function emptyEverything(options: {
  model: LocalModel;
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
}): Promise<void> {
  const { model, sqs } = options;
  await Promise.all(model.queues.map(({ url }) => sqs.send(new PurgeQueueCommand({ QueueUrl: url }))));
  for (const table of model.tables) await emptyTable(table, options.dynamodb);
}

async function emptyTable(table: LocalTable, client: DynamoDBClient): Promise<void> {
  const keyNames = keyNamesOf(table);
  const names = Object.fromEntries(keyNames.map((name, index) => [`#k${index}`, name]));
  const pages = paginateScan(
    { client },
    {
      TableName: table.name,
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: names,
      ConsistentRead: true,
    },
  );
  const deletes: WriteRequest[] = [];
  for await (const { Items = [] } of pages) deletes.push(...Items.map((Key) => ({ DeleteRequest: { Key } })));
  for (let from = 0; from < deletes.length; from += WRITES_AT_ONCE) {
    let open: WriteRequest[] = deletes.slice(from, from + WRITES_AT_ONCE);
    while (open.length > 0) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table.name]: open } }),
      );
      open = UnprocessedItems?.[table.name] ?? [];
    }
  }
}

function keyNamesOf({ create, name }: LocalTable): string[] {
  const schema: unknown = create.KeySchema;
  if (!Array.isArray(schema)) throw new Error(`table ${name} has no key schema`);
  return schema.map((key: { AttributeName: string }) => key.AttributeName);
}
