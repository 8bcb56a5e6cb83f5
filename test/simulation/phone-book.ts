import type { PhoneCipher } from '../../functions/notification/phone-cipher.ts';
import { type PhoneDigests, parsePhoneKeys, phoneDigests } from '../../functions/notification/phone-keys.ts';

export const phoneKeys = parsePhoneKeys(
  JSON.stringify({ current: '1', key1: 'for-simulated-phones-only-0123456789' }),
);
const digests = new Map<string, PhoneDigests>();

export interface PhoneBook {
  readonly cipher: PhoneCipher;
  readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
}

/** Ciphertexts that only their owner's context opens, as with the key of the stage; digests as they are. */
export function createPhoneBook(): PhoneBook {
  return {
    cipher: {
      encrypt: async ({ e164, owner }) => Buffer.from(`${owner}\n${e164}`).toString('base64'),
      decrypt: async ({ ciphertext, owner }) => {
        const [of, e164 = ''] = Buffer.from(ciphertext, 'base64').toString().split('\n');
        if (of !== owner) throw new Error('encrypted for another owner');
        return e164;
      },
    },
    digestsOf: async (e164) => digestOf(e164),
  };
}

export function digestOf(e164: string): PhoneDigests {
  const known = digests.get(e164) ?? phoneDigests(phoneKeys, e164);
  digests.set(e164, known);
  return known;
}
