import * as z from 'zod/mini';

/** An alert stays findable by its phone this long after it opened, so that a late NO still holds. */
export const PHONE_ALERT_DAYS = 7;
const MOST_ALERTS = 20;
/** Digits 1 and 2 are answers, so a tag is one of the others. */
const TAGS = ['3', '4', '5', '6', '7', '8', '9'];
/** Neutral answers a day to a number that nothing is open for (H30). */
export const NEUTRAL_ANSWERS_PER_DAY = 2;

/**
 * What we know of a number texts come from, under its digest: the alerts asked there (several when cards or
 * people share it), whether it opted out, and how often it was answered for nothing today.
 */
export const phoneSchema = z.object({
  digest: z.string(),
  /** `tag`: the digit that names the alert in a reply; none left when seven others have one. */
  alerts: z.array(z.object({ alertId: z.string(), at: z.string(), tag: z.optional(z.string()) })),
  optedOutAt: z.optional(z.string()),
  neutralDay: z.optional(z.string()),
  neutralCount: z.int(),
  /** Counts the texts this number was answered on its own, i.e. without an alert. */
  seq: z.int(),
});
export type Phone = z.output<typeof phoneSchema>;

export const newPhone = (digest: string): Phone => ({ digest, alerts: [], neutralCount: 0, seq: 0 });

export function withAlert(phone: Phone, alertId: string, at: string): Phone {
  const oldest = Date.parse(at) - PHONE_ALERT_DAYS * 86_400_000;
  const kept = phone.alerts.filter((known) => Date.parse(known.at) >= oldest && known.alertId !== alertId);
  const tag = TAGS.find((free) => kept.every((known) => known.tag !== free));
  return { ...phone, alerts: [...kept, { alertId, at, tag }].slice(-MOST_ALERTS) };
}

/** The phone with one more neutral answer; undefined when today's are used up. */
export function withNeutralAnswer(phone: Phone, at: string): Phone | undefined {
  const day = at.slice(0, 10);
  const count = phone.neutralDay === day ? phone.neutralCount : 0;
  if (count >= NEUTRAL_ANSWERS_PER_DAY) return undefined;
  return { ...phone, neutralDay: day, neutralCount: count + 1, seq: phone.seq + 1 };
}
