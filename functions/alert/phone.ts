import * as z from 'zod/mini';

/** A settled alert stays findable by its phone this long, so that a late NO still holds. */
export const PHONE_ALERT_DAYS = 7;
/** Alerts one phone keeps; a phone with more is a test of cards, and its oldest alerts have a person already. */
const MOST_ALERTS = 50;
/** Digits 1 and 2 are answers, so a tag is one of the others. */
const TAGS = ['3', '4', '5', '6', '7', '8', '9'];
/** Neutral answers a day to a number that nothing is open for (H30). */
export const NEUTRAL_ANSWERS_PER_DAY = 2;

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
 * What we know of a number texts come from, under its digest: the alerts asked there (several when cards or
 * people share it), whether it opted out, and how often it was answered for nothing today.
 */
export const phoneSchema = z.object({
  digest: z.string(),
  /** `tag`: the digit that names the alert in a reply; none left when seven others have one. */
  alerts: z.array(z.object({ alertId: z.string(), at: z.string(), tag: z.optional(z.string()) })),
  /** Stands while the number wants no texts. */
  optedOut: z.optional(consentSchema),
  /** The last time it wanted texts again; with the one above the proof that is asked for. */
  optedIn: z.optional(consentSchema),
  /** Of items written before opt-outs had a source. */
  optedOutAt: z.optional(z.string()),
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

export function withAlert(phone: Phone, alertId: string, at: string): Phone {
  const kept = phone.alerts.filter((known) => known.alertId !== alertId);
  const before = phone.alerts.find((known) => known.alertId === alertId)?.tag;
  const tag = before ?? TAGS.find((free) => kept.every((known) => known.tag !== free));
  return { ...phone, alerts: [...kept, { alertId, at, tag }].slice(-MOST_ALERTS) };
}

/** The phone with one more neutral answer; undefined when today's are used up. */
export function withNeutralAnswer(phone: Phone, at: string): Phone | undefined {
  const day = at.slice(0, 10);
  const count = phone.neutralDay === day ? phone.neutralCount : 0;
  if (count >= NEUTRAL_ANSWERS_PER_DAY) return undefined;
  return { ...phone, neutralDay: day, neutralCount: count + 1, seq: phone.seq + 1 };
}
