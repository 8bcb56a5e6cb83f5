import type { Change, Condition, Item, Value } from '../../functions/platform/database.ts';
import { isExpired } from '../../functions/platform/expiry.ts';

type Fields = Readonly<Record<string, Value | undefined>>;

/** As DynamoDB refuses a request that makes no sense, whatever is stored. */
export function invalidRequest(message: string): Error {
  return Object.assign(new Error(message), { name: 'ValidationException', $metadata: {} });
}

/** A frozen copy without undefined attributes: what a table keeps shares nothing with its writer. */
export function stored(value: Value): Value {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) {
    return Object.freeze(value.filter((one) => one !== undefined).map((one: Value) => stored(one)));
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw invalidRequest(`${value} is no number`);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null)
    throw invalidRequest(`a ${value.constructor.name} cannot be stored`);
  const copy: Record<string, Value> = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) copy[name] = stored(field);
  return Object.freeze(copy);
}

/** A fresh copy of an item for a reader: bytes are the one thing that cannot be frozen. */
export function handedOut(item: Item): Item {
  for (const value of Object.values(item)) {
    if (!(value instanceof Uint8Array)) continue;
    const copies = Object.entries(item).map(([name, field]) => [
      name,
      field instanceof Uint8Array ? Uint8Array.from(field) : field,
    ]);
    return Object.fromEntries(copies) as Item;
  }
  return item;
}

function isMap(value: Value | undefined): value is Fields {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

function at(item: Fields | undefined, path: string): Value | undefined {
  let found: Value | undefined = item;
  for (const part of path.split('.')) {
    if (!isMap(found)) return undefined;
    found = Object.hasOwn(found, part) ? found[part] : undefined;
  }
  return found;
}

/**
 * Whether the condition holds for what is stored; a comparison with another type or with nothing is false. With `now`
 * an expired item counts as absent, though it is still there.
 */
export function holds(condition: Condition, item: Item | undefined, now?: Date): boolean {
  if ('item' in condition) {
    if (condition.item === 'present') return item !== undefined;
    return item === undefined || (now !== undefined && isExpired(item, now));
  }
  if ('all' in condition) return some(condition.all).every((one) => holds(one, item, now));
  if ('any' in condition) return some(condition.any).some((one) => holds(one, item, now));
  if ('not' in condition) return !holds(condition.not, item, now);
  const value = at(item, condition.attribute);
  if (condition.is === 'present') return value !== undefined;
  if (condition.is === 'absent') return value === undefined;
  if (condition.is === 'in') return some(condition.values).some((one) => one === value);
  if (typeof value !== typeof condition.value) return false;
  return compares(condition.is, value as string | number | boolean, condition.value);
}

/** An empty list makes an empty expression, which DynamoDB refuses. */
function some<One>(list: readonly One[]): readonly One[] {
  if (list.length === 0) throw invalidRequest('an expression must not be empty');
  return list;
}

function compares(
  is: '=' | '<' | '<=' | '>' | '>=',
  a: string | number | boolean,
  b: string | number | boolean,
): boolean {
  if (is === '=') return a === b;
  if (typeof a === 'boolean' || typeof b === 'boolean') throw invalidRequest('booleans have no order');
  const order =
    typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Math.sign(Number(a) - Number(b));
  if (is === '<') return order < 0;
  if (is === '<=') return order <= 0;
  return is === '>' ? order > 0 : order >= 0;
}

const beyondBasicPlane = /[\ud800-\udfff]/;

/** Order of UTF-8 bytes, as in DynamoDB; JavaScript's own differs beyond the basic plane only. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  if (beyondBasicPlane.test(a) || beyondBasicPlane.test(b))
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

/** The item after a change of `before`, which is at least its key. Paths are read on `before`, as in DynamoDB. */
export function changed(before: Item, change: Change): Item {
  const steps: { path: string; value: Value | undefined }[] = [];
  for (const [path, value] of Object.entries(change.set ?? {}))
    if (value !== undefined) steps.push({ path, value });
  for (const [path, value] of Object.entries(change.setIfAbsent ?? {}))
    steps.push({ path, value: at(before, path) ?? value });
  for (const [path, by] of Object.entries(change.add ?? {})) {
    const standing = at(before, path) ?? 0;
    if (typeof standing !== 'number') throw invalidRequest(`${path} is no number to add to`);
    steps.push({ path, value: standing + by });
  }
  for (const path of change.remove ?? []) steps.push({ path, value: undefined });
  refuseOverlaps(steps.map(({ path }) => path));
  return steps.reduce<Fields>(
    (item, { path, value }) => withValue(item, path.split('.'), value),
    before,
  ) as Item;
}

function refuseOverlaps(paths: readonly string[]): void {
  for (const [index, path] of paths.entries()) {
    if (path === 'pk' || path === 'sk') throw invalidRequest('a key cannot be changed');
    const overlaps = paths.some(
      (other, place) => place !== index && (other === path || other.startsWith(`${path}.`)),
    );
    if (overlaps) throw invalidRequest(`two paths overlap at ${path}`);
  }
}

function withValue(item: Fields, path: readonly string[], value: Value | undefined): Fields {
  const [name = '', ...rest] = path;
  if (rest.length > 0) {
    const inner = item[name];
    if (!isMap(inner)) throw invalidRequest(`the path to ${rest.join('.')} leads through nothing`);
    return { ...item, [name]: withValue(inner, rest, value) };
  }
  if (value !== undefined) return { ...item, [name]: value };
  const { [name]: _gone, ...others } = item;
  return others;
}
