import {
  type TransactionAuthorized,
  transactionAuthorizedSchema,
} from '../../functions/transaction/events.ts';
import type { Row } from './rows.ts';

/** A bank event as it goes onto the bus, or into the queue directly. */
export interface BankEntry {
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Ids of one run: a second replay into the same stack is other cards and other transactions. */
export interface RunIds {
  card(customerId: string): string;
  customer(customerId: string): string;
  transaction(transactionId: string): string;
  readonly prefix: string;
}

export function createRunIds(runId: string): RunIds {
  const prefix = `replay-${runId}-`;
  return {
    prefix,
    card: (customerId) => `${prefix}${customerId}`,
    customer: (customerId) => `${prefix}${customerId}`,
    transaction: (transactionId) => `${prefix}${transactionId}`,
  };
}

/** A made-up mobile number per customer: China Mobile's range 139, which libphonenumber accepts. */
export const phoneOf = (customerId: string): string => `+86139${10_000_000 + Number(customerId)}`;

/** Card and contact of a customer, as the bank tells them before the first purchase. */
export function masterData(ids: RunIds, customerId: string, at: string): readonly BankEntry[] {
  const cardholderId = ids.customer(customerId);
  return [
    {
      type: 'CustomerContactChanged',
      detail: {
        schemaVersion: 1,
        customerId: cardholderId,
        sourceVersion: 1,
        occurredAt: at,
        name: `Customer ${customerId}`,
        phone: phoneOf(customerId),
        language: Number(customerId) % 2 === 0 ? 'zh-CN' : 'en',
      },
    },
    {
      type: 'CardIssued',
      detail: {
        schemaVersion: 1,
        cardToken: ids.card(customerId),
        cardholderId,
        accountOwnerId: cardholderId,
        lastFour: customerId.padStart(4, '0').slice(-4),
        issuedAt: at,
        sourceVersion: 1,
        billingCurrency: 'CNY',
      },
    },
  ];
}

/**
 * The data know card, terminal, time and amount. The rest is filled in the same for every row: yuan, a
 * supermarket in China, the chip read; so nothing but the data can make one suspicious.
 */
export function authorisation(
  ids: RunIds,
  row: Row,
  options: { shiftMs: number; enactFrauds: boolean },
): TransactionAuthorized {
  const minor = row.amountMinor;
  const money = { minor, currency: 'CNY' };
  const cardholderId = ids.customer(row.customerId);
  return transactionAuthorizedSchema.parse({
    schemaVersion: 1,
    transactionId: ids.transaction(row.transactionId),
    cardToken: ids.card(row.customerId),
    cardholderId,
    accountOwnerId: cardholderId,
    occurredAt: new Date(row.at + options.shiftMs).toISOString(),
    outcome: 'approved',
    amount: money,
    billing: money,
    merchant: { id: `T-${row.terminalId}`, name: `Terminal ${row.terminalId}`, mcc: '5411', country: 'CN' },
    entryMode: 'chip',
    recurring: false,
    merchantInitiated: false,
    ...(options.enactFrauds && row.isFraud ? THEFT : {}),
  });
}

/**
 * What a labelled row is fed as under `--enact-frauds`: an unmistakable theft, so that freezes, texts and
 * tickets come in the numbers and at the times of the data. Such a run measures the loop, not detection.
 */
const THEFT = {
  amount: { minor: 888_800, currency: 'CNY' },
  billing: { minor: 888_800, currency: 'CNY' },
  merchant: { id: 'M-theft', name: 'ONLINE XCHG', mcc: '6051', country: 'NG' },
  entryMode: 'ecommerce',
  deviceId: 'device-of-a-thief',
};
