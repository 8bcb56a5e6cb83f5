import { hash } from 'node:crypto';
import type { CardStore } from '../card/card-store.ts';
import type { Contact } from '../card/contact.ts';
import type { ContactStore } from '../card/contact-store.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Versioned } from '../platform/documents.ts';
import type { AlertStore } from './alert-store.ts';
import type { Candidate } from './choose-alert.ts';
import { PHONE_ALERT_DAYS, type Phone } from './phone.ts';
import type { PhoneStore } from './phone-store.ts';

/** The number a text came from, with whose it is and the alerts that were asked there. */
export interface Sender {
  readonly digest: string;
  /** All of the number's digests, while keys rotate. */
  readonly digests: readonly string[];
  readonly phone: Versioned<Phone> | undefined;
  /** Customers whose contact has this number today; none where it is known to be wrong. */
  readonly owners: readonly Contact[];
  readonly candidates: readonly Candidate[];
}

export interface FindSenderDeps {
  readonly phones: PhoneStore;
  readonly alerts: AlertStore;
  readonly cards: CardStore;
  readonly contacts: Pick<ContactStore, 'get'>;
  readonly now: () => Date;
}

/** Everything a text from this number may be about, read anew; while keys rotate it has several digests. */
export async function findSender(deps: FindSenderDeps, digests: PhoneDigests): Promise<Sender> {
  const found = await Promise.all(digests.all.map((digest) => deps.phones.get(digest)));
  // A phone that moved when a key was rotated answers under its older digests too.
  const known = [...new Map(found.map((one) => [one?.body.digest, one])).values()];
  const phone = known.find((found) => found !== undefined);
  const refs = known.flatMap((found) => found?.body.alerts ?? []);
  const read = await Promise.all(
    refs.map(async ({ alertId, tag }) => {
      const alert = await deps.alerts.get(alertId);
      if (alert === undefined) return undefined;
      const card = await deps.cards.get(alert.body.cardToken);
      return { alert: alert.body, lastFour: card?.body.lastFour, tag };
    }),
  );
  const oldest = deps.now().getTime() - PHONE_ALERT_DAYS * 86_400_000;
  const recent = read
    .filter((one) => one !== undefined)
    .filter(({ alert }) => alert.settledAt === undefined || Date.parse(alert.settledAt) >= oldest);
  const customers = new Set([
    ...known.flatMap((one) => one?.body.customers ?? []),
    ...recent.map(({ alert }) => alert.customerId),
  ]);
  const isWrong = known.some((one) => one?.body.wrongNumberAt !== undefined);
  const owners = isWrong ? [] : await ownersAmong(deps, [...customers], digests);
  return {
    digest: phone?.body.digest ?? digests.current,
    digests: digests.all,
    phone,
    owners,
    candidates: recent.map((one) => ({
      ...one,
      current: owners.some(({ customerId }) => customerId === one.alert.customerId),
    })),
  };
}

/** What the phone remembers only finds: whose number it is says the contact of today. */
async function ownersAmong(
  deps: FindSenderDeps,
  customers: readonly string[],
  digests: PhoneDigests,
): Promise<readonly Contact[]> {
  const contacts = await Promise.all(customers.map((customerId) => deps.contacts.get(customerId)));
  return contacts
    .filter((contact) => contact !== undefined)
    .filter(({ phoneDigest }) => phoneDigest !== undefined && digests.all.includes(phoneDigest));
}

/**
 * Ids of a text whose provider gave none: the same text of the same moment has the same, so that its second delivery
 * acts no more (H5). Made of the masked words, and of the number's digests: neither can be guessed from an id.
 */
export function idsFromContent(
  text: { readonly provider: string; readonly sentAt: string; readonly words: string },
  digests: PhoneDigests,
): readonly string[] {
  return digests.all.map((digest) => {
    const content = [text.provider, digest, text.sentAt, text.words].join('\n');
    return `content.${hash('sha256', content, 'base64url')}`;
  });
}
