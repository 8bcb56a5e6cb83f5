import * as z from 'zod/mini';
import type { Item } from './database.ts';

/**
 * Parses what a table gave back. An item that no longer fits its schema is a fault of ours, never skipped:
 * the error names key kind and paths, no values (I10).
 */
export function parseStored<Schema extends z.ZodMiniType>(schema: Schema, item: Item): z.output<Schema> {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const kind = item.pk.split('#')[0];
  const paths = parsed.error.issues.map((issue) => issue.path.join('.') || issue.code);
  const name = `${kind}/${item.sk.split('#')[0]}`;
  const fault = new Error(`stored item ${name} does not fit its schema: ${paths.join(', ')}`);
  throw Object.assign(fault, { name: 'StoredItemMisfit' });
}

/** Bytes as DynamoDB's binary attributes come back. */
export const bytesSchema = z.instanceof(Uint8Array);
