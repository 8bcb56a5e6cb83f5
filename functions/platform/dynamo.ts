import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  type CommitOutcome,
  type Database,
  type Item,
  type Key,
  type OpenedWrite,
  openWrite,
  type Page,
  type QueryRequest,
  type Write,
} from './database.ts';
import { isConflict, itemOf, refusalOf, WRITE_ID, withoutItems } from './dynamo-refusal.ts';
import { isExpired, secondsOf } from './expiry.ts';
import {
  conditionExpression,
  createPlaceholders,
  type Placeholders,
  updateExpression,
} from './expressions.ts';
import { passingFault } from './faults.ts';
import { pause } from './pause.ts';

/** A transaction in conflict is tried this often in all, with a growing pause, before the fault is thrown. */
const CONFLICT_TRIES = 5;
const CONFLICT_PAUSE_MS = 20;
/** BatchGetItem may leave keys unread under load; asked again this often in all. */
const BATCH_TRIES = 5;

type Stored = Record<string, AttributeValue>;

/**
 * The database on DynamoDB. `newId` gives write ids; `random` (0..1) spreads retries. With `now`, an expired item is
 * absent to reads and to the condition `absent`, however late DynamoDB deletes it.
 */
export function createDynamoDatabase(deps: {
  client: DynamoDBClient;
  newId: () => string;
  random: () => number;
  now?: () => Date;
}): Database {
  const { client, now } = deps;
  const isThere = (item: Item): boolean => now === undefined || !isExpired(item, now());

  async function get(table: string, key: Key, options?: { consistent?: boolean }) {
    const answer = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: storedKey(key),
        ConsistentRead: options?.consistent ?? true,
      }),
    );
    const item = answer.Item && itemOf(answer.Item);
    return item && isThere(item) ? item : undefined;
  }

  async function getMany(table: string, keys: readonly Key[], options?: { consistent?: boolean }) {
    const found = new Map<string, Item>();
    let open: Stored[] = keys.map(storedKey);
    for (let tries = 0; open.length > 0; tries += 1) {
      if (tries === BATCH_TRIES) throw passingFault(`${open.length} keys of a batch were left unread`);
      if (tries > 0) await pause(backOffMs(tries));
      const answer = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: open, ConsistentRead: options?.consistent ?? false } },
        }),
      );
      for (const stored of answer.Responses?.[table] ?? []) {
        const item = itemOf(stored);
        if (isThere(item)) found.set(`${item.pk}\n${item.sk}`, item);
      }
      open = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return keys.map((key) => found.get(`${key.pk}\n${key.sk}`));
  }

  async function commit<Refusal>(writes: readonly Write<Refusal>[]): Promise<CommitOutcome<Refusal>> {
    const opened = writes.map(openWrite);
    const writeId = deps.newId();
    const common = { writeId, nowSeconds: now && secondsOf(now()) };
    const [first, ...others] = opened;
    if (first === undefined) return { outcome: 'done' };
    for (let tries = 1; ; tries += 1) {
      try {
        await (others.length === 0
          ? sendSingle(client, first, common)
          : client.send(
              new TransactWriteItemsCommand({ TransactItems: opened.map((w) => transactItem(w, common)) }),
            ));
        return { outcome: 'done' };
      } catch (error) {
        const refused = refusalOf(error, opened, writeId);
        if (refused) return refused;
        if (!isConflict(error) || tries === CONFLICT_TRIES) throw withoutItems(error);
        await pause(backOffMs(tries));
      }
    }
  }

  const backOffMs = (tries: number) => CONFLICT_PAUSE_MS * 2 ** tries * (0.5 + deps.random() / 2);

  return {
    get,
    getMany,
    commit,
    query: async (request) => {
      const page = await query(client, request);
      return { ...page, items: page.items.filter(isThere) };
    },
  };
}

async function query(client: DynamoDBClient, request: QueryRequest): Promise<Page> {
  const prefix = request.index ?? '';
  const { text, range } = rangeExpression(request);
  const answer = await client.send(
    new QueryCommand({
      TableName: request.table,
      IndexName: request.index,
      KeyConditionExpression: `#pk = :pk${text}`,
      ExpressionAttributeNames: { '#pk': `${prefix}pk`, ...(text === '' ? {} : { '#sk': `${prefix}sk` }) },
      ExpressionAttributeValues: marshall({ ':pk': request.pk, ...range }),
      Limit: request.limit,
      ScanIndexForward: request.descending !== true,
      ConsistentRead: request.index === undefined ? (request.consistent ?? false) : undefined,
      ExclusiveStartKey: request.after === undefined ? undefined : startKey(request.after),
    }),
  );
  const next = answer.LastEvaluatedKey;
  return {
    items: (answer.Items ?? []).map(itemOf),
    ...(next ? { next: Buffer.from(JSON.stringify(unmarshall(next))).toString('base64url') } : {}),
  };
}

function startKey(after: string): Stored {
  const parsed: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
  return marshall(parsed as Record<string, string>);
}

function rangeExpression(request: QueryRequest): { text: string; range: Record<string, string> } {
  const { sk } = request;
  if (sk === undefined) return { text: '', range: {} };
  if ('beginsWith' in sk) return { text: ' AND begins_with(#sk, :a)', range: { ':a': sk.beginsWith } };
  if ('atMost' in sk) return { text: ' AND #sk <= :a', range: { ':a': sk.atMost } };
  return { text: ' AND #sk BETWEEN :a AND :b', range: { ':a': sk.from, ':b': sk.to } };
}

const storedKey = (key: Key): Stored => marshall({ pk: key.pk, sk: key.sk });

/** What all writes of one commit share. */
interface Common {
  readonly writeId: string;
  readonly nowSeconds: number | undefined;
}

/** Everything of one write but the verb, as both a single call and a transaction entry take it. */
function parts(opened: OpenedWrite<unknown>, { writeId, nowSeconds }: Common) {
  const placeholders = createPlaceholders(nowSeconds);
  const { spec, when } = opened;
  const update =
    spec.kind === 'update'
      ? updateExpression({ ...spec.change, set: { ...spec.change.set, [WRITE_ID]: writeId } }, placeholders)
      : undefined;
  const condition = when === undefined ? undefined : conditionExpression(when, placeholders);
  return { TableName: opened.table, ...expressionParts(placeholders, condition), update };
}

function expressionParts(placeholders: Placeholders, condition: string | undefined) {
  const used = Object.keys(placeholders.names).length > 0;
  const valued = Object.keys(placeholders.values).length > 0;
  return {
    ...(condition === undefined ? {} : { ConditionExpression: condition }),
    ...(used ? { ExpressionAttributeNames: placeholders.names } : {}),
    ...(valued ? { ExpressionAttributeValues: placeholders.values } : {}),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

const storedItem = (item: Item, writeId: string): Stored =>
  marshall({ ...item, [WRITE_ID]: writeId }, { removeUndefinedValues: true });

function sendSingle(client: DynamoDBClient, opened: OpenedWrite<unknown>, shared: Common) {
  const { update, ...common } = parts(opened, shared);
  const { spec } = opened;
  if (spec.kind === 'put') {
    return client.send(new PutItemCommand({ ...common, Item: storedItem(spec.item, shared.writeId) }));
  }
  const Key = storedKey(spec.key);
  if (spec.kind === 'delete') return client.send(new DeleteItemCommand({ ...common, Key }));
  return client.send(new UpdateItemCommand({ ...common, Key, UpdateExpression: update }));
}

function transactItem(opened: OpenedWrite<unknown>, shared: Common): TransactWriteItem {
  const { update, ...common } = parts(opened, shared);
  const { spec } = opened;
  if (spec.kind === 'put') return { Put: { ...common, Item: storedItem(spec.item, shared.writeId) } };
  const Key = storedKey(spec.key);
  if (spec.kind === 'delete') return { Delete: { ...common, Key } };
  return { Update: { ...common, Key, UpdateExpression: update } };
}
