import type { Language } from './language.ts';

export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const formats = new Map<string, Intl.NumberFormat>();

/** `USD 1,299.00`: letters, as in texts and e-mails, so that one amount reads alike on every channel. */
export function money({ minor, currency }: Money, language: Language): string {
  const key = `${language} ${currency}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' });
  formats.set(key, format);
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** decimals).replace(/\u00a0/g, ' ');
}

export interface TimeFormat {
  readonly language: Language;
  readonly zone: string;
}

/** `Mar 14, 23:40`, in the issuer's zone as on every channel. */
export function moment(at: string, { language, zone }: TimeFormat): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

/** `23:40`: what people are told to do something by. */
export function minute(at: string, { language, zone }: TimeFormat): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

/** With seconds: what says as of when something is true. */
export function clock(at: string, { language, zone }: TimeFormat): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));
}

export function day(at: string, { language, zone }: TimeFormat): string {
  return new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: 'medium' }).format(new Date(at));
}

/** `1:02:03`, `4:59`, and `-0:07` once it is over: the digits of a countdown keep their places. */
export function countdown(milliseconds: number): string {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const text =
    hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  return milliseconds < 0 && seconds > 0 ? `-${text}` : text;
}

/** `6 days 5 hours left`: who waits for days needs no seconds that run. */
export function timeLeft(milliseconds: number, language: Language): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  const units = {
    day: Math.floor(minutes / 1_440),
    hour: Math.floor(minutes / 60) % 24,
    minute: minutes % 60,
  };
  const said = (['day', 'hour', 'minute'] as const)
    .filter((unit) => units[unit] > 0 && !(unit === 'minute' && units.day > 0))
    .map((unit) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(units[unit]),
    );
  return language === 'en' ? `${said.join(' ')} left` : `还剩${said.join('')}`;
}
