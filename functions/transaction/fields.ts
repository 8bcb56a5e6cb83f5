import * as z from 'zod/mini';
import { looksLikeCardNumber } from './card-number.ts';
import { isCurrency } from './currency.ts';

/**
 * The fields bank events are made of. Every string has a cap, because an event is stored and shown;
 * identifiers that become part of a key exclude `#`, the separator of our keys.
 */
export const CARD_NUMBER_MESSAGE = 'looks like a card number';
export const UNKNOWN_CURRENCY_MESSAGE = 'unknown currency';

const keySafeId = /^[A-Za-z0-9._:@-]{1,64}$/;
const visibleAscii = /^[\x21-\x7e]{1,64}$/;

/** The issuer's token of a card. Never the card number: what reads like one is refused (PCI DSS 3.x). */
export const cardTokenSchema = z
  .string()
  .check(
    z.regex(keySafeId),
    z.refine((token) => !looksLikeCardNumber(token), CARD_NUMBER_MESSAGE),
  )
  .brand<'CardToken'>();
export type CardToken = z.output<typeof cardTokenSchema>;

/** A person in the bank's customer system: cardholder and account owner are roles of one (附属卡). */
export const customerIdSchema = z.string().check(z.regex(keySafeId)).brand<'CustomerId'>();
export type CustomerId = z.output<typeof customerIdSchema>;

/** The bank's id of one authorisation; its posting and its reversal carry the same. */
export const transactionIdSchema = z.string().check(z.regex(visibleAscii)).brand<'TransactionId'>();
export type TransactionId = z.output<typeof transactionIdSchema>;

/** The acquirer's merchant id, as sent (ISO 8583 field 42 may be padded with spaces). */
export const merchantIdSchema = z.string().check(z.minLength(1), z.maxLength(64)).brand<'MerchantId'>();
export type MerchantId = z.output<typeof merchantIdSchema>;

/** ISO 4217, upper case, with a minor unit. */
export const currencySchema = z
  .string()
  .check(z.refine(isCurrency, UNKNOWN_CURRENCY_MESSAGE))
  .brand<'Currency'>();
export type Currency = z.output<typeof currencySchema>;

/** ISO 3166-1 alpha-2, upper case. */
export const countrySchema = z
  .string()
  .check(z.regex(/^[A-Z]{2}$/))
  .brand<'Country'>();
export type Country = z.output<typeof countrySchema>;

/** ISO 18245 merchant category code. */
export const mccSchema = z
  .string()
  .check(z.regex(/^\d{4}$/))
  .brand<'Mcc'>();
export type Mcc = z.output<typeof mccSchema>;

/** A moment, UTC with `Z`, of a real calendar day between 2000 and 2099. */
export const utcTimeSchema = z.string().check(z.refine(isUtcTime, 'not a UTC time')).brand<'UtcTime'>();
export type UtcTime = z.output<typeof utcTimeSchema>;

/** Minor units; 12 digits, the width of ISO 8583 field 4. */
const minorUnits = z.int().check(z.minimum(0), z.maximum(999_999_999_999));

export const moneySchema = z.object({ minor: minorUnits, currency: currencySchema });
export type Money = z.output<typeof moneySchema>;

/** Decimal text, as the scheme quoted it: a float would change it. */
const rateSchema = z.string().check(z.regex(/^\d{1,12}(\.\d{1,12})?$/));

/** What the cardholder is billed; the rate is there when it differs from the purchase's currency. */
export const billingSchema = z.object({
  minor: minorUnits,
  currency: currencySchema,
  rate: z.optional(rateSchema),
});
export const postedBillingSchema = z.object({
  minor: minorUnits,
  currency: currencySchema,
  rate: z.optional(rateSchema),
  feeMinor: z.optional(minorUnits),
});

export const schemaVersionOne = z.literal(1);
/** Counter the source raises with each change of its record; orders what arrives out of order. */
export const sourceVersionSchema = z.int().check(z.minimum(0));

const utcTimeForm = /^20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;

function isUtcTime(text: string): boolean {
  if (text.length > 30 || !utcTimeForm.test(text)) return false;
  const milliseconds = Date.parse(text);
  // `Date.parse` reads 30 February as 2 March and 24:00 as the next day: the day must come back unchanged.
  return !Number.isNaN(milliseconds) && new Date(milliseconds).getUTCDate() === Number(text.slice(8, 10));
}
