import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
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
import {
  conditionExpression,
  createPlaceholders,
  type Placeholders,
  updateExpression,
} from './expressions.ts';
import { passingFault } from './faults.ts';
import { pause } from './pause.ts';

/** Attribute that carries the id of the write that last touched an item. */
const WRITE_ID = 'wid';
/** A transaction in conflict is tried this often in all, with a growing pause, before the fault is thrown. */
const CONFLICT_TRIES = 5;
const CONFLICT_PAUSE_MS = 20;
/** BatchGetItem may leave keys unread under load; asked again this often in all. */
const BATCH_TRIES = 5;

type Stored = Record<string, AttributeValue>;

/** The database on DynamoDB. `newId` gives write ids; `random` (0..1) spreads retries. */
export function createDynamoDatabase(deps: {
  client: DynamoDBClient;
  newId: () => string;
  random: () => number;
}): Database {
  const { client } = deps;

  async function get(table: string, key: Key, options?: { consistent?: boolean }) {
    const answer = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: storedKey(key),
        ConsistentRead: options?.consistent ?? true,
      }),
    );
    return answer.Item && itemOf(answer.Item);
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
        found.set(`${item.pk}\n${item.sk}`, item);
      }
      open = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
    return keys.map((key) => found.get(`${key.pk}\n${key.sk}`));
  }

  async function commit<Refusal>(writes: readonly Write<Refusal>[]): Promise<CommitOutcome<Refusal>> {
    const opened = writes.map(openWrite);
    const writeId = deps.newId();
    const [first, ...others] = opened;
    if (first === undefined) return { outcome: 'done' };
    for (let tries = 1; ; tries += 1) {
      try {
        await (others.length === 0
          ? sendSingle(client, first, writeId)
          : client.send(
              new TransactWriteItemsCommand({ TransactItems: opened.map((w) => transactItem(w, writeId)) }),
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

  return { get, getMany, commit, query: (request) => query(client, request) };
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
const itemOf = (stored: Stored): Item => unmarshall(stored) as Item;

/** Everything of one write but the verb, as both a single call and a transaction entry take it. */
function parts(opened: OpenedWrite<unknown>, writeId: string) {
  const placeholders = createPlaceholders();
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

function sendSingle(client: DynamoDBClient, opened: OpenedWrite<unknown>, writeId: string) {
  const { update, ...common } = parts(opened, writeId);
  const { spec } = opened;
  if (spec.kind === 'put') {
    return client.send(new PutItemCommand({ ...common, Item: storedItem(spec.item, writeId) }));
  }
  const Key = storedKey(spec.key);
  if (spec.kind === 'delete') return client.send(new DeleteItemCommand({ ...common, Key }));
  return client.send(new UpdateItemCommand({ ...common, Key, UpdateExpression: update }));
}

function transactItem(opened: OpenedWrite<unknown>, writeId: string): TransactWriteItem {
  const { update, ...common } = parts(opened, writeId);
  const { spec } = opened;
  if (spec.kind === 'put') return { Put: { ...common, Item: storedItem(spec.item, writeId) } };
  const Key = storedKey(spec.key);
  if (spec.kind === 'delete') return { Delete: { ...common, Key } };
  return { Update: { ...common, Key, UpdateExpression: update } };
}

/**
 * The named outcome behind a failed condition, `done` when the item that stands in the way is our own write
 * (the SDK repeated a call whose answer was lost), undefined when the error is something else.
 */
function refusalOf<Refusal>(
  error: unknown,
  opened: readonly OpenedWrite<Refusal>[],
  writeId: string,
): CommitOutcome<Refusal> | undefined {
  const failed = failedConditions(error, opened);
  if (failed === undefined || failed.length === 0) return undefined;
  if (failed.some(({ current }) => current?.[WRITE_ID] === writeId)) return { outcome: 'done' };
  return { outcome: 'refused', refusals: failed.map(({ opened: write, current }) => write.refused(current)) };
}

function failedConditions<Refusal>(error: unknown, opened: readonly OpenedWrite<Refusal>[]) {
  if (error instanceof ConditionalCheckFailedException) {
    const current = error.Item && itemOf(error.Item);
    return opened.map((write) => ({ opened: write, current }));
  }
  if (!(error instanceof TransactionCanceledException)) return undefined;
  return (error.CancellationReasons ?? []).flatMap((reason, index) => {
    const write = opened[index];
    if (reason.Code !== 'ConditionalCheckFailed' || write === undefined) return [];
    return [{ opened: write, current: reason.Item && itemOf(reason.Item) }];
  });
}

function isConflict(error: unknown): boolean {
  if (error instanceof TransactionCanceledException) {
    return (error.CancellationReasons ?? []).some((reason) => reason.Code === 'TransactionConflict');
  }
  return error instanceof Error && error.name === 'TransactionConflictException';
}

/** A cancelled transaction's error carries whole items; what is thrown on carries the reason codes only. */
function withoutItems(error: unknown): unknown {
  if (!(error instanceof TransactionCanceledException)) return error;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None').join(', ');
  return Object.assign(new Error(`transaction cancelled: ${codes}`), { name: error.name });
}
