import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Change, Condition, Value } from './database.ts';
import { EXPIRES_AT } from './expiry.ts';

/** Names and values of one expression; each distinct name is spelt once. */
export interface Placeholders {
  /** Epoch seconds: an item that expired before counts as absent. */
  readonly nowSeconds?: number;
  readonly names: Record<string, string>;
  readonly values: Record<string, AttributeValue>;
}

export function createPlaceholders(nowSeconds?: number): Placeholders {
  return { nowSeconds, names: {}, values: {} };
}

const shortName = (index: number) => `#${index.toString(36)}`;

function placeName(placeholders: Placeholders, path: string): string {
  return path
    .split('.')
    .map((part) => {
      const known = Object.entries(placeholders.names).find(([, name]) => name === part);
      if (known) return known[0];
      const short = shortName(Object.keys(placeholders.names).length);
      placeholders.names[short] = part;
      return short;
    })
    .join('.');
}

function placeValue(placeholders: Placeholders, value: Value): string {
  const short = `:${Object.keys(placeholders.values).length.toString(36)}`;
  const marshalled = marshall({ value }, { removeUndefinedValues: true }).value;
  if (marshalled === undefined) throw new Error('an undefined value cannot stand in an expression');
  placeholders.values[short] = marshalled;
  return short;
}

/** The condition as DynamoDB's own language. */
export function conditionExpression(condition: Condition, into: Placeholders): string {
  if ('item' in condition) {
    if (condition.item === 'present') return `attribute_exists(${placeName(into, 'pk')})`;
    const absent = `attribute_not_exists(${placeName(into, 'pk')})`;
    if (into.nowSeconds === undefined) return absent;
    // DynamoDB deletes expired items up to days late. A deadline of ISO text under this name never compares less.
    // Without parentheses of its own: whatever it is joined to puts them, and DynamoDB refuses two pairs.
    return `${absent} OR ${placeName(into, EXPIRES_AT)} <= ${placeValue(into, into.nowSeconds)}`;
  }
  if ('all' in condition) return joined(condition.all, 'AND', into);
  if ('any' in condition) return joined(condition.any, 'OR', into);
  if ('not' in condition) return `NOT (${conditionExpression(condition.not, into)})`;
  const name = placeName(into, condition.attribute);
  if (condition.is === 'absent') return `attribute_not_exists(${name})`;
  if (condition.is === 'present') return `attribute_exists(${name})`;
  if (condition.is === 'in') {
    return `${name} IN (${condition.values.map((value) => placeValue(into, value)).join(', ')})`;
  }
  return `${name} ${condition.is} ${placeValue(into, condition.value)}`;
}

/** One alone stands without parentheses: DynamoDB refuses redundant ones. */
function joined(conditions: readonly Condition[], word: 'AND' | 'OR', into: Placeholders): string {
  const [only, ...others] = conditions;
  if (only !== undefined && others.length === 0) return conditionExpression(only, into);
  return conditions.map((condition) => `(${conditionExpression(condition, into)})`).join(` ${word} `);
}

/** The change as an update expression; an undefined value in `set` leaves the attribute as it is. */
export function updateExpression(change: Change, into: Placeholders): string {
  const set = [
    ...Object.entries(change.set ?? {}).flatMap(([path, value]) =>
      value === undefined ? [] : [`${placeName(into, path)} = ${placeValue(into, value)}`],
    ),
    ...Object.entries(change.setIfAbsent ?? {}).map(([path, value]) => {
      const name = placeName(into, path);
      return `${name} = if_not_exists(${name}, ${placeValue(into, value)})`;
    }),
  ];
  const add = Object.entries(change.add ?? {}).map(
    ([path, value]) => `${placeName(into, path)} ${placeValue(into, value)}`,
  );
  const remove = (change.remove ?? []).map((path) => placeName(into, path));
  return [
    set.length > 0 ? `SET ${set.join(', ')}` : '',
    add.length > 0 ? `ADD ${add.join(', ')}` : '',
    remove.length > 0 ? `REMOVE ${remove.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
