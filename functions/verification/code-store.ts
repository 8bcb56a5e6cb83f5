import * as z from 'zod/mini';
import { type Database, type Key, type Write, write } from '../platform/database.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';

const codeSchema = z.object({
  /** Keyed hash, see `one-time-code.ts`; the code itself is nowhere. */
  hash: z.string(),
  /** Which of the codes of this verification it is: a later one takes its place. */
  number: z.int(),
  validUntil: z.string(),
  /** Digest of the phone it went to. */
  phoneDigest: z.string(),
  usedAt: z.optional(z.string()),
});
export type StoredCode = z.output<typeof codeSchema>;

export type CodeRefusal = { readonly code: 'newer' | 'used' };

/** The newest code of each verification; DynamoDB removes it a day later. */
export interface CodeStore {
  get(verificationId: string): Promise<StoredCode | undefined>;
  /** Takes the place of an earlier one; refused when a later one stands already. */
  replace(verificationId: string, code: StoredCode): Write<CodeRefusal>;
  /** Uses it up; refused when it was used, or replaced since it was read. */
  use(verificationId: string, code: StoredCode, at: string): Write<CodeRefusal>;
}

const codeKey = (verificationId: string): Key => ({ pk: `VER#${verificationId}`, sk: 'CODE' });

export function createCodeStore(options: { db: Database; casesTable: string }): CodeStore {
  const { db, casesTable: table } = options;
  return {
    get: async (verificationId) => {
      const item = await db.get(table, codeKey(verificationId));
      return item && parseStored(codeSchema, item);
    },
    replace: (verificationId, code) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...codeKey(verificationId),
            ...code,
            expiresAt: expiryOf('code', code.validUntil),
          },
        },
        when: { any: [{ item: 'absent' }, { attribute: 'number', is: '<=', value: code.number }] },
        refused: () => ({ code: 'newer' }) as const,
      }),
    use: (verificationId, code, at) =>
      write({
        table,
        spec: { kind: 'update', key: codeKey(verificationId), change: { set: { usedAt: at } } },
        when: {
          all: [
            { attribute: 'hash', is: '=', value: code.hash },
            { attribute: 'usedAt', is: 'absent' },
          ],
        },
        refused: () => ({ code: 'used' }) as const,
      }),
  };
}
