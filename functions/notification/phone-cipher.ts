import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';

export interface PhoneCipher {
  /** Base64 for the item. `owner` is the customer's id, or the phone's digest where there is no customer. */
  readonly encrypt: (input: { readonly e164: string; readonly owner: string }) => Promise<string>;
  /** Throws when the item was encrypted for another owner. */
  readonly decrypt: (input: { readonly ciphertext: string; readonly owner: string }) => Promise<string>;
}

/** A fault of the cipher. Carries the service's code only: nothing of the request, which holds the number (I10). */
export class PhoneCipherError extends Error {
  override readonly name = 'PhoneCipherError';
  readonly code: string;

  constructor(step: 'encrypt' | 'decrypt', code: string) {
    super(`phone ${step} failed: ${code}`);
    this.code = code;
  }
}

/** Encrypts phone numbers under the data key; the encryption context ties each ciphertext to its owner. */
export function createPhoneCipher(deps: {
  readonly client: Pick<KMSClient, 'send'>;
  readonly keyArn: string;
}): PhoneCipher {
  const context = (owner: string) => ({ purpose: 'phone', owner });
  return {
    encrypt: async ({ e164, owner }) => {
      const command = new EncryptCommand({
        KeyId: deps.keyArn,
        Plaintext: Buffer.from(e164, 'utf8'),
        EncryptionContext: context(owner),
      });
      const answer = await deps.client.send(command).catch((error: unknown) => fail('encrypt', error));
      if (answer.CiphertextBlob === undefined) return fail('encrypt', new Error('no ciphertext'));
      return Buffer.from(answer.CiphertextBlob).toString('base64');
    },
    decrypt: async ({ ciphertext, owner }) => {
      const command = new DecryptCommand({
        KeyId: deps.keyArn,
        CiphertextBlob: Buffer.from(ciphertext, 'base64'),
        EncryptionContext: context(owner),
      });
      const answer = await deps.client.send(command).catch((error: unknown) => fail('decrypt', error));
      if (answer.Plaintext === undefined) return fail('decrypt', new Error('no plaintext'));
      return Buffer.from(answer.Plaintext).toString('utf8');
    },
  };
}

function fail(step: 'encrypt' | 'decrypt', error: unknown): never {
  throw new PhoneCipherError(step, error instanceof Error ? error.name : 'unknown');
}
