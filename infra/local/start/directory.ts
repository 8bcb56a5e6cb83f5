import * as z from 'zod';
import type { BankEntry } from './sample.ts';

/** Who and what ids stand for, learnt from the bank's own events on the bus. */
export interface Directory {
  readonly cards: ReadonlyMap<string, KnownCard>;
  /** Takes what a bank event tells; other events are ignored. */
  learn(entry: BankEntry): void;
  /** By token or last four digits. */
  findCard(name: string): KnownCard | undefined;
  /** `4417 张伟`, or the token of a card never heard of. */
  cardName(cardToken: string): string;
  /** Names of those who use this number. */
  peopleAt(phone: string): readonly string[];
  phones(): readonly string[];
  purchase(transactionId: string): Purchase | undefined;
}

export interface KnownCard {
  readonly cardToken: string;
  readonly lastFour: string;
  readonly cardholderId: string;
  readonly accountOwnerId: string;
  readonly billingCurrency: string;
}

const cardSchema = z.object({
  cardToken: z.string(),
  lastFour: z.string(),
  cardholderId: z.string(),
  accountOwnerId: z.string(),
  billingCurrency: z.string(),
});
const contactSchema = z.object({ customerId: z.string(), name: z.string(), phone: z.string().nullable() });
const purchaseSchema = z.object({
  transactionId: z.string(),
  cardToken: z.string(),
  outcome: z.string(),
  amount: z.object({ minor: z.number(), currency: z.string() }),
  merchant: z.object({ name: z.string(), country: z.string() }),
});
export type Purchase = z.output<typeof purchaseSchema>;

/** Purchases remembered for their lines; older ones are shown by their id. */
const PURCHASES_KEPT = 5_000;

export function createDirectory(): Directory {
  const cards = new Map<string, KnownCard>();
  const people = new Map<string, { name: string; phone: string | null }>();
  const purchases = new Map<string, Purchase>();

  return {
    cards,
    learn({ type, detail }) {
      if (type === 'CardIssued') {
        const card = cardSchema.safeParse(detail);
        if (card.success) cards.set(card.data.cardToken, card.data);
      }
      if (type === 'CustomerContactChanged') {
        const contact = contactSchema.safeParse(detail);
        if (contact.success) people.set(contact.data.customerId, contact.data);
      }
      if (type === 'TransactionAuthorized') {
        const purchase = purchaseSchema.safeParse(detail);
        if (!purchase.success) return;
        purchases.set(purchase.data.transactionId, purchase.data);
        const [oldest] = purchases.keys();
        if (purchases.size > PURCHASES_KEPT && oldest !== undefined) purchases.delete(oldest);
      }
    },
    findCard: (name) => cards.get(name) ?? [...cards.values()].find(({ lastFour }) => lastFour === name),
    cardName(cardToken) {
      const card = cards.get(cardToken);
      if (card === undefined) return cardToken;
      return `${card.lastFour} ${people.get(card.cardholderId)?.name ?? card.cardholderId}`;
    },
    peopleAt: (phone) =>
      [...people.values()].filter((person) => person.phone === phone).map(({ name }) => name),
    phones: () => [...new Set([...people.values()].flatMap(({ phone }) => (phone === null ? [] : [phone])))],
    purchase: (transactionId) => purchases.get(transactionId),
  };
}
