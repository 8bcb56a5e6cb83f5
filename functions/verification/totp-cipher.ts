import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';

/** The secret of a customer's one-time passwords, encrypted for that customer (`owner`). */
export interface TotpCipher {
  /** Base64 for the item, of a secret in base32. */
  readonly encrypt: (input: { readonly secret: string; readonly owner: string }) => Promise<string>;
  /** Throws when it was encrypted for somebody else. */
  readonly decrypt: (input: { readonly ciphertext: string; readonly owner: string }) => Promise<string>;
}

/** A fault of the cipher: carries the service's code only, nothing of the request (I10). */
export class TotpCipherError extends Error {
  override readonly name = 'TotpCipherError';
  readonly code: string;

  constructor(step: 'encrypt' | 'decrypt', code: string) {
    super(`one-time password ${step} failed: ${code}`);
    this.code = code;
  }
}

/** Under the data key; the encryption context ties each ciphertext to its purpose and owner. */
export function createTotpCipher(deps: {
  readonly client: Pick<KMSClient, 'send'>;
  readonly keyArn: string;
}): TotpCipher {
  const context = (owner: string) => ({ purpose: 'totp', owner });
  return {
    encrypt: async ({ secret, owner }) => {
      const command = new EncryptCommand({
        KeyId: deps.keyArn,
        Plaintext: Buffer.from(secret, 'utf8'),
        EncryptionContext: context(owner),
      });
      const { CiphertextBlob } = await deps.client.send(command).catch((error) => fail('encrypt', error));
      if (CiphertextBlob === undefined) return fail('encrypt', new Error('no ciphertext'));
      return Buffer.from(CiphertextBlob).toString('base64');
    },
    decrypt: async ({ ciphertext, owner }) => {
      const command = new DecryptCommand({
        KeyId: deps.keyArn,
        CiphertextBlob: Buffer.from(ciphertext, 'base64'),
        EncryptionContext: context(owner),
      });
      const { Plaintext } = await deps.client.send(command).catch((error) => fail('decrypt', error));
      if (Plaintext === undefined) return fail('decrypt', new Error('no plaintext'));
      return Buffer.from(Plaintext).toString('utf8');
    },
  };
}

function fail(step: 'encrypt' | 'decrypt', error: unknown): never {
  throw new TotpCipherError(step, error instanceof Error ? error.name : 'unknown');
}
