import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { createPhoneCipher } from '../../functions/notification/phone-cipher.ts';

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/data';

/** A key service that, as the real one, gives a plaintext back only with the same key and context. */
function keyService() {
  const send = async (command: unknown) => {
    if (command instanceof EncryptCommand) {
      const { KeyId, EncryptionContext, Plaintext } = command.input;
      const sealed = { KeyId, EncryptionContext, plain: Buffer.from(Plaintext ?? []).toString('utf8') };
      return { CiphertextBlob: Buffer.from(JSON.stringify(sealed)) };
    }
    if (!(command instanceof DecryptCommand)) throw new Error('unexpected call');
    const { KeyId, EncryptionContext, CiphertextBlob } = command.input;
    const sealed: unknown = JSON.parse(Buffer.from(CiphertextBlob ?? []).toString('utf8'));
    const { plain, ...bound } = sealed as { plain: string };
    if (JSON.stringify(bound) !== JSON.stringify({ KeyId, EncryptionContext })) {
      throw Object.assign(new Error('The ciphertext is invalid'), { name: 'InvalidCiphertextException' });
    }
    return { Plaintext: Buffer.from(plain) };
  };
  return { send } as never;
}

describe('phone cipher', () => {
  it('gives a number back to its owner only', async () => {
    const cipher = createPhoneCipher({ client: keyService(), keyArn });
    const ciphertext = await cipher.encrypt({ e164: '+8613800138000', owner: 'customer-1' });
    expect(ciphertext).toMatch(/^[A-Za-z\d+/]+=*$/);
    expect(await cipher.decrypt({ ciphertext, owner: 'customer-1' })).toBe('+8613800138000');
    await expect(cipher.decrypt({ ciphertext, owner: 'customer-2' })).rejects.toMatchObject({
      name: 'PhoneCipherError',
      code: 'InvalidCiphertextException',
    });
  });

  it('I10: carries nothing of the request in an error', async () => {
    const client = { send: async () => Promise.reject(new Error('cannot encrypt +8613800138000')) } as never;
    const cipher = createPhoneCipher({ client, keyArn });
    const error: unknown = await cipher
      .encrypt({ e164: '+8613800138000', owner: 'c' })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/13800138000/);
  });
});
