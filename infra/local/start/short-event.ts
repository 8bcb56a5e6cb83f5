import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { PlainError } from './checks.ts';
import type { Directory, KnownCard } from './directory.ts';
import type { BankEntry } from './sample.ts';

/**
 * Decimals and a rough value in yuan of the currencies the short form takes. Others have to be sent in full,
 * with the amount billed.
 */
const CURRENCIES: Readonly<Record<string, { decimals: number; yuan: number }>> = {
  CNY: { decimals: 2, yuan: 1 },
  USD: { decimals: 2, yuan: 7.2 },
  EUR: { decimals: 2, yuan: 7.8 },
  GBP: { decimals: 2, yuan: 9.1 },
  HKD: { decimals: 2, yuan: 0.92 },
  SGD: { decimals: 2, yuan: 5.4 },
  JPY: { decimals: 0, yuan: 0.048 },
  THB: { decimals: 2, yuan: 0.2 },
};

const amountSchema = z
  .union([z.number(), z.string()])
  .transform(String)
  .refine((text) => /^\d{1,9}(\.\d{1,2})?$/.test(text), 'a number such as 128 or 128.50');

/** One purchase in a few words; what is left out is filled in. */
export const shortEventSchema = z.strictObject({
  /** Token or last four digits of a card the bank has issued. */
  card: z.union([z.string(), z.number()]).transform((value) => String(value).padStart(4, '0')),
  /** In units of the currency: 128.50. */
  amount: amountSchema,
  currency: z
    .string()
    .toUpperCase()
    .refine((code) => code in CURRENCIES, `one of ${Object.keys(CURRENCIES).join(', ')}`)
    .default('CNY'),
  merchant: z.string().min(1).max(512).default('TEST SHOP'),
  country: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'two letters, e.g. CN, US')
    .default('CN'),
  mcc: z
    .union([z.string(), z.number()])
    .transform((value) => String(value).padStart(4, '0'))
    .refine((code) => /^\d{4}$/.test(code), 'four digits, e.g. 5411')
    .default('5399'),
  entryMode: z
    .enum(['chip', 'contactless', 'magstripe', 'manual', 'ecommerce', 'moto', 'wallet'])
    .default('ecommerce'),
  declined: z.boolean().default(false),
  recurring: z.boolean().default(false),
  deviceId: z.string().min(1).max(128).optional(),
  occurredAt: z.iso.datetime().optional(),
});
export type ShortEvent = z.output<typeof shortEventSchema>;

const fullEventSchema = z.strictObject({
  type: z.string().min(1),
  detail: z.record(z.string(), z.unknown()),
});

/** Reads what the injector was sent: a bank event in full, or a purchase in short. */
export function readInjected(body: unknown, directory: Directory, now: () => Date): BankEntry {
  const isFull = typeof body === 'object' && body !== null && 'detail' in body;
  if (isFull) return parse(fullEventSchema, body, 'a bank event in full: {"type": "…", "detail": {…}}');
  const short = parse(
    shortEventSchema,
    body,
    'a purchase in short: {"card": "4417", "amount": 128.5, "merchant": "…"}',
  );
  const card = directory.findCard(short.card);
  if (card === undefined) {
    const known = [...directory.cards.keys()].map((token) => directory.cardName(token)).join(', ');
    throw new PlainError(
      `There is no card ${short.card}. Known: ${known || 'none yet'}.\n` +
        'A new card needs the event CardIssued first, or send the purchase in full.',
    );
  }
  return { type: 'TransactionAuthorized', detail: detailOf(short, card, now()) };
}

function detailOf(short: ShortEvent, card: KnownCard, now: Date): Record<string, unknown> {
  const { currency } = short;
  const money = CURRENCIES[currency] ?? { decimals: 2, yuan: 1 };
  const billed = CURRENCIES[card.billingCurrency];
  if (billed === undefined)
    throw new PlainError(
      `Card ${card.lastFour} is billed in ${card.billingCurrency}: send the purchase in full.`,
    );
  const isForeign = currency !== card.billingCurrency;
  const minor = Math.round(Number(short.amount) * 10 ** money.decimals);
  const rate = money.yuan / billed.yuan;
  const billingMinor = isForeign ? Math.round(Number(short.amount) * rate * 10 ** billed.decimals) : minor;
  return {
    schemaVersion: 1,
    transactionId: `try-${randomUUID()}`,
    cardToken: card.cardToken,
    cardholderId: card.cardholderId,
    accountOwnerId: card.accountOwnerId,
    occurredAt: short.occurredAt ?? now.toISOString(),
    outcome: short.declined ? 'declined' : 'approved',
    amount: { minor, currency },
    billing: {
      minor: billingMinor,
      currency: card.billingCurrency,
      ...(isForeign ? { rate: String(Number(rate.toPrecision(6))) } : {}),
    },
    merchant: {
      id: `m-${short.merchant
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 40)}-${short.country}`,
      name: short.merchant,
      mcc: short.mcc,
      country: short.country,
    },
    entryMode: short.entryMode,
    recurring: short.recurring,
    merchantInitiated: short.recurring,
    ...(short.deviceId === undefined ? {} : { deviceId: short.deviceId }),
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown, wanted: string): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `  ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`,
  );
  throw new PlainError(`This is not ${wanted}\n${problems.join('\n')}`);
}
