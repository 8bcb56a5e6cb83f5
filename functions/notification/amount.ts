import { minorUnitDecimals } from '../transaction/currency.ts';
import type { Language } from './merchant-name.ts';

export interface Amount {
  /** Minor units of the currency, as the bank's events carry them. */
  readonly minor: number;
  /** ISO 4217 letters. */
  readonly currency: string;
}

const chineseNames: Readonly<Record<string, string>> = {
  CNY: '元',
  USD: '美元',
  HKD: '港元',
  EUR: '欧元',
  GBP: '英镑',
  JPY: '日元',
  KRW: '韩元',
  SGD: '新加坡元',
  AUD: '澳元',
  CAD: '加元',
  TWD: '新台币',
  THB: '泰铢',
};

/** `1,288.00元` in Chinese, `CNY 1,288.00` in English: letters, never a sign (`¥` makes a text UCS-2). */
export function formatAmount(amount: Amount, language: Language): string {
  const figure = formatFigure(amount);
  if (language === 'en') return `${amount.currency} ${figure}`;
  return `${figure}${chineseNames[amount.currency] ?? amount.currency}`;
}

function formatFigure({ minor, currency }: Amount): string {
  const places = minorUnitDecimals(currency);
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = places > 0 ? `.${digits.slice(-places)}` : '';
  return `${minor < 0 ? '-' : ''}${whole}${rest}`;
}
