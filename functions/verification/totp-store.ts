import * as z from 'zod/mini';
import { type Database, type Item, type Key, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';

/** A customer's one-time passwords: the secret encrypted for them, and the last step one was used of. */
const totpSchema = z.object({
  customerId: z.string(),
  /** Base64 of the ciphertext, under the data key with purpose `totp` and the customer as its owner. */
  secretCipher: z.string(),
  enrolledAt: z.string(),
  /** Steps up to this one are used (RFC 6238: each once). */
  lastStep: z.optional(z.int()),
});
export type Totp = z.output<typeof totpSchema>;

export type TotpRefusal = { readonly totp: 'step_used' | 'changed' };

export interface TotpStore {
  get(customerId: string): Promise<Totp | undefined>;
  /** Uses a step up, and with it all before; refused when it was used, or the secret is another one by now. */
  useStep(totp: Totp, step: number): Write<TotpRefusal>;
  /** Sets or replaces the secret. */
  enrol(previous: Totp | undefined, totp: Totp): Write<TotpRefusal>;
}

export const totpKey = (customerId: string): Key => ({ pk: `CUSTOMER#${customerId}`, sk: 'TOTP' });

export function createTotpStore(options: { db: Database; cardsTable: string }): TotpStore {
  const { db, cardsTable: table } = options;
  const parse = (item: Item): Totp => parseStored(totpSchema, item);
  return {
    get: async (customerId) => {
      const item = await db.get(table, totpKey(customerId));
      return item && parse(item);
    },
    useStep: ({ customerId, secretCipher }, step) =>
      write({
        table,
        spec: { kind: 'update', key: totpKey(customerId), change: { set: { lastStep: step } } },
        when: {
          all: [
            { attribute: 'secretCipher', is: '=', value: secretCipher },
            {
              any: [
                { attribute: 'lastStep', is: 'absent' },
                { attribute: 'lastStep', is: '<', value: step },
              ],
            },
          ],
        },
        refused: () => ({ totp: 'step_used' }) as const,
      }),
    enrol: (previous, totp) =>
      write({
        table,
        spec: { kind: 'put', item: { ...totp, ...totpKey(totp.customerId) } },
        when:
          previous === undefined
            ? { item: 'absent' }
            : { attribute: 'secretCipher', is: '=', value: previous.secretCipher },
        refused: () => ({ totp: 'changed' }) as const,
      }),
  };
}
