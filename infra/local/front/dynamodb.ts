import type { LocalModel } from '../model.ts';
import type { AwsCall, Capacity, Outcome, Service } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import { createDynamoDbPlan, tableName } from './dynamodb-plan.ts';
import type { TableNames } from './dynamodb-tables.ts';
import type { Dynoxide } from './dynoxide.ts';
import { isRecord, type Json, numberOf, parseRecord, recordOf, textOf } from './json.ts';

const reads = new Set(['GetItem', 'Query', 'Scan', 'BatchGetItem', 'TransactGetItems']);
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/** DynamoDB and its streams: passed on to the emulator, with capacity counted and ARNs translated. */
export function createDynamoDb(model: LocalModel, dynoxide: Dynoxide, names: TableNames): Service {
  const pass = async (target: string, input: Json): Promise<Json> => {
    const { status, text } = await dynoxide.call(target, JSON.stringify(input));
    const answer = parseRecord(names.outward(text)) ?? {};
    if (status !== 200) throw errorOf(status, answer);
    return answer;
  };

  const items = async (call: AwsCall): Promise<Outcome> => {
    const target = `DynamoDB_20120810.${call.action}`;
    const isRead = reads.has(call.action);
    if (!isRead && !writes.has(call.action)) return { output: await pass(target, byName(call.input)) };
    const answer = await pass(target, { ...byName(call.input), ReturnConsumedCapacity: 'INDEXES' });
    const { ConsumedCapacity, ...rest } = answer;
    const consumed = (Array.isArray(ConsumedCapacity) ? ConsumedCapacity : [ConsumedCapacity])
      .filter(isRecord)
      .map(spelled);
    const shown = consumedAsAsked(textOf(call.input.ReturnConsumedCapacity), consumed);
    const single = !Array.isArray(ConsumedCapacity);
    const output = shown.length === 0 ? rest : { ...rest, ConsumedCapacity: single ? shown[0] : shown };
    return { output, capacity: capacityOf(consumed, isRead) };
  };

  const streams = async (call: AwsCall): Promise<Outcome> => {
    const target = `DynamoDBStreams_20120810.${call.action}`;
    const StreamArn = textOf(call.input.StreamArn);
    const input: Json = { ...call.input };
    if (StreamArn) input.StreamArn = names.innerStream.get(StreamArn) ?? StreamArn;
    const iterator = textOf(call.input.ShardIterator);
    const opened = iterator ? openIterator(iterator) : undefined;
    if (opened) input.ShardIterator = opened.inner;
    const answer = await pass(target, input);
    const stream = opened?.stream ?? StreamArn ?? '';
    const output = { ...answer };
    for (const name of ['ShardIterator', 'NextShardIterator']) {
      const inner = textOf(answer[name]);
      if (inner) output[name] = sealIterator(stream, inner);
    }
    return { output };
  };

  return { plan: createDynamoDbPlan(model), handle: (call) => (call.streams ? streams(call) : items(call)) };
}

function errorOf(status: number, answer: Json): AwsError {
  const { __type, message, Message, ...members } = answer;
  return new AwsError({
    code: textOf(__type)?.split('#').at(-1) ?? 'InternalServerError',
    message: textOf(message) ?? textOf(Message) ?? 'embedded DynamoDB gave no reason',
    status,
    members,
  });
}

function byName(input: Json): Json {
  const name = textOf(input.TableName);
  return name?.startsWith('arn:') ? { ...input, TableName: tableName(name) } : input;
}

/** The emulator spells `tableName` in one place. */
function spelled({ tableName: lower, ...rest }: Json): Json {
  return lower === undefined ? rest : { TableName: lower, ...rest };
}

/** The caller sees the capacity only as far as it asked: NONE (or nothing), TOTAL or INDEXES. */
function consumedAsAsked(asked: string | undefined, consumed: readonly Json[]): readonly Json[] {
  if (asked === 'INDEXES') return consumed;
  if (asked !== 'TOTAL') return [];
  return consumed.map(
    ({ Table: _table, GlobalSecondaryIndexes: _global, LocalSecondaryIndexes: _local, ...total }) => total,
  );
}

function capacityOf(consumed: readonly Json[], isRead: boolean): Capacity {
  const detail: Record<string, number> = {};
  let units = 0;
  for (const table of consumed) {
    units += numberOf(table.CapacityUnits) ?? 0;
    const name = textOf(table.TableName) ?? '';
    const add = (key: string, part: unknown) => {
      const amount = numberOf(recordOf(part).CapacityUnits) ?? 0;
      if (amount > 0) detail[key] = (detail[key] ?? 0) + amount;
    };
    add(name, table.Table);
    for (const kind of ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes']) {
      for (const [index, part] of Object.entries(recordOf(table[kind]))) add(`${name}/${index}`, part);
    }
  }
  return { readUnits: isRead ? units : 0, writeUnits: isRead ? 0 : units, detail };
}

/** The iterator tells which stream it belongs to, so that GetRecords can be allowed or refused. */
function sealIterator(stream: string, inner: string): string {
  return Buffer.from(JSON.stringify({ stream, inner })).toString('base64');
}

function openIterator(iterator: string): { stream: string; inner: string } {
  const { stream, inner } = parseRecord(Buffer.from(iterator, 'base64').toString()) ?? {};
  const inside = textOf(inner);
  if (!inside) throw new AwsError({ code: 'ValidationException', message: 'Invalid ShardIterator' });
  return { stream: textOf(stream) ?? '', inner: inside };
}
