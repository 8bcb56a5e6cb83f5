import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { LocalModel } from '../model.ts';
import type { AwsCall, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { type Json, numberOf, recordOf, textOf } from './json.ts';
import { openStateFile } from './state-file.ts';

/** A ciphertext: this word, the key's id (36 letters), a nonce, AES-256-GCM's tag, the encrypted bytes. */
const magic = Buffer.from('CGK1');
const idBytes = 36;
const nonceBytes = 12;
const tagBytes = 16;

interface Sealed {
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly bytes: Buffer;
}

/** KMS with a secret of its own per key of the model; the secrets outlive the process with the tables. */
export function createKms(model: LocalModel, stateDir: string | undefined): Service {
  const secrets = openStateFile({
    stateDir,
    name: 'keys',
    schema: z.record(z.string(), z.string()),
    initial: {},
  });
  for (const { keyId } of model.keys) secrets.value[keyId] ??= randomBytes(32).toString('base64');
  secrets.save();

  const keyOf = (id: string | undefined) => {
    const key = model.keys.find(({ arn, keyId }) => arn === id || keyId === id);
    if (key) return key;
    throw new AwsError({ code: 'NotFoundException', message: `Key '${id ?? ''}' does not exist` });
  };
  /** Decrypt may leave the key out: the ciphertext knows it. */
  const keyOfCall = ({ action, input }: AwsCall) => {
    const named = textOf(input.KeyId);
    if (action !== 'Decrypt') return keyOf(named);
    const sealed = unpack(textOf(input.CiphertextBlob));
    const key = keyOf(sealed.keyId);
    if (named !== undefined && keyOf(named) !== key)
      throw new AwsError({
        code: 'IncorrectKeyException',
        message: 'The key ID in the request does not identify a CMK that can perform this operation.',
      });
    return key;
  };
  const secretOf = (keyId: string) => Buffer.from(secrets.value[keyId] ?? '', 'base64');

  const plan = (call: AwsCall): Plan => {
    if (!(call.action in handlers)) throw unknownAction('kms', call.action);
    const key = keyOfCall(call);
    const context: Record<string, string | string[]> = { 'kms:CallerAccount': model.account };
    const pairs = contextOf(call.input);
    if (pairs.length > 0) context['kms:EncryptionContextKeys'] = pairs.map(([name]) => name);
    for (const [name, value] of pairs) context[`kms:EncryptionContext:${name}`] = value;
    return {
      needs: [{ action: `kms:${call.action}`, resource: key.arn, context }],
      resources: [key.keyId],
    };
  };

  const encrypt = (keyId: string, plain: Buffer, input: Json): string => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', secretOf(keyId), nonce).setAAD(associated(input));
    const bytes = Buffer.concat([cipher.update(plain), cipher.final()]);
    const id = Buffer.from(keyId.padEnd(idBytes).slice(0, idBytes));
    return Buffer.concat([magic, id, nonce, cipher.getAuthTag(), bytes]).toString('base64');
  };

  const dataKey = (call: AwsCall): Json => {
    const key = keyOf(textOf(call.input.KeyId));
    const bytes = numberOf(call.input.NumberOfBytes) ?? (call.input.KeySpec === 'AES_128' ? 16 : 32);
    const plain = randomBytes(bytes);
    return {
      KeyId: key.arn,
      CiphertextBlob: encrypt(key.keyId, plain, call.input),
      Plaintext: plain.toString('base64'),
    };
  };

  const handlers: Readonly<Record<string, (call: AwsCall) => Json>> = {
    Encrypt({ input }) {
      const key = keyOf(textOf(input.KeyId));
      const plain = Buffer.from(textOf(input.Plaintext) ?? '', 'base64');
      if (plain.length === 0 || plain.length > 4096)
        throw new AwsError({ code: 'ValidationException', message: 'Plaintext has 1 to 4096 bytes' });
      const CiphertextBlob = encrypt(key.keyId, plain, input);
      return { KeyId: key.arn, CiphertextBlob, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    Decrypt(call) {
      const key = keyOfCall(call);
      const plain = open(secretOf(key.keyId), unpack(textOf(call.input.CiphertextBlob)), call.input);
      return {
        KeyId: key.arn,
        Plaintext: plain.toString('base64'),
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
    GenerateDataKey: dataKey,
    GenerateDataKeyWithoutPlaintext(call) {
      const { Plaintext: _plain, ...rest } = dataKey(call);
      return rest;
    },
    DescribeKey({ input }) {
      const key = keyOf(textOf(input.KeyId));
      return {
        KeyMetadata: {
          AWSAccountId: model.account,
          Arn: key.arn,
          KeyId: key.keyId,
          Enabled: true,
          KeyState: 'Enabled',
          KeyUsage: 'ENCRYPT_DECRYPT',
          KeySpec: 'SYMMETRIC_DEFAULT',
          KeyManager: 'CUSTOMER',
          Origin: 'AWS_KMS',
        },
      };
    },
  };
  return { plan, handle: (call) => ({ output: handlers[call.action]?.(call) ?? {} }) };
}

function contextOf(input: Json): [string, string][] {
  return Object.entries(recordOf(input.EncryptionContext)).map(([name, value]) => [name, String(value)]);
}

/** The encryption context, whatever the order of its pairs. */
function associated(input: Json): Buffer {
  return Buffer.from(JSON.stringify(contextOf(input).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function unpack(blob: string | undefined): Sealed {
  const all = Buffer.from(blob ?? '', 'base64');
  const head = magic.length + idBytes;
  if (all.length < head + nonceBytes + tagBytes || !all.subarray(0, magic.length).equals(magic))
    throw invalidCiphertext();
  return {
    keyId: all.subarray(magic.length, head).toString().trimEnd(),
    nonce: all.subarray(head, head + nonceBytes),
    tag: all.subarray(head + nonceBytes, head + nonceBytes + tagBytes),
    bytes: all.subarray(head + nonceBytes + tagBytes),
  };
}

function open(secret: Buffer, sealed: Sealed, input: Json): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, sealed.nonce)
      .setAAD(associated(input))
      .setAuthTag(sealed.tag);
    return Buffer.concat([decipher.update(sealed.bytes), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** KMS says nothing more: a wrong context looks like a broken ciphertext. */
function invalidCiphertext(): AwsError {
  return new AwsError({ code: 'InvalidCiphertextException', message: 'The ciphertext cannot be opened' });
}
