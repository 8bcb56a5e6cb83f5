import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../functions/platform/database.ts';
import type { LocalStack } from '../../infra/local/stack.ts';

/** Everything both tables hold. */
export interface Tables {
  readonly cards: readonly Item[];
  readonly cases: readonly Item[];
}

/** Reads both tables whole, as administrator. */
export async function readTables(stack: LocalStack): Promise<Tables> {
  const client = new DynamoDBClient({
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.admin,
  });
  const read = async (ending: string): Promise<Item[]> => {
    const TableName = stack.model.tables.find(({ name }) => name.endsWith(ending))?.name;
    const items: Item[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
      items.push(...Items.map((stored) => unmarshall(stored) as Item));
    }
    return items;
  };
  try {
    const [cards, cases] = await Promise.all([read('CardsTable'), read('CasesTable')]);
    return { cards, cases };
  } finally {
    client.destroy();
  }
}
