import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../../../infra/local/front/event-pattern.ts';

const event = {
  source: 'bank.cards',
  'detail-type': 'TransactionPosted',
  detail: {
    amount: 120,
    country: 'CN',
    tags: ['a', 'b'],
    note: null,
    lines: [{ kind: 'fee' }, { kind: 'tax' }],
    dynamodb: { NewImage: { effect: { S: 'sms' }, pendingSince: { S: '2026' } } },
  },
};

describe('a pattern', () => {
  test.each<[string, Record<string, unknown>, boolean]>([
    ['one of the values', { source: ['x', 'bank.cards'] }, true],
    ['another value', { source: ['x'] }, false],
    ['every field', { source: ['bank.cards'], detail: { country: ['US'] } }, false],
    ['null', { detail: { note: [null] } }, true],
    ['prefix', { source: [{ prefix: 'bank.' }] }, true],
    ['prefix ignoring case', { source: [{ prefix: { 'equals-ignore-case': 'BANK' } }] }, true],
    ['suffix', { source: [{ suffix: '.cards' }] }, true],
    ['equals-ignore-case', { detail: { country: [{ 'equals-ignore-case': 'cn' }] } }, true],
    ['wildcard', { source: [{ wildcard: 'b*.c*s' }] }, true],
    ['wildcard elsewhere', { source: [{ wildcard: 'b*x' }] }, false],
    ['anything-but a value', { source: [{ 'anything-but': 'bank.cards' }] }, false],
    ['anything-but a list', { 'detail-type': [{ 'anything-but': ['CardIssued'] }] }, true],
    ['anything-but prefix', { source: [{ 'anything-but': { prefix: 'bank' } }] }, false],
    ['anything-but prefixes', { source: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, true],
    ['anything-but of an absent field', { detail: { none: [{ 'anything-but': 'x' }] } }, false],
    ['numeric range', { detail: { amount: [{ numeric: ['>', 100, '<=', 120] }] } }, true],
    ['numeric out of range', { detail: { amount: [{ numeric: ['<', 100] }] } }, false],
    ['numeric of text', { detail: { country: [{ numeric: ['>', 0] }] } }, false],
    ['exists', { detail: { amount: [{ exists: true }] } }, true],
    ['exists of a branch', { detail: { dynamodb: [{ exists: true }] } }, false],
    ['absent', { detail: { none: [{ exists: false }] } }, true],
    ['absent or a value', { detail: { country: [{ exists: false }, 'CN'] } }, true],
    ['an element of a list', { detail: { tags: ['b'] } }, true],
    ['an object of a list', { detail: { lines: { kind: ['tax'] } } }, true],
    ['$or', { $or: [{ source: ['x'] }, { detail: { amount: [120] } }] }, true],
    ['$or of none', { $or: [{ source: ['x'] }, { detail: { amount: [1] } }] }, false],
    [
      'a stream filter',
      {
        detail: {
          dynamodb: {
            NewImage: {
              effect: { S: ['sms', 'ask'] },
              pendingSince: { S: [{ exists: true }] },
              claimedAt: { S: [{ exists: false }] },
            },
          },
        },
      },
      true,
    ],
  ])('%s', (_name, pattern, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  test('with an operator that is not known is an error that names it', () => {
    expect(() => matchesPattern({ source: [{ cidr: '10.0.0.0/8' }] }, event)).toThrow(/cidr/);
    expect(() => matchesPattern({ source: 'bank.cards' }, event)).toThrow(/source/);
  });
});
