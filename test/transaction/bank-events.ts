/** Honest events as the bank sends them, for tests to change one thing of. */
export const NOW = new Date('2026-11-23T02:00:00Z');

export const authorized = {
  schemaVersion: 1,
  transactionId: 'txn-0001',
  cardToken: 'tok_7Hq2',
  cardholderId: 'C-100',
  accountOwnerId: 'C-100',
  occurredAt: '2026-11-23T01:59:58Z',
  outcome: 'approved',
  amount: { minor: 12_345, currency: 'CNY' },
  billing: { minor: 12_345, currency: 'CNY' },
  merchant: { id: 'M 0001', name: '小杨生煎', mcc: '5812', country: 'CN', city: '上海' },
  entryMode: 'contactless',
  recurring: false,
  merchantInitiated: false,
  deviceId: 'device-1',
};

export const details: Record<string, Record<string, unknown>> = {
  TransactionAuthorized: authorized,
  TransactionPosted: {
    schemaVersion: 1,
    transactionId: 'txn-0001',
    cardToken: 'tok_7Hq2',
    postedAt: '2026-11-23T01:59:58Z',
    amount: { minor: 1000, currency: 'USD' },
    billing: { minor: 7100, currency: 'CNY', rate: '7.1', feeMinor: 150 },
  },
  TransactionReversed: {
    schemaVersion: 1,
    transactionId: 'txn-0001',
    cardToken: 'tok_7Hq2',
    reversedAt: '2026-11-23T01:59:58Z',
    kind: 'refund',
    amount: { minor: 1000, currency: 'USD' },
  },
  CardIssued: {
    schemaVersion: 1,
    cardToken: 'tok_7Hq2',
    lastFour: '4417',
    cardholderId: 'C-100',
    accountOwnerId: 'C-101',
    issuedAt: '2026-11-20T00:00:00Z',
    sourceVersion: 3,
    billingCurrency: 'CNY',
  },
  CardStatusChanged: {
    schemaVersion: 1,
    cardToken: 'tok_7Hq2',
    status: 'frozen',
    holdsVersion: 4,
    occurredAt: '2026-11-23T01:59:58Z',
  },
  CustomerContactChanged: {
    schemaVersion: 1,
    customerId: 'C-100',
    sourceVersion: 9,
    occurredAt: '2026-11-23T01:59:58Z',
    name: '张三',
    phone: '+8613800138000',
    language: 'zh-CN',
    identities: [{ issuer: 'https://login.example', subject: 'abc' }],
  },
};

export function envelope(detail: unknown, type = 'TransactionAuthorized'): string {
  return JSON.stringify({
    version: '0',
    id: 'e7c2',
    'detail-type': type,
    source: 'bank.cards',
    account: '000000000000',
    time: '2026-11-23T01:59:59Z',
    region: 'eu-central-1',
    resources: [],
    detail,
  });
}
