import { minorUnitDecimals } from '../../functions/transaction/currency.ts';
import { HOME_CURRENCY } from './places.ts';

/** Yuan for one major unit, roughly those of 2025: made up to two digits, decimal text as a scheme quotes it. */
const rates: Readonly<Record<string, string>> = {
  USD: '7.18',
  EUR: '7.82',
  GBP: '9.14',
  HKD: '0.92',
  MOP: '0.89',
  JPY: '0.048',
  KRW: '0.0052',
  SGD: '5.42',
  THB: '0.21',
  MYR: '1.63',
  AUD: '4.71',
  AED: '1.95',
  IDR: '0.00044',
  BRL: '1.31',
  MXN: '0.38',
};

/** Smallest step prices of a currency come in, in major units. */
const steps: Readonly<Record<string, number>> = { JPY: 10, KRW: 100, IDR: 500, THB: 1 };

export interface Charged {
  readonly amount: { readonly minor: number; readonly currency: string };
  readonly billing: { readonly minor: number; readonly currency: string; readonly rate?: string };
}

/** A price of so many yuan, asked in that currency, billed in yuan. */
export function chargeOf(yuan: number, currency: string): Charged {
  if (currency === HOME_CURRENCY) {
    const minor = Math.round(yuan * 100);
    return { amount: { minor, currency }, billing: { minor, currency } };
  }
  const rate = rates[currency];
  if (rate === undefined) throw new Error(`no rate of ${currency}`);
  const step = steps[currency] ?? 10 ** -minorUnitDecimals(currency);
  const major = yuan > 0 ? Math.max(step, Math.round(yuan / Number(rate) / step) * step) : 0;
  return inForeign(Math.round(major * 10 ** minorUnitDecimals(currency)), currency, rate);
}

/** A price of so many major units in that currency: 1,299 in USD. */
export function chargeIn(major: number, currency: string): Charged {
  return currency === HOME_CURRENCY
    ? chargeOf(major, currency)
    : chargeOf(major * Number(rates[currency]), currency);
}

/** The same charge with another amount in the purchase's currency: a tip, a part of it. `share` of the whole. */
export function scaled(charged: Charged, share: number): Charged {
  const { amount, billing } = charged;
  const minor = Math.max(1, Math.round(amount.minor * share));
  if (billing.rate === undefined) {
    return { amount: { ...amount, minor }, billing: { ...billing, minor } };
  }
  return inForeign(minor, amount.currency, billing.rate);
}

function inForeign(minor: number, currency: string, rate: string): Charged {
  const yuan = (minor / 10 ** minorUnitDecimals(currency)) * Number(rate);
  return {
    amount: { minor, currency },
    billing: { minor: Math.round(yuan * 100), currency: HOME_CURRENCY, rate },
  };
}
