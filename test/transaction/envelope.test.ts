import { describe, expect, it } from 'vitest';
import { parseBankEvent, type RefusalReason } from '../../functions/transaction/envelope.ts';
import { bankReaders } from '../support/bank-readers.ts';
import { authorized, details, envelope, NOW } from './bank-events.ts';

const read = (text: string) => parseBankEvent(text, bankReaders, { now: NOW });
const readAuthorized = (change: object) => read(envelope({ ...authorized, ...change }));

describe('events of the bank are read', () => {
  it.each(Object.keys(details))('%s, version 1', (type) => {
    expect(read(envelope(details[type], type))).toEqual({
      kind: 'event',
      event: { type, detail: details[type] },
    });
  });

  it('put on the queue without the fields only the bus adds', () => {
    const text = JSON.stringify({
      source: 'bank.cards',
      'detail-type': 'TransactionAuthorized',
      detail: authorized,
    });
    expect(read(text).kind).toBe('event');
  });

  it('unknown extra fields are tolerated and dropped', () => {
    const result = readAuthorized({
      acquirerBin: '411111',
      merchant: { ...authorized.merchant, terminal: 'T1' },
    });
    expect(result).toEqual({ kind: 'event', event: { type: 'TransactionAuthorized', detail: authorized } });
  });

  it('H29: amount 0 is an account verification, not an error', () => {
    const zero = { minor: 0, currency: 'CNY' };
    expect(readAuthorized({ amount: zero, billing: zero }).kind).toBe('event');
  });

  it('H19: a merchant name of 500 hostile characters is accepted here and cleaned where it is shown', () => {
    const name = `【银行】\u202e${'<a href=x>'.repeat(49)}`;
    expect(readAuthorized({ merchant: { ...authorized.merchant, name } }).kind).toBe('event');
  });

  it('the clock of the bank may run five minutes ahead, not more', () => {
    expect(readAuthorized({ occurredAt: '2026-11-23T02:05:00.000Z' }).kind).toBe('event');
    expect(readAuthorized({ occurredAt: '2026-11-23T02:05:00.001Z' })).toMatchObject({
      reason: 'future_dated',
    });
  });

  it('an event of years ago is read: it is judged as of its time', () => {
    expect(readAuthorized({ occurredAt: '2019-02-28T23:59:59Z' }).kind).toBe('event');
  });
});

type Case = readonly [string, RefusalReason, string, string];
const change = (patch: object): string => envelope({ ...authorized, ...patch });
const money = (minor: unknown, currency: unknown = 'CNY') => ({ amount: { minor, currency } });

const malformed: readonly Case[] = [
  ['no JSON', 'not_json', '{"source":', 'body is not JSON'],
  ['an empty body', 'not_json', '', 'body is not JSON'],
  ['null', 'malformed', 'null', 'body: invalid_type'],
  ['a list', 'malformed', '[]', 'body: invalid_type'],
  [
    'another source',
    'malformed',
    envelope(authorized).replace('bank.cards', 'bank.loans'),
    'source: invalid_value',
  ],
  ['no detail', 'malformed', envelope(undefined), 'detail: invalid_type'],
  ['an unknown type', 'unknown_type', envelope(authorized, 'LimitChanged'), 'detail-type'],
  ['a type like a method of objects', 'unknown_type', envelope(authorized, 'constructor'), 'detail-type'],
  ['version 2', 'unknown_version', change({ schemaVersion: 2 }), 'TransactionAuthorized schemaVersion 2'],
  ['no version', 'malformed', change({ schemaVersion: undefined }), 'detail.schemaVersion: invalid_type'],
  ['a version in words', 'malformed', change({ schemaVersion: '1' }), 'detail.schemaVersion: invalid_type'],
  ['no currency of ISO 4217', 'unknown_currency', change(money(1, 'ABC')), 'amount.currency: custom'],
  ['a lower-case currency', 'unknown_currency', change(money(1, 'cny')), 'amount.currency: custom'],
  ['a test currency', 'unknown_currency', change(money(1, 'XTS')), 'amount.currency: custom'],
  [
    'currency and amount wrong',
    'malformed',
    change(money(-1, 'ABC')),
    'amount.minor: too_small, amount.currency: custom',
  ],
  ['a negative amount', 'malformed', change(money(-1)), 'amount.minor: too_small'],
  ['half a minor unit', 'malformed', change(money(10.5)), 'amount.minor: invalid_type'],
  ['an amount in words', 'malformed', change(money('10')), 'amount.minor: invalid_type'],
  ['13 digits of amount', 'malformed', change(money(1_000_000_000_000)), 'amount.minor: too_big'],
  [
    'a card number as token',
    'malformed',
    change({ cardToken: '4111111111111111' }),
    'cardToken looks like a card number',
  ],
  [
    'one with separators',
    'malformed',
    change({ cardToken: '4111-1111-1111-1111' }),
    'cardToken looks like a card number',
  ],
  [
    'a token with a key separator',
    'malformed',
    change({ cardToken: 'a#STATE' }),
    'cardToken: invalid_format',
  ],
  ['an empty token', 'malformed', change({ cardToken: '' }), 'cardToken: invalid_format'],
  [
    'a token of 65 characters',
    'malformed',
    change({ cardToken: 'x'.repeat(65) }),
    'cardToken: invalid_format',
  ],
  [
    'a transaction id with a space',
    'malformed',
    change({ transactionId: 'a b' }),
    'transactionId: invalid_format',
  ],
  [
    'a time with an offset',
    'malformed',
    change({ occurredAt: '2026-11-23T01:00:00+08:00' }),
    'occurredAt: custom',
  ],
  ['a local time', 'malformed', change({ occurredAt: '2026-11-23T01:00:00' }), 'occurredAt: custom'],
  ['30 February', 'malformed', change({ occurredAt: '2026-02-30T01:00:00Z' }), 'occurredAt: custom'],
  ['24:00', 'malformed', change({ occurredAt: '2026-02-28T24:00:00Z' }), 'occurredAt: custom'],
  ['a date alone', 'malformed', change({ occurredAt: '2026-11-23' }), 'occurredAt: custom'],
  [
    'a country of three letters',
    'malformed',
    change({ merchant: { ...authorized.merchant, country: 'CHN' } }),
    'merchant.country: invalid_format',
  ],
  [
    'an MCC of three digits',
    'malformed',
    change({ merchant: { ...authorized.merchant, mcc: '541' } }),
    'merchant.mcc: invalid_format',
  ],
  ['an unknown entry mode', 'malformed', change({ entryMode: 'telepathy' }), 'entryMode: invalid_value'],
  [
    'everything missing',
    'malformed',
    envelope({ schemaVersion: 1 }),
    'transactionId: invalid_type, cardToken: invalid_type, cardholderId: invalid_type, accountOwnerId: invalid_type, occurredAt: invalid_type and 7 more',
  ],
  [
    'another future',
    'future_dated',
    change({ occurredAt: '2027-01-01T00:00:00Z' }),
    'TransactionAuthorized is dated after now + skew',
  ],
  [
    'a domestic number',
    'malformed',
    envelope({ ...details.CustomerContactChanged, phone: '13800138000' }, 'CustomerContactChanged'),
    'phone: invalid_format',
  ],
];

describe('H29: what cannot be used is refused with a clear reason', () => {
  it.each(malformed)('%s', (_, reason, text, detail) => {
    expect(read(text)).toEqual({ kind: 'refused', reason, detail });
  });

  it('too many bytes, counted as UTF-8', () => {
    const limits = { now: NOW, maxBytes: 660 };
    const text = envelope({ ...authorized, merchant: { ...authorized.merchant, name: '字'.repeat(20) } });
    expect(text.length).toBeLessThan(660);
    expect(Buffer.byteLength(text)).toBeGreaterThan(660);
    expect(parseBankEvent(text, bankReaders, limits)).toMatchObject({ kind: 'refused', reason: 'oversized' });
    expect(read(`"${'x'.repeat(65_536)}"`)).toMatchObject({ kind: 'refused', reason: 'oversized' });
  });

  it('I10: no refusal repeats a value of the event', () => {
    for (const [, , text] of malformed) {
      const result = read(text);
      const told = result.kind === 'refused' ? result.detail : '';
      for (const secret of ['4111', '13800138000', 'telepathy', '小杨', 'tok_'])
        expect(told).not.toContain(secret);
    }
  });
});
