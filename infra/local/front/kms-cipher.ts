import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError } from './aws-error.ts';

/** A ciphertext: this word, the key's id (36 letters), a nonce, AES-256-GCM's tag, the encrypted bytes. */
const magic = Buffer.from('CGK1');
const idBytes = 36;
const headBytes = magic.length + idBytes;
const nonceBytes = 12;
const tagBytes = 16;

export type ContextPairs = readonly (readonly [string, string])[];

export function seal(options: {
  keyId: string;
  secret: Buffer;
  plain: Buffer;
  context: ContextPairs;
}): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', options.secret, nonce).setAAD(associated(options.context));
  const bytes = Buffer.concat([cipher.update(options.plain), cipher.final()]);
  const id = Buffer.from(options.keyId.padEnd(idBytes).slice(0, idBytes));
  return Buffer.concat([magic, id, nonce, cipher.getAuthTag(), bytes]);
}

/** Id of the key that sealed it. */
export function keyIdOf(sealed: Buffer): string {
  const isOurs =
    sealed.length >= headBytes + nonceBytes + tagBytes && sealed.subarray(0, magic.length).equals(magic);
  if (!isOurs) throw invalidCiphertext();
  return sealed.subarray(magic.length, headBytes).toString().trimEnd();
}

export function unseal(options: { secret: Buffer; sealed: Buffer; context: ContextPairs }): Buffer {
  const { secret, sealed, context } = options;
  const body = sealed.subarray(headBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, body.subarray(0, nonceBytes))
      .setAAD(associated(context))
      .setAuthTag(body.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(body.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** The encryption context, whatever the order of its pairs. */
function associated(context: ContextPairs): Buffer {
  return Buffer.from(JSON.stringify([...context].sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** KMS says nothing more: a wrong context looks like a broken ciphertext. */
function invalidCiphertext(): AwsError {
  return new AwsError({ code: 'InvalidCiphertextException', message: 'The ciphertext cannot be opened' });
}
