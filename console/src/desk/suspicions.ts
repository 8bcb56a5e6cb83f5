import type { Money } from '../shared/format.ts';
import type { Whole } from './answers.ts';

/** A suspicious transaction as the desk shows it, read with care: old alerts may lack what is newer. */
export interface Suspicious {
  readonly transactionId: string;
  readonly merchantName: string;
  readonly amount: Money;
  readonly occurredAt?: string;
  readonly country?: string;
  readonly mcc?: string;
  readonly declined: boolean;
  readonly recurring: boolean;
  readonly reasons: readonly { readonly code: string; readonly values: string }[];
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** No control, bidi or invisible character of a merchant's name reaches the page (H19). */
const clean = (name: string): string => name.replace(/\p{C}/gu, '').slice(0, 64).trim();

export function transactionsOf({ alert }: Whole): readonly Suspicious[] {
  return (alert?.transactions ?? []).map((raw) => {
    const one = record(raw);
    const amount = record(one.amount);
    return {
      transactionId: text(one.transactionId) ?? '',
      merchantName: clean(text(one.merchantName) ?? ''),
      amount: { minor: Number(amount.minor ?? 0), currency: text(amount.currency) ?? 'CNY' },
      occurredAt: text(one.occurredAt),
      country: text(one.country),
      mcc: text(one.mcc),
      declined: one.declined === true,
      recurring: one.recurring === true,
      reasons: list(one.reasons).map((each) => {
        const reason = record(each);
        const values = Object.entries(record(reason.values)).map(
          ([name, value]) => `${name} = ${String(value)}`,
        );
        return { code: text(reason.code) ?? '', values: values.join(', ') };
      }),
    };
  });
}
