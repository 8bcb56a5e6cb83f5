import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { LocalKey, LocalModel } from '../model.ts';
import type { AwsCall, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { type Json, numberOf, recordOf, textOf } from './json.ts';
import { type ContextPairs, keyIdOf, seal, unseal } from './kms-cipher.ts';
import { openStateFile } from './state-file.ts';

type Handler = (key: LocalKey, input: Json) => Json;

/** KMS with a secret of its own per key of the model; the secrets outlive the process with the tables. */
export function createKms(model: LocalModel, stateDir: string | undefined): Service {
  const handlers = createHandlers(model, openKeySecrets(model, stateDir));
  const keyOf = createKeyFinder(model);

  const plan = (call: AwsCall): Plan => {
    if (!handlers[call.action]) throw unknownAction('kms', call.action);
    const key = keyOf(call);
    const context: Record<string, string | string[]> = { 'kms:CallerAccount': model.account };
    const pairs = contextOf(call.input);
    if (pairs.length > 0) context['kms:EncryptionContextKeys'] = pairs.map(([name]) => name);
    for (const [name, value] of pairs) context[`kms:EncryptionContext:${name}`] = value;
    return {
      needs: [{ action: `kms:${call.action}`, resource: key.arn, context }],
      resources: [key.keyId],
    };
  };
  return { plan, handle: (call) => ({ output: handlers[call.action]?.(keyOf(call), call.input) ?? {} }) };
}

function createHandlers(model: LocalModel, secretOf: (keyId: string) => Buffer): Record<string, Handler> {
  const encrypted = ({ keyId }: LocalKey, plain: Buffer, input: Json): string =>
    seal({ keyId, secret: secretOf(keyId), plain, context: contextOf(input) }).toString('base64');

  const dataKey: Handler = (key, input) => {
    const bytes = numberOf(input.NumberOfBytes) ?? (input.KeySpec === 'AES_128' ? 16 : 32);
    const plain = randomBytes(bytes);
    return {
      KeyId: key.arn,
      CiphertextBlob: encrypted(key, plain, input),
      Plaintext: plain.toString('base64'),
    };
  };

  return {
    Encrypt(key, input) {
      const plain = Buffer.from(textOf(input.Plaintext) ?? '', 'base64');
      if (plain.length === 0 || plain.length > 4096)
        throw new AwsError({ code: 'ValidationException', message: 'Plaintext has 1 to 4096 bytes' });
      const CiphertextBlob = encrypted(key, plain, input);
      return { KeyId: key.arn, CiphertextBlob, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    Decrypt(key, input) {
      const secret = secretOf(key.keyId);
      const plain = unseal({ secret, sealed: ciphertextOf(input), context: contextOf(input) });
      const Plaintext = plain.toString('base64');
      return { KeyId: key.arn, Plaintext, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
    },
    GenerateDataKey: dataKey,
    GenerateDataKeyWithoutPlaintext(key, input) {
      const { Plaintext: _plain, ...rest } = dataKey(key, input);
      return rest;
    },
    DescribeKey: ({ arn, keyId }) => ({
      KeyMetadata: {
        AWSAccountId: model.account,
        Arn: arn,
        KeyId: keyId,
        Enabled: true,
        KeyState: 'Enabled',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyManager: 'CUSTOMER',
        Origin: 'AWS_KMS',
      },
    }),
  };
}

/** Decrypt may leave the key out: the ciphertext knows it. */
function createKeyFinder(model: LocalModel): (call: AwsCall) => LocalKey {
  const named = (id: string | undefined): LocalKey => {
    const key = model.keys.find(({ arn, keyId }) => arn === id || keyId === id);
    if (key) return key;
    throw new AwsError({ code: 'NotFoundException', message: `Key '${id ?? ''}' does not exist` });
  };
  return ({ action, input }) => {
    const KeyId = textOf(input.KeyId);
    if (action !== 'Decrypt') return named(KeyId);
    const key = named(keyIdOf(ciphertextOf(input)));
    if (KeyId === undefined || named(KeyId) === key) return key;
    throw new AwsError({
      code: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    });
  };
}

function openKeySecrets(model: LocalModel, stateDir: string | undefined): (keyId: string) => Buffer {
  const schema = z.record(z.string(), z.string());
  const secrets = openStateFile({ stateDir, name: 'keys', schema, initial: {} });
  for (const { keyId } of model.keys) secrets.value[keyId] ??= randomBytes(32).toString('base64');
  secrets.save();
  return (keyId) => Buffer.from(secrets.value[keyId] ?? '', 'base64');
}

function ciphertextOf(input: Json): Buffer {
  return Buffer.from(textOf(input.CiphertextBlob) ?? '', 'base64');
}

function contextOf(input: Json): ContextPairs {
  return Object.entries(recordOf(input.EncryptionContext)).map(([name, value]) => [name, String(value)]);
}
