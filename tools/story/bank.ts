import type { LocalStack } from '../../infra/local/stack.ts';
import { createBank as createSender } from '../../infra/local/start/bank.ts';
import type { Person } from './people.ts';

export interface Purchase {
  readonly kind: 'ordinary' | 'odd' | 'stolen' | 'recurring';
  readonly minor?: number;
  readonly merchant?: { readonly id: string; readonly name: string };
  readonly declined?: true;
  /** Seconds before now. */
  readonly secondsAgo?: number;
}

/** How the shipped rules see each kind: cleared; asked about; held. */
const kinds = {
  ordinary: {
    minor: 12_000,
    merchant: { id: 'M-1', name: 'Corner Shop', mcc: '5411', country: 'CN' },
    entryMode: 'chip',
  },
  odd: {
    minor: 500_000,
    merchant: { id: 'M-77', name: 'Night Market', mcc: '5411', country: 'CN' },
    entryMode: 'chip',
  },
  stolen: {
    minor: 888_800,
    merchant: { id: 'M-999', name: 'BIT*COIN XCHG', mcc: '6051', country: 'NG' },
    entryMode: 'ecommerce',
    deviceId: 'device-of-a-thief',
  },
  recurring: {
    minor: 500_000,
    merchant: { id: 'M-55', name: 'Cloud Video', mcc: '4899', country: 'CN' },
    entryMode: 'ecommerce',
  },
} as const;

/** What somebody at the till would see of it. */
export function purchaseWords({ kind, minor, merchant, declined }: Purchase): string {
  const shipped = kinds[kind];
  const amount = ((minor ?? shipped.minor) / 100).toLocaleString('en', { minimumFractionDigits: 2 });
  const again = kind === 'recurring' ? ', recurring' : '';
  return `CNY ${amount} at ${merchant?.name ?? shipped.merchant.name}${again}${declined ? ', declined' : ''}`;
}

/** The bank's card system: it tells cards, contacts and transactions over the bus. */
export interface StoryBank {
  put(type: string, detail: object): Promise<void>;
  contact(person: Person, over?: object): Promise<void>;
  card(cardToken: string, holder: Person, over?: object): Promise<void>;
  /** The id of the transaction. */
  spends(cardToken: string, holder: Person, purchase: Purchase, at: Date): Promise<string>;
  close(): void;
}

export function createStoryBank(stack: LocalStack): StoryBank {
  const sender = createSender({
    endpoint: stack.url,
    region: stack.model.region,
    busName: stack.model.buses[0]?.name ?? 'default',
    credentials: stack.front.identities.accessKeyFor('bank'),
  });
  let transactions = 0;
  const put = async (type: string, detail: object) => {
    await sender.put([{ type, detail: { schemaVersion: 1, ...detail } }]);
  };
  return {
    put,
    close: sender.close,
    contact: ({ subject, ...person }, over = {}) =>
      put('CustomerContactChanged', {
        sourceVersion: 1,
        occurredAt: '2026-01-01T00:00:00Z',
        identities: [{ issuer: 'http://127.0.0.1/cardguard/customers', subject }],
        ...person,
        ...over,
      }),
    card: (cardToken, holder, over = {}) =>
      put('CardIssued', {
        cardToken,
        cardholderId: holder.customerId,
        accountOwnerId: holder.customerId,
        lastFour: '4417',
        issuedAt: '2026-01-01T00:00:00Z',
        sourceVersion: 1,
        billingCurrency: 'CNY',
        ...over,
      }),
    spends: async (cardToken, holder, purchase, at) => {
      transactions += 1;
      const transactionId = `T-${transactions}`;
      const { minor, merchant, ...kind } = kinds[purchase.kind];
      const amount = { minor: purchase.minor ?? minor, currency: 'CNY' };
      await put('TransactionAuthorized', {
        transactionId,
        cardToken,
        cardholderId: holder.customerId,
        accountOwnerId: holder.customerId,
        occurredAt: new Date(at.getTime() - (purchase.secondsAgo ?? 2) * 1000).toISOString(),
        outcome: purchase.declined ? 'declined' : 'approved',
        amount,
        billing: amount,
        ...kind,
        merchant: { ...merchant, ...purchase.merchant },
        recurring: purchase.kind === 'recurring',
        merchantInitiated: false,
      });
      return transactionId;
    },
  };
}
