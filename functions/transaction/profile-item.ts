import * as z from 'zod/mini';
import type { Item, Key } from '../platform/database.ts';
import { bytesSchema, parseStored } from '../platform/stored.ts';

/** Packed state as it lies in the table: what screening reads and writes for every transaction. */
export interface StoredBytes {
  readonly bytes: Uint8Array;
  /** Grows with every write: the condition of the next one. */
  readonly lock: number;
}

export const profileKey = (cardToken: string): Key => ({ pk: `CARD#${cardToken}`, sk: 'PROFILE' });

/** Short names: such an item is read and written for every transaction and stays within 1 KB. */
const storedBytesSchema = z.object({ p: bytesSchema, v: z.int() });

export function parseBytes(item: Item): StoredBytes {
  const { p, v } = parseStored(storedBytesSchema, item);
  return { bytes: p, lock: v };
}
