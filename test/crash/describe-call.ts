import type { FaultableCall } from '../../infra/local/front/faults.ts';
import { type Json, listOf, recordOf, textOf } from '../../infra/local/front/json.ts';

/**
 * A call in words that stay the same from run to run: service, action, table and kind of key, queue, event.
 * `PutItem Cards CARD/STATE`, `SendMessage SmsQueue`, `PutEvents CardFreezeRequested`.
 */
export function describeCall(
  call: Pick<FaultableCall, 'service' | 'action' | 'input' | 'resources'>,
): string {
  const { action, input, resources } = call;
  switch (call.service) {
    case 'dynamodb':
      return `${action} ${itemsOf(action, input)}`;
    case 'events':
      return `${action} ${listOf(input.Entries)
        .map((entry) => textOf(recordOf(entry).DetailType))
        .join(', ')}`;
    case 'sqs':
      return `${action} ${resources.map(shortName).join(', ')}`;
    default:
      return `${call.service} ${action}`;
  }
}

/** Table names carry stage and stack in front: `cardguard-local-stateful-CardsTable`. */
const shortName = (resource: string): string => resource.split('-').at(-1) ?? resource;
const tableOf = (input: Json): string => shortName(textOf(input.TableName) ?? '').replace(/Table$/, '');

function itemsOf(action: string, input: Json): string {
  if (action === 'TransactWriteItems') return listOf(input.TransactItems).map(partOf).join(', ');
  if (action === 'BatchGetItem') {
    return Object.entries(recordOf(input.RequestItems))
      .map(
        ([table, keys]) =>
          `${tableOf({ TableName: table })} ${keyKind(recordOf(listOf(recordOf(keys).Keys)[0]))}`,
      )
      .join(', ');
  }
  if (action === 'Query') {
    const values = recordOf(input.ExpressionAttributeValues);
    const index = textOf(input.IndexName);
    const kinds = [values[':pk'], values[':a']].map(kindOf).filter((kind) => kind === kind.toUpperCase());
    return [tableOf(input), index, ...kinds].filter(Boolean).join(' ');
  }
  return `${tableOf(input)} ${keyKind(recordOf(input.Key ?? input.Item))}`;
}

function partOf(item: unknown): string {
  const [kind = '', part] = Object.entries(recordOf(item))[0] ?? [];
  const { Key, Item, ...rest } = recordOf(part);
  return `${kind} ${tableOf(rest)} ${keyKind(recordOf(Key ?? Item))}`;
}

const keyKind = (key: Json): string => `${kindOf(key.pk)}/${kindOf(key.sk)}`;

/** `OUT#000003#sms` → `OUT sms`; times and ids are left out. */
function kindOf(value: unknown): string {
  const [kind = '', ...rest] = (textOf(recordOf(value).S) ?? '').split('#');
  const effect = kind === 'OUT' ? rest[1] : undefined;
  if (/^\d{4}-/.test(kind)) return '';
  return effect === undefined ? kind : `${kind} ${effect}`;
}

/** Neighbours of this kind may be made side by side: the order in which they come in says nothing. */
export const hasNoOrder = (description: string): boolean =>
  /^(GetItem|BatchGetItem|Query|SendMessage) /.test(description);
/** What DynamoDB may refuse because another transaction is under way. */
export const isWrite = (description: string): boolean =>
  /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems) /.test(description);
/** Whether it leaves anything behind: a write, a message, an event, a text. */
export const hasEffect = (description: string): boolean =>
  isWrite(description) || /^(SendMessage|PutEvents|sns|ses|connect) /.test(description);
