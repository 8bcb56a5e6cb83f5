import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealClock } from '../../../infra/local/clock.ts';
import { createFront, type Front } from '../../../infra/local/front/front.ts';
import { clientsOf, failure } from './clients.ts';
import { names, smallModel } from './small-model.ts';

let stateDir: string;
let front: Front;
const start = () => createFront({ model: smallModel(), clock: createRealClock(), stateDir });
beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'front-'));
  front = await start();
});
afterAll(async () => {
  await front.close();
  rmSync(stateDir, { recursive: true });
});

const context = { item: 'CUSTOMER#1', field: 'phone' };

test('KMS opens only what it sealed, under the same context', async () => {
  const { kms } = clientsOf(front, 'worker');
  const Plaintext = Buffer.from('+8613800138000');
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId: names.keyArn, Plaintext, EncryptionContext: context }),
  );
  const turned = { field: 'phone', item: 'CUSTOMER#1' };
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: turned }));
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('+8613800138000');
  expect(opened.KeyId).toBe(names.keyArn);
  const other = { ...context, item: 'CUSTOMER#2' };
  for (const input of [
    { CiphertextBlob, EncryptionContext: other },
    { CiphertextBlob: Buffer.from('rubbish') },
  ]) {
    expect((await failure(kms.send(new DecryptCommand(input)))).name).toBe('InvalidCiphertextException');
  }
  const key = await kms.send(new GenerateDataKeyCommand({ KeyId: names.keyArn, KeySpec: 'AES_256' }));
  const again = await kms.send(new DecryptCommand({ CiphertextBlob: key.CiphertextBlob }));
  expect(again.Plaintext).toEqual(key.Plaintext);
});

test('a secret is read by name or ARN, and a new version replaces the one before', async () => {
  const { secrets } = clientsOf(front, 'worker');
  const read = (VersionStage?: string) =>
    secrets.send(new GetSecretValueCommand({ SecretId: names.secretArn, VersionStage }));
  expect((await read()).SecretString).toBe('{"current":"1"}');
  const admin = clientsOf(front, 'admin').secrets;
  await admin.send(new PutSecretValueCommand({ SecretId: 'phones', SecretString: 'two' }));
  expect((await read()).SecretString).toBe('two');
  expect((await read('AWSPREVIOUS')).SecretString).toBe('{"current":"1"}');
  const stages = (await admin.send(new DescribeSecretCommand({ SecretId: 'phones' }))).VersionIdsToStages;
  expect(Object.values(stages ?? {})).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);
  front.putSecret('phones', 'three');
  expect((await read()).SecretString).toBe('three');
});

test('tables, keys and secrets outlive the process', async () => {
  const item = { pk: { S: 'CARD#1' }, sk: { S: 'STATE' } };
  await clientsOf(front, 'admin').dynamodb.send(new PutItemCommand({ TableName: 'Cards', Item: item }));
  const { CiphertextBlob } = await clientsOf(front, 'admin').kms.send(
    new EncryptCommand({ KeyId: names.keyArn, Plaintext: Buffer.from('kept') }),
  );
  await front.close();
  front = await start();
  const { dynamodb, kms, secrets } = clientsOf(front, 'admin');
  const found = await dynamodb.send(new GetItemCommand({ TableName: 'Cards', Key: item }));
  expect(found.Item).toEqual(item);
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob }));
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('kept');
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: 'phones' }));
  expect(secret.SecretString).toBe('three');
});

test('CloudFormation tells the outputs of a stack', async () => {
  const { cloudformation } = clientsOf(front, 'admin');
  const { Stacks } = await cloudformation.send(
    new DescribeStacksCommand({ StackName: 'cardguard-local-service' }),
  );
  expect(Stacks?.[0]?.Outputs).toEqual([{ OutputKey: 'ApiUrl', OutputValue: 'http://127.0.0.1:1' }]);
});
