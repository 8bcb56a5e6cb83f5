import type { Agenda } from './agenda.ts';
import type { Category } from './categories.ts';
import type { Chance } from './chance.ts';
import { type Authorized, type EntryMode, type Truth, utc } from './events.ts';
import type { Merchant } from './merchants.ts';
import { type Charged, chargeOf, scaled } from './money.ts';
import type { Card } from './people.ts';
import { HOME_COUNTRY } from './places.ts';

/** A purchase that is tried. */
export interface Attempt {
  readonly card: Card;
  readonly merchant: Merchant;
  readonly at: number;
  /** 0: an account verification. */
  readonly yuan: number;
  readonly entryMode: EntryMode;
  readonly outcome?: 'approved' | 'declined';
  readonly deviceId?: string;
  /** A subscription's charge. */
  readonly isRecurring?: boolean;
  readonly truth?: Omit<Truth, 'transactionId' | 'cardToken'>;
}

/** Puts the authorisation on the agenda and gives it back. */
export function authorise(agenda: Agenda, attempt: Attempt): Authorized {
  const { card, merchant, at, truth, isRecurring = false } = attempt;
  const transactionId = `t-${card.index.toString(36)}-${(card.transactions++).toString(36)}`;
  const { city, category, name, id } = merchant;
  const detail: Authorized = {
    schemaVersion: 1,
    transactionId,
    cardToken: card.token,
    cardholderId: card.holder.customerId,
    accountOwnerId: card.accountOwnerId,
    occurredAt: utc(at),
    outcome: attempt.outcome ?? 'approved',
    ...chargeOf(attempt.yuan, city.currency),
    merchant: { id, name, mcc: category.mcc, country: city.country, ...(city.shown && { city: city.shown }) },
    entryMode: attempt.entryMode,
    recurring: isRecurring,
    merchantInitiated: isRecurring,
    ...(attempt.deviceId !== undefined && { deviceId: attempt.deviceId }),
  };
  agenda.add({
    at,
    line: { type: 'TransactionAuthorized', detail },
    ...(truth && { truth: { transactionId, cardToken: card.token, ...truth } }),
  });
  return detail;
}

/** Shares of approved purchases. Made up; that tips are added later and pumps authorise more than is filled is common. */
const REVERSED_AT_ONCE = 0.004;
const PARTIAL_REFUND = 0.2;
const FOREIGN_FEE = 0.015;
const HOUR_MS = 3_600_000;

/** What becomes of an approved purchase: posted after a day or two, reversed at once, or given back later. */
export function followUp(agenda: Agenda, chance: Chance, purchase: Authorized, category: Category): void {
  const at = Date.parse(purchase.occurredAt);
  const { transactionId, cardToken, amount, billing } = purchase;
  const base = { schemaVersion: 1, transactionId, cardToken } as const;
  if (amount.minor === 0) return;
  if (chance.happens(REVERSED_AT_ONCE)) {
    const reversedAt = at + Math.round(chance.between(20, 900)) * 1000;
    const detail = { ...base, reversedAt: utc(reversedAt), kind: 'reversal', amount } as const;
    agenda.add({ at: reversedAt, line: { type: 'TransactionReversed', detail } });
    return;
  }
  const isForeign = purchase.merchant.country !== HOME_COUNTRY;
  const postedAt = at + Math.round(chance.between(14, isForeign ? 70 : 40) * 3600) * 1000;
  const final: Charged = hasTip(purchase) ? scaled({ amount, billing }, 1.18) : { amount, billing };
  const fee = isForeign ? { feeMinor: Math.round(final.billing.minor * FOREIGN_FEE) } : {};
  agenda.add({
    at: postedAt,
    line: {
      type: 'TransactionPosted',
      detail: {
        ...base,
        postedAt: utc(postedAt),
        amount: final.amount,
        billing: { ...final.billing, ...fee },
      },
    },
  });
  if (!chance.happens(category.refunds)) return;
  const refundedAt = postedAt + Math.round(chance.logNormal(96, 0.7) * 3600) * 1000 + HOUR_MS;
  const part = chance.happens(PARTIAL_REFUND) ? chance.between(0.1, 0.7) : 1;
  agenda.add({
    at: refundedAt,
    line: {
      type: 'TransactionReversed',
      detail: {
        ...base,
        reversedAt: utc(refundedAt),
        kind: 'refund',
        amount: scaled({ amount, billing }, part).amount,
      },
    },
  });
}

const hasTip = ({ merchant }: Authorized): boolean => merchant.mcc === '5812' && merchant.country === 'US';

/** A price of this kind of merchant, in yuan; `factor` for who buys and where. */
export function priceOf(chance: Chance, category: Category, factor: number): number {
  const { prices } = category;
  if (typeof prices !== 'string') return chance.pick(prices);
  const yuan = chance.logNormal(category.median * factor, category.sigma);
  switch (prices) {
    case 'whole':
      return Math.max(1, Math.round(yuan));
    case 'hundreds':
      return Math.min(5000, Math.max(100, Math.round(yuan / 100) * 100));
    case 'free':
      return Math.max(0.5, Math.round(yuan * 10) / 10 + (chance.happens(0.3) ? chance.below(10) / 100 : 0));
  }
}
