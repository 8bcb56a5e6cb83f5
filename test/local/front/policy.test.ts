import { describe, expect, test } from 'vitest';
import { type Context, compileStatement, judge, type Principal } from '../../../infra/local/front/policy.ts';
import type { PolicyStatement } from '../../../infra/local/model.ts';

const caller: Principal = { kind: 'caller', arns: ['arn:aws:iam::1:role/a'], account: '1' };

function ask(
  statements: PolicyStatement | PolicyStatement[],
  question: { action?: string; resource?: string; context?: Context; principal?: Principal } = {},
) {
  const compiled = [statements].flat().map((statement) => compileStatement(statement, 'test'));
  return judge(compiled, {
    action: question.action ?? 'dynamodb:GetItem',
    resource: question.resource ?? 'arn:aws:dynamodb:r:1:table/T',
    context: question.context ?? {},
    principal: question.principal ?? caller,
  });
}

const allow = (rest: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...rest,
});
const when = (Condition: PolicyStatement['Condition']) => allow({ Condition });

describe('a statement', () => {
  test('matches actions with wildcards, whatever their case', () => {
    expect(ask(allow({ Action: 'dynamodb:Get*' }))).toBe('allow');
    expect(ask(allow({ Action: 'DYNAMODB:getitem' }))).toBe('allow');
    expect(ask(allow({ Action: ['sqs:*', 'dynamodb:Put*'] }))).toBe('silent');
    expect(ask({ Effect: 'Allow', NotAction: 'dynamodb:*', Resource: '*' })).toBe('silent');
    expect(ask({ Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' })).toBe('allow');
  });

  test('matches resources with wildcards, and variables of the caller', () => {
    expect(ask(allow({ Resource: 'arn:*:dynamodb:*:*:table/?' }))).toBe('allow');
    expect(ask(allow({ Resource: 'arn:aws:dynamodb:r:1:table/T/index/*' }))).toBe('silent');
    expect(ask({ Effect: 'Allow', Action: '*', NotResource: 'arn:*:sns:*:*:*' })).toBe('allow');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable is spelled like this.
    const mine = allow({ Resource: 'arn:aws:dynamodb:r:1:table/${aws:userid}' });
    expect(ask(mine, { context: { 'aws:userid': 'T' } })).toBe('allow');
    expect(ask(mine)).toBe('silent');
  });

  test('a Deny wins over every Allow', () => {
    expect(ask([allow({}), { ...allow({}), Effect: 'Deny' }])).toBe('deny');
  });

  test('names principals outright, by account, or as a service', () => {
    const to = (Principal: unknown, principal?: Principal) => ask(allow({ Principal }), { principal });
    expect(to({ AWS: 'arn:aws:iam::1:role/a' })).toBe('allow');
    expect(to('*')).toBe('allow');
    expect(to({ AWS: 'arn:aws:iam::1:root' })).toBe('delegate');
    expect(to({ AWS: 'arn:aws:iam::2:root' })).toBe('silent');
    expect(to({ Service: 'sns.amazonaws.com' })).toBe('silent');
    expect(to({ Service: 'sns.amazonaws.com' }, { kind: 'service', name: 'sns.amazonaws.com' })).toBe(
      'allow',
    );
    expect(to({ Service: 'sns.amazonaws.com' }, { kind: 'service', name: 'events.amazonaws.com' })).toBe(
      'silent',
    );
  });
});

describe('a condition', () => {
  const arn = 'arn:aws:events:r:1:rule/bank/x';
  test.each<[string, PolicyStatement['Condition'], Context, boolean]>([
    ['equals', { StringEquals: { 'aws:SourceAccount': ['2', '1'] } }, { 'aws:SourceAccount': '1' }, true],
    ['equals not', { StringEquals: { 'aws:SourceAccount': '2' } }, { 'aws:SourceAccount': '1' }, false],
    ['of an absent key', { StringEquals: { 'aws:SourceAccount': '1' } }, {}, false],
    ['of an absent key, if exists', { StringEqualsIfExists: { 'aws:SourceAccount': '1' } }, {}, true],
    ['negated, of an absent key', { StringNotEquals: { 'aws:SourceAccount': '1' } }, {}, true],
    [
      'key in another case',
      { StringEquals: { 'AWS:sourceaccount': '1' } },
      { 'aws:SourceAccount': '1' },
      true,
    ],
    [
      'like',
      { StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' } },
      { 'kms:ViaService': 'sqs.r.amazonaws.com' },
      true,
    ],
    [
      'ARN like',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:1:rule/*' } },
      { 'aws:SourceArn': arn },
      true,
    ],
    [
      'ARN parts do not run over',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:*:rule/bank/x' } },
      { 'aws:SourceArn': arn },
      false,
    ],
    ['bool', { Bool: { 'aws:SecureTransport': false } }, { 'aws:SecureTransport': 'true' }, false],
    ['null', { Null: { 'aws:SourceArn': 'true' } }, {}, true],
    [
      'all values',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } },
      { 'dynamodb:LeadingKeys': ['a', 'b', 'a'] },
      true,
    ],
    [
      'not all values',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } },
      { 'dynamodb:LeadingKeys': ['a', 'b'] },
      false,
    ],
    [
      'any value',
      { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['b*'] } },
      { 'dynamodb:LeadingKeys': ['a', 'b'] },
      true,
    ],
    ['any value of none', { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['b*'] } }, {}, false],
    [
      'a context pair',
      { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': 'q' } },
      { 'kms:EncryptionContext:aws:sqs:arn': 'q' },
      true,
    ],
    [
      'two keys, one wrong',
      { StringEquals: { 'aws:SourceAccount': '1', 'aws:SourceArn': 'x' } },
      { 'aws:SourceAccount': '1', 'aws:SourceArn': 'y' },
      false,
    ],
  ])('%s', (_name, condition, context, expected) => {
    expect(ask(when(condition), { context })).toBe(expected ? 'allow' : 'silent');
  });

  test('with an unknown operator, key or element is an error that names it', () => {
    expect(() => ask(when({ IpAddress: { 'aws:SourceIp': '::1' } }))).toThrow(/IpAddress/);
    expect(() => ask(when({ StringEquals: { 'aws:PrincipalTag/x': '1' } }))).toThrow(/aws:PrincipalTag\/x/);
    const odd = { ...allow({}), NotPrincipal: { AWS: '*' } };
    expect(() => ask(odd)).toThrow(/NotPrincipal/);
  });
});
