import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Night } from './night.ts';

export type StoredItem = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };

/** What stands in the Cases table under keys that begin so, as it is stored. */
export async function itemsUnder({ stack }: Night, prefix: string): Promise<readonly StoredItem[]> {
  const client = new DynamoDBClient({
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.admin,
  });
  const TableName = stack.model.tables.find(({ streamArn }) => streamArn !== undefined)?.name;
  const items: StoredItem[] = [];
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const item of page.Items ?? []) items.push(unmarshall(item) as StoredItem);
  }
  client.destroy();
  return items.filter(({ pk }) => pk.startsWith(prefix));
}
