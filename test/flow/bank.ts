import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { LocalStack } from '../../infra/local/stack.ts';

/** Made-up customers; the numbers are of allotted mobile ranges. */
export const people = {
  zhang: {
    customerId: 'C-zhang',
    name: '张伟',
    language: 'zh-CN',
    phone: '+8613812345678',
    subject: 'zhang',
  },
  grace: {
    customerId: 'C-grace',
    name: 'Grace Hart',
    language: 'en',
    phone: '+85291234567',
    subject: 'grace',
  },
} as const;

export interface Bank {
  /** Puts a bank event on the bus exactly as the bank would. */
  put(type: string, detail: object): Promise<void>;
  contact(person: object & { customerId: string }, over?: object): Promise<void>;
  card(cardToken: string, cardholderId: string, over?: object): Promise<void>;
  authorise(over: Authorisation): Promise<string>;
}

export interface Authorisation {
  readonly cardToken: string;
  readonly cardholderId: string;
  readonly transactionId?: string;
  readonly at: string;
  readonly minor?: number;
  readonly over?: object;
}

/** A night purchase abroad, not present, at a risky merchant: the shipped rules freeze on it. */
export const SPREE = {
  merchant: { id: 'M-999', name: 'BIT*COIN XCHG', mcc: '6051', country: 'NG' },
  entryMode: 'ecommerce',
  deviceId: 'device-of-a-thief',
};

export function createBank(stack: LocalStack): Bank {
  const client = new EventBridgeClient({
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.accessKeyFor('bank'),
  });
  const busName = stack.model.buses[0]?.name;
  let transactions = 0;
  const put = async (type: string, detail: object) => {
    const answer = await client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: busName,
            Source: 'bank.cards',
            DetailType: type,
            Detail: JSON.stringify({ schemaVersion: 1, ...detail }),
          },
        ],
      }),
    );
    if (answer.FailedEntryCount !== 0)
      throw new Error(`the bus refused ${type}: ${answer.Entries?.[0]?.ErrorCode}`);
  };
  return {
    put,
    contact: async ({ subject, ...person }: { subject?: string; customerId: string }, over = {}) =>
      put('CustomerContactChanged', {
        sourceVersion: 1,
        occurredAt: '2026-01-01T00:00:00Z',
        identities:
          subject === undefined ? [] : [{ issuer: 'http://127.0.0.1/cardguard/customers', subject }],
        ...person,
        ...over,
      }),
    card: async (cardToken, cardholderId, over = {}) =>
      put('CardIssued', {
        cardToken,
        cardholderId,
        accountOwnerId: cardholderId,
        lastFour: '4417',
        issuedAt: '2026-01-01T00:00:00Z',
        sourceVersion: 1,
        billingCurrency: 'CNY',
        ...over,
      }),
    authorise: async ({ cardToken, cardholderId, at, minor = 888_800, over = {}, ...rest }) => {
      transactions += 1;
      const transactionId = rest.transactionId ?? `T-${transactions}`;
      await put('TransactionAuthorized', {
        transactionId,
        cardToken,
        cardholderId,
        accountOwnerId: cardholderId,
        occurredAt: at,
        outcome: 'approved',
        amount: { minor, currency: 'CNY' },
        billing: { minor, currency: 'CNY' },
        merchant: { id: 'M-1', name: 'Corner Shop', mcc: '5411', country: 'CN' },
        entryMode: 'chip',
        recurring: false,
        merchantInitiated: false,
        ...over,
      });
      return transactionId;
    },
  };
}
