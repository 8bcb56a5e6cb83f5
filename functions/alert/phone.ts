import * as z from 'zod/mini';

/** A settled alert stays findable by its phone this long, so that a late NO still holds. */
export const PHONE_ALERT_DAYS = 7;
/** Alerts one phone keeps; a phone with more is a test of cards, and its oldest alerts have a person already. */
const MOST_ALERTS = 50;
/** Digits 1 and 2 are answers, so a tag is one of the others. */
const TAGS = ['3', '4', '5', '6', '7', '8', '9'];
/** Neutral answers a day to a number that nothing is open for (H30). */
export const NEUTRAL_ANSWERS_PER_DAY = 2;
/** Answers a day to what a customer asks for by text without an alert, the neutral ones counted in (H7, H11). */
export const COMMAND_ANSWERS_PER_DAY = 4;
/** Customers one number is remembered for; more are no family, and it counts as shared all the same. */
const MOST_CUSTOMERS = 20;

/** Who said that a number wants no texts: its owner by text or in the app, an agent, or the provider who refused one. */
export const consentSources = ['sms', 'provider', 'app', 'staff'] as const;
export type ConsentSource = (typeof consentSources)[number];

const consentSchema = z.object({
  at: z.string(),
  source: z.enum(consentSources),
  /** The customer's own word for it (`TD`, `START`), where there was one. */
  word: z.optional(z.string()),
});
export type Consent = z.output<typeof consentSchema>;

/**
 * What we know of a number texts come from, under its digest: the customers the bank reaches there, the alerts asked
 * there (several when cards or people share it), whether it opted out or is somebody else's, and how often it was
 * answered for nothing today.
 */
export const phoneSchema = z.object({
  digest: z.string(),
  /** `tag`: the digit that names the alert in a reply; none left when seven others have one. */
  alerts: z.array(z.object({ alertId: z.string(), at: z.string(), tag: z.optional(z.string()) })),
  /** Stands while the number wants no texts. */
  optedOut: z.optional(consentSchema),
  /** The last time it wanted texts again; with the one above the proof that is asked for. */
  optedIn: z.optional(consentSchema),
  /** Customers whose contact has this number, as the bank told us last; absent until it did. */
  customers: z.optional(z.array(z.string())),
  /** Of items written before opt-outs had a source. */
  optedOutAt: z.optional(z.string()),
  /** Whoever has the number says it is not our customer's: unverified, and not texted any more (H8). */
  wrongNumberAt: z.optional(z.string()),
  /** The key was rotated: everything is under this digest now, and nothing here. */
  movedTo: z.optional(z.string()),
  /** Digests under older keys that lead here. */
  movedFrom: z.optional(z.array(z.string())),
  neutralDay: z.optional(z.string()),
  neutralCount: z.int(),
  /** Counts the texts this number was answered on its own, i.e. without an alert. */
  seq: z.int(),
});
export type Phone = z.output<typeof phoneSchema>;

export const newPhone = (digest: string): Phone => ({ digest, alerts: [], neutralCount: 0, seq: 0 });

/** Whether the number wants no texts; a code its owner asks for may still be sent. */
export const hasOptedOut = (phone: Phone | undefined): boolean =>
  phone?.optedOut !== undefined || phone?.optedOutAt !== undefined;

/** The phone that wants no more texts; undefined when it wants none already: the first time and source stay. */
export const optedOut = (phone: Phone, consent: Consent): Phone | undefined =>
  hasOptedOut(phone) ? undefined : { ...phone, optedOut: consent };

/** The phone that wants texts again; undefined when it never stopped wanting them. */
export function optedIn(phone: Phone, consent: Consent): Phone | undefined {
  if (!hasOptedOut(phone)) return undefined;
  return { ...phone, optedOut: undefined, optedOutAt: undefined, optedIn: consent };
}

/** The phone without alerts that were settled more than a week ago; one unsettled is never forgotten. */
export function withoutSettled(
  phone: Phone,
  settledAt: (alertId: string) => string | undefined,
  at: string,
): Phone {
  const oldest = Date.parse(at) - PHONE_ALERT_DAYS * 86_400_000;
  const kept = phone.alerts.filter(({ alertId }) => Date.parse(settledAt(alertId) ?? at) >= oldest);
  return kept.length === phone.alerts.length ? phone : { ...phone, alerts: kept };
}

/** The phone with those of its alerts that `keeps` names. */
export const withOnly = (phone: Phone, keeps: (alertId: string) => boolean): Phone => ({
  ...phone,
  alerts: phone.alerts.filter(({ alertId }) => keeps(alertId)),
});

export function withAlert(phone: Phone, alertId: string, at: string): Phone {
  const kept = phone.alerts.filter((known) => known.alertId !== alertId);
  const before = phone.alerts.find((known) => known.alertId === alertId)?.tag;
  const tag = before ?? TAGS.find((free) => kept.every((known) => known.tag !== free));
  return { ...phone, alerts: [...kept, { alertId, at, tag }].slice(-MOST_ALERTS) };
}

/**
 * The phone as one of its customers' contact has it since `changedAt` (ISO). What the bank says later than a "wrong
 * number" lifts that: it knows the number anew (H8).
 */
export function withCustomer(phone: Phone, customerId: string, changedAt: string): Phone {
  const { customers = [], wrongNumberAt } = phone;
  const lifted = wrongNumberAt !== undefined && Date.parse(changedAt) > Date.parse(wrongNumberAt);
  if (!lifted && customers.includes(customerId)) return phone;
  const others = customers.filter((known) => known !== customerId);
  return {
    ...phone,
    customers: [...others, customerId].slice(-MOST_CUSTOMERS),
    ...(lifted ? { wrongNumberAt: undefined } : {}),
  };
}

/** The phone after a customer moved to another number. */
export function withoutCustomer(phone: Phone, customerId: string): Phone {
  if (!phone.customers?.includes(customerId)) return phone;
  return { ...phone, customers: phone.customers.filter((known) => known !== customerId) };
}

/** Why a number gets no texts. */
export function noTextsTo(phone: Phone | undefined): 'opted_out' | 'wrong_number' | undefined {
  if (hasOptedOut(phone)) return 'opted_out';
  return phone?.wrongNumberAt === undefined ? undefined : 'wrong_number';
}

/** Whether the bank reaches anybody else there: then every text that asks names its alert (H9). */
export const isShared = (phone: Phone, customerId: string): boolean =>
  phone.customers?.some((known) => known !== customerId) ?? false;

/** The phone with one more answer of its own; undefined when today's are used up. */
export function withNeutralAnswer(
  phone: Phone,
  at: string,
  mostPerDay: number = NEUTRAL_ANSWERS_PER_DAY,
): Phone | undefined {
  const day = at.slice(0, 10);
  const count = phone.neutralDay === day ? phone.neutralCount : 0;
  if (count >= mostPerDay) return undefined;
  return { ...phone, neutralDay: day, neutralCount: count + 1, seq: phone.seq + 1 };
}
