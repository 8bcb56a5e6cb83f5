import type { LocalModel, LocalTable } from '../model.ts';
import type { AwsCall, KeyUse, Need, Plan } from './aws-call.ts';
import { unknownAction } from './aws-error.ts';
import { isRecord, type Json, listOf, parseRecord, recordOf, textOf } from './json.ts';
import type { Context } from './policy.ts';

type Access = 'read' | 'write' | 'none';

/** Actions on the table named by `TableName`, and what they do with its data. */
const onTable: Readonly<Record<string, Access>> = {
  GetItem: 'read',
  Query: 'read',
  Scan: 'read',
  PutItem: 'write',
  UpdateItem: 'write',
  DeleteItem: 'write',
  DescribeTable: 'none',
  DescribeTimeToLive: 'none',
  UpdateTimeToLive: 'none',
  DescribeContinuousBackups: 'none',
  CreateTable: 'none',
  UpdateTable: 'none',
  DeleteTable: 'none',
};

/** Members of a TransactItems entry; each needs the permission of the single action (IAM, DynamoDB transactions). */
const inTransaction: Readonly<Record<string, { action: string; access: Access }>> = {
  Put: { action: 'PutItem', access: 'write' },
  Update: { action: 'UpdateItem', access: 'write' },
  Delete: { action: 'DeleteItem', access: 'write' },
  ConditionCheck: { action: 'ConditionCheckItem', access: 'read' },
  Get: { action: 'GetItem', access: 'read' },
};

interface Touch {
  readonly action: string;
  readonly table: string;
  readonly index?: string;
  readonly access: Access;
  readonly leadingKeys: readonly string[];
}

export function createDynamoDbPlan(model: LocalModel): (call: AwsCall) => Plan {
  const tables = new Map(model.tables.map((table) => [table.name, table]));
  const arnOf = (name: string) => `arn:aws:dynamodb:${model.region}:${model.account}:table/${name}`;
  const keyUse = (table: LocalTable | undefined, access: Access): KeyUse | undefined => {
    if (!table?.kmsKeyArn || access === 'none') return undefined;
    // Reading opens the table's key; writing makes data keys as well.
    const actions = access === 'read' ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey'];
    const encryptionContext = {
      'aws:dynamodb:tableName': table.name,
      'aws:dynamodb:subscriberId': model.account,
    };
    return { keyArn: table.kmsKeyArn, actions, via: 'dynamodb', encryptionContext };
  };
  const needOf = (touch: Touch): Need => {
    const table = tables.get(touch.table);
    const arn = table?.arn ?? arnOf(touch.table);
    const context: Context =
      touch.leadingKeys.length > 0 ? { 'dynamodb:LeadingKeys': touch.leadingKeys } : {};
    return {
      action: `dynamodb:${touch.action}`,
      resource: touch.index === undefined ? arn : `${arn}/index/${touch.index}`,
      context,
      key: keyUse(table, touch.access),
    };
  };
  const partitionKey = (name: string): string => {
    const schema = listOf(tables.get(name)?.create.KeySchema).map(recordOf);
    return textOf(schema.find((part) => part.KeyType === 'HASH')?.AttributeName) ?? 'pk';
  };

  return (call) => {
    if (call.streams) return planStream(call);
    if (call.action === 'ListTables') {
      return { needs: [{ action: 'dynamodb:ListTables', resource: '*' }], resources: [] };
    }
    const touches = touchesOf(call, partitionKey);
    const needs = new Map(touches.map((touch) => [JSON.stringify(touch), needOf(touch)]));
    const names = touches.map(({ table, index }) => (index === undefined ? table : `${table}/${index}`));
    return { needs: [...needs.values()], resources: [...new Set(names)] };
  };
}

function touchesOf(call: AwsCall, partitionKey: (table: string) => string): Touch[] {
  const { action, input } = call;
  const access = onTable[action];
  if (access !== undefined) return [touchOf(action, access, input, partitionKey)];
  if (action === 'BatchGetItem' || action === 'BatchWriteItem') {
    return Object.entries(recordOf(input.RequestItems)).map(([name, request]) => {
      const table = tableName(name);
      const items = isRecord(request)
        ? listOf(request.Keys).map(recordOf)
        : listOf(request).map((entry) => {
            const { PutRequest, DeleteRequest } = recordOf(entry);
            return recordOf(recordOf(PutRequest).Item ?? recordOf(DeleteRequest).Key);
          });
      const leadingKeys = items.flatMap((item) => scalars(item[partitionKey(table)]));
      return { action, table, access: action === 'BatchGetItem' ? 'read' : 'write', leadingKeys };
    });
  }
  if (action === 'TransactWriteItems' || action === 'TransactGetItems') {
    return listOf(input.TransactItems).flatMap((entry) =>
      Object.entries(recordOf(entry)).flatMap(([kind, request]) => {
        const single = inTransaction[kind];
        return single ? [touchOf(single.action, single.access, recordOf(request), partitionKey)] : [];
      }),
    );
  }
  throw unknownAction('dynamodb', action);
}

function touchOf(
  action: string,
  access: Access,
  input: Json,
  partitionKey: (table: string) => string,
): Touch {
  const table = tableName(textOf(input.TableName) ?? '');
  const key = recordOf(input.Key ?? input.Item)[partitionKey(table)];
  const leadingKeys = key === undefined ? queriedKeys(input) : scalars(key);
  return { action, table, index: textOf(input.IndexName), access, leadingKeys };
}

/** A Query's partition key value: the first equality of its key condition. */
function queriedKeys(input: Json): string[] {
  const equality = /=\s*(:[\w.-]+)/.exec(textOf(input.KeyConditionExpression) ?? '');
  return equality?.[1] ? scalars(recordOf(input.ExpressionAttributeValues)[equality[1]]) : [];
}

/** `{S: 'x'}` → `['x']`. */
function scalars(attribute: unknown): string[] {
  return Object.values(recordOf(attribute)).filter((value) => typeof value === 'string');
}

/** DynamoDB takes an ARN wherever it takes a table's name. */
export function tableName(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:')
    ? (nameOrArn.split('table/')[1]?.split('/')[0] ?? nameOrArn)
    : nameOrArn;
}

function planStream(call: AwsCall): Plan {
  const { action, input } = call;
  if (action === 'ListStreams')
    return { needs: [{ action: 'dynamodb:ListStreams', resource: '*' }], resources: [] };
  if (!['DescribeStream', 'GetShardIterator', 'GetRecords'].includes(action))
    throw unknownAction('dynamodb', action);
  const iterator = textOf(input.ShardIterator);
  const resource = iterator ? streamOfIterator(iterator) : (textOf(input.StreamArn) ?? '');
  return {
    needs: [{ action: `dynamodb:${action}`, resource }],
    resources: [`${tableName(resource)}/stream`],
  };
}

/** An iterator handed out by this front carries the ARN of its stream in front (see dynamodb.ts). */
export function streamOfIterator(iterator: string): string {
  return textOf(parseRecord(Buffer.from(iterator, 'base64').toString())?.stream) ?? '';
}
