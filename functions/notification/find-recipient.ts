import type { Contact } from '../card/contact.ts';
import { canText } from './phone.ts';
import type { SendTextDeps } from './send-text.ts';
import { laneOf } from './sms-caps.ts';
import { routeTo, type SmsRoute } from './sms-routes.ts';
import type { Payload } from './text-payload.ts';

type RecipientDeps = Pick<SendTextDeps, 'alertOf' | 'presentDigest' | 'noTextsTo' | 'cipher' | 'sender'>;

export type Recipient =
  | {
      readonly kind: 'number';
      readonly e164: string;
      readonly country: string;
      readonly route: SmsRoute;
      readonly phoneDigest?: string;
      readonly cardToken?: string;
    }
  | { readonly kind: 'none'; readonly reason: string }
  /** Answered, expired or asked anew since it was put out: the words would not be true any more. */
  | { readonly kind: 'outdated' };

/** Where a text goes, read anew when it is sent; or why there is no such place. */
export async function findRecipient(
  deps: RecipientDeps,
  payload: Payload,
  contact: Contact | undefined,
): Promise<Recipient> {
  const alert = payload.alertId === undefined ? undefined : await deps.alertOf(payload.alertId);
  if (alert !== undefined) {
    if (alert.status !== 'open' || alert.question !== payload.question) return { kind: 'outdated' };
    // The alert is known under the number it was opened with; an answer from another would find nothing.
    if (!(await isSamePhone(deps, alert.phoneDigest, contact?.phoneDigest)))
      return { kind: 'none', reason: 'phone_changed' };
  }
  if (payload.code !== undefined && payload.code.phoneDigest !== contact?.phoneDigest) {
    return { kind: 'none', reason: 'phone_changed' };
  }
  const cipher = payload.to?.phoneCipher ?? contact?.phoneCipher;
  const owner = payload.to?.owner ?? contact?.customerId;
  const phoneDigest = payload.to?.digest ?? payload.to?.owner ?? contact?.phoneDigest;
  if (cipher === undefined || owner === undefined) return { kind: 'none', reason: 'no_phone' };
  const refused = phoneDigest === undefined ? undefined : await deps.noTextsTo(phoneDigest);
  if (refused !== undefined && !mayGoAllTheSame(payload, refused)) {
    return { kind: 'none', reason: refused };
  }
  const e164 = await deps.cipher.decrypt({ ciphertext: cipher, owner });
  const allowed = canText(e164, deps.sender.countries);
  if (!allowed.ok) return { kind: 'none', reason: allowed.reason };
  const routed = routeTo(allowed.country, { provider: 'sns', ...deps.sender });
  if (!routed.ok) return { kind: 'none', reason: routed.reason };
  return {
    kind: 'number',
    e164,
    country: allowed.country,
    route: routed.route,
    phoneDigest,
    cardToken: alert?.cardToken,
  };
}

async function isSamePhone(
  deps: Pick<RecipientDeps, 'presentDigest'>,
  asked: string | undefined,
  today: string | undefined,
): Promise<boolean> {
  if (asked === today) return true;
  if (asked === undefined || today === undefined) return false;
  return (await deps.presentDigest(asked)) === (await deps.presentDigest(today));
}

/**
 * What goes to a number that opted out: the confirmation of it, and a code its owner asks for in the app. To one that
 * is somebody else's: the last, neutral answer.
 */
const mayGoAllTheSame = ({ text }: Payload, refused: 'opted_out' | 'wrong_number'): boolean =>
  refused === 'opted_out'
    ? text.kind === 'stopConfirmed' || laneOf(text.kind) === 'code'
    : text.kind === 'wrongNumberNoted';
