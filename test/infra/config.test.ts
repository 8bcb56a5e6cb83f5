import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Node } from 'constructs';
import { describe, expect, test } from 'vitest';
import { contextSchema, readConfig } from '../../infra/config.ts';

const configOf = (context: Readonly<Record<string, unknown>>) =>
  readConfig(Node.of(new App({ context, analyticsReporting: false })));

describe('context of a stage', () => {
  test('a try-out stage by default: disposable, one-way texts, nothing reserved', () => {
    expect(configOf({})).toMatchObject({
      stage: 'sandbox',
      kind: 'sandbox',
      disposable: true,
      smsReplies: 'none',
      rentsSmsNumber: false,
      freezeConcurrency: 0,
      apiConcurrency: 0,
    });
  });

  test('a laptop takes tokens of its own issuer, and its simulated phone answers', () => {
    expect(configOf({ stage: 'local' })).toMatchObject({
      kind: 'local',
      customerIssuer: 'http://127.0.0.1/cardguard/customers',
      customerAudience: ['cardguard'],
      agentIssuer: 'http://127.0.0.1/cardguard/agents',
      agentAudience: ['cardguard'],
      smsReplies: 'two-way',
      rentsSmsNumber: false,
    });
  });

  test('any other name is a real stage', () => {
    expect(configOf({ stage: 'prod' })).toMatchObject({
      kind: 'real',
      disposable: false,
      freezeConcurrency: 50,
    });
    expect(configOf({ stage: 'prod', freezeConcurrency: '0' }).freezeConcurrency).toBe(0);
  });

  test('the command line gives text, which is understood', () => {
    const config = configOf({
      stage: 'prod',
      smsNumber: 'two-way',
      smsCountries: 'US, CN',
      smsMonthlySpendUsd: '50',
    });
    expect(config).toMatchObject({
      smsReplies: 'two-way',
      rentsSmsNumber: true,
      smsCountries: ['US', 'CN'],
      smsMonthlySpendUsd: 50,
    });
  });

  test.each([
    [{ stage: 'Prod!' }, 'stage'],
    [{ bankAccountId: '12' }, 'bankAccountId'],
    [{ smsOriginationNumber: '0123' }, 'smsOriginationNumber'],
    [{ issuerZone: 'Mars/Olympus' }, 'issuerZone'],
    [{ smsMaxPriceUsd: 'cheap' }, 'smsMaxPriceUsd'],
  ])('%j is refused, and the key named', (context, key) => {
    expect(() => configOf(context)).toThrow(new RegExp(`-c ${key}: `));
  });

  test('an issuer without its audience is refused with what to do', () => {
    expect(() => configOf({ stage: 'prod', agentIssuer: 'https://id.bank.example' })).toThrow(
      'Give both -c agentIssuer=… and -c agentAudience=…',
    );
  });

  test('docs/deploy.md lists every key and no other', () => {
    const rows = [...readFileSync('docs/deploy.md', 'utf8').matchAll(/^\| `([a-zA-Z]+)` \|/gm)].map(
      ([, key]) => key,
    );
    expect(rows.toSorted()).toEqual(Object.keys(contextSchema.shape).toSorted());
  });
});
