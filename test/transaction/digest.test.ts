import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeCardNumber } from '../../functions/transaction/card-number.ts';
import { minorUnitDecimals } from '../../functions/transaction/currency.ts';
import { bodyDigest, decisionKeyPart } from '../../functions/transaction/digest.ts';
import { parseBankEvent } from '../../functions/transaction/envelope.ts';
import { bankReaders } from '../support/bank-readers.ts';
import { authorized, details, envelope, NOW } from './bank-events.ts';

function digestOf(text: string): string {
  const result = parseBankEvent(text, bankReaders, { now: NOW });
  if (result.kind === 'refused') throw new Error(result.detail);
  return bodyDigest(result.event);
}

/** The same data with the keys of every object in another order. */
function shuffled(value: unknown, seed: number): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, field]) => [key, shuffled(field, seed + 1)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => ((a.length * seed) % 7) - ((b.length * seed) % 7)));
}

describe('H1: a repeat and a conflict are told apart by the digest of the body', () => {
  const original = digestOf(envelope(authorized));

  it('the order of keys does not count', () => {
    for (let seed = 1; seed < 7; seed++)
      expect(digestOf(envelope(shuffled(authorized, seed)))).toBe(original);
  });

  it('delivery time, envelope id and unknown fields do not count', () => {
    const later = { ...JSON.parse(envelope(authorized)), id: 'other', time: '2026-11-23T05:00:00Z' };
    expect(digestOf(JSON.stringify(later))).toBe(original);
    expect(digestOf(envelope({ ...authorized, hop: 2 }))).toBe(original);
  });

  it('the same moment may be written in several ways', () => {
    for (const occurredAt of ['2026-11-23T01:59:58.0Z', '2026-11-23T01:59:58.000Z']) {
      expect(digestOf(envelope({ ...authorized, occurredAt }))).toBe(original);
    }
    const tenths = ['2026-11-23T01:59:58.1Z', '2026-11-23T01:59:58.100Z', '2026-11-23T01:59:58.01Z'];
    const digests = tenths.map((occurredAt) => digestOf(envelope({ ...authorized, occurredAt })));
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
    expect(digests[0]).not.toBe(original);
  });

  it.each([
    ['amount', { amount: { minor: 12_346, currency: 'CNY' } }],
    ['currency', { billing: { minor: 12_345, currency: 'USD' } }],
    ['outcome', { outcome: 'declined' }],
    ['moment', { occurredAt: '2026-11-23T01:59:57Z' }],
    ['merchant', { merchant: { ...authorized.merchant, id: 'M 0002' } }],
    ['missing device', { deviceId: undefined }],
  ])('another %s is another body', (_, change) => {
    expect(digestOf(envelope({ ...authorized, ...change }))).not.toBe(original);
  });

  it('events of different types never share a digest', () => {
    const digests = Object.entries(details).map(([type, detail]) => digestOf(envelope(detail, type)));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('the decision of a transaction has a key of 16 characters', () => {
    // sha256('txn-0001'), first 12 bytes: echo -n txn-0001 | openssl sha256 -binary | head -c 12 | base64, `+` written `-`
    expect(decisionKeyPart('txn-0001')).toBe('D-XbAdNYInqElGhB');
    expect(decisionKeyPart('txn-0002')).not.toBe(decisionKeyPart('txn-0001'));
  });
});

describe('card numbers are recognised', () => {
  it('test numbers of the schemes are found, with separators too', () => {
    for (const number of ['4111111111111111', '378282246310005', '6011-1111-1111-1117', '3056 930902 5904']) {
      expect(looksLikeCardNumber(number)).toBe(true);
    }
  });

  it('any digit changed by one is none; letters make a token', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (place, step) => {
        const digits = [...'4111111111111111'];
        digits[place] = String((Number(digits[place]) + step) % 10);
        expect(looksLikeCardNumber(digits.join(''))).toBe(false);
      }),
    );
    expect(looksLikeCardNumber('tok4111111111111111')).toBe(false);
    expect(looksLikeCardNumber('00000000000')).toBe(false);
  });
});

describe('minor units follow ISO 4217', () => {
  it.each([
    ['CNY', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['IDR', 2],
    ['HUF', 2],
    ['CLF', 4],
    ['VND', 0],
  ])('%s has %i', (code, decimals) => {
    expect(minorUnitDecimals(code)).toBe(decimals);
  });
});
