import { beforeEach, describe, expect, test } from 'vitest';
import { parseBankEvent } from '../../../functions/transaction/envelope.ts';
import { createDirectory, type Directory } from '../../../infra/local/start/directory.ts';
import { masterData, readSample } from '../../../infra/local/start/sample.ts';
import { readInjected } from '../../../infra/local/start/short-event.ts';
import { bankReaders } from '../../support/bank-readers.ts';

const now = new Date('2026-03-14T12:00:00Z');
let directory: Directory;

beforeEach(() => {
  directory = createDirectory();
  for (const entry of masterData(readSample().people, 'http://issuer.example')) directory.learn(entry);
});

const inject = (body: unknown) => readInjected(body, directory, () => now);
const messageOf = (body: unknown): string => {
  try {
    inject(body);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('the injector', () => {
  test('a card and an amount are enough for an event that passes the schema', () => {
    const { type, detail } = inject({ card: '4417', amount: 128.5 });
    const body = JSON.stringify({ source: 'bank.cards', 'detail-type': type, detail });
    expect(parseBankEvent(body, bankReaders, { now })).toMatchObject({
      kind: 'event',
      event: {
        type: 'TransactionAuthorized',
        detail: {
          cardToken: 'card-zhang-4417',
          cardholderId: 'cust-zhang-wei',
          occurredAt: now.toISOString(),
          outcome: 'approved',
          amount: { minor: 12_850, currency: 'CNY' },
          billing: { minor: 12_850, currency: 'CNY' },
        },
      },
    });
  });

  test('a supplementary card keeps holder and owner apart', () => {
    expect(inject({ card: 7741, amount: 1 }).detail).toMatchObject({
      cardholderId: 'cust-chen-meiling',
      accountOwnerId: 'cust-chen-zhiming',
    });
  });

  test('a card of which the leading nought was lost is found, and so is a token', () => {
    expect(inject({ card: 915, amount: 1 }).detail.cardToken).toBe('card-wang-0915');
    expect(inject({ card: 'card-wang-0915', amount: '1' }).detail.cardToken).toBe('card-wang-0915');
  });

  test.each([
    { amount: 1299, currency: 'USD', minor: 129_900, billed: 935_280, rate: '7.2' },
    { amount: '118000', currency: 'jpy', minor: 118_000, billed: 566_400, rate: '0.048' },
    { amount: 0.29, currency: 'HKD', minor: 29, billed: 27, rate: '0.92' },
  ])('$amount $currency is billed in yuan', ({ amount, currency, minor, billed, rate }) => {
    expect(inject({ card: '4417', amount, currency }).detail).toMatchObject({
      amount: { minor, currency: currency.toUpperCase() },
      billing: { minor: billed, currency: 'CNY', rate },
    });
  });

  test('every purchase is its own, one merchant of one country the same', () => {
    const [one, other] = [inject({ card: '4417', amount: 1 }), inject({ card: '4417', amount: 1 })];
    expect(one.detail.transactionId).not.toBe(other.detail.transactionId);
    expect(one.detail.merchant).toEqual(other.detail.merchant);
  });

  test('an event in full goes through as it is, good or bad', () => {
    const event = { type: 'TransactionReversed', detail: { schemaVersion: 9 } };
    expect(inject(event)).toEqual(event);
  });

  test.each([
    [{ card: '9999', amount: 1 }, /no card 9999.*4417 张伟/],
    [{ card: '4417' }, /amount/],
    [{ card: '4417', amount: -5 }, /amount: a number such as/],
    [{ card: '4417', amount: 1, currency: 'XYZ' }, /currency: one of CNY, USD/],
    [{ card: '4417', amount: 1, colour: 'red' }, /colour/],
    [{ card: '4417', amount: 1, entryMode: 'fax' }, /entryMode/],
    [{ type: 'X', detail: {}, more: 1 }, /in full.*\n.*more/],
    ['4417', /in short/],
    [null, /in short/],
  ])('%j is refused with what is wrong', (body, message) => {
    expect(messageOf(body)).toMatch(message);
  });
});
