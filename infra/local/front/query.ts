import { isRecord, type Json } from './json.ts';

/**
 * Reads the Query protocol's form body into nested objects: `A.member.1.B=x` becomes `{A: [{B: 'x'}]}`, and
 * `MessageAttributes.entry.1.Name=a&….Value.StringValue=b` becomes `{MessageAttributes: {a: {StringValue: 'b'}}}`.
 * Every scalar stays text.
 */
export function parseQuery(body: string): Json {
  const root: Json = {};
  for (const [path, value] of new URLSearchParams(body)) put(root, path.split('.'), value);
  return settle(root);
}

function put(into: Json, path: readonly string[], value: string): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const next = into[head];
  const child: Json = isRecord(next) ? next : {};
  into[head] = child;
  put(child, rest, value);
}

/** Turns `{member: {1: …}}`, `{entry: {1: {Name|key, Value|value}}}` and SQS' flat `{1: …}` into lists and maps. */
function settle(node: Json): Json {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, settleValue(value)]));
}

function settleValue(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && (keys[0] === 'member' || keys[0] === 'entry')) {
    const items = value[keys[0]];
    if (isRecord(items)) return keys[0] === 'member' ? numbered(items) : mapped(numbered(items));
  }
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) return numbered(value);
  return settle(value);
}

function numbered(items: Json): unknown[] {
  return Object.keys(items)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => settleValue(items[key]));
}

function mapped(items: readonly unknown[]): Json {
  return Object.fromEntries(
    items
      .filter(isRecord)
      .map((item) => [String(item.Name ?? item.key ?? item.Key), item.Value ?? item.value]),
  );
}
