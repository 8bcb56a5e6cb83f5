import type { AlertStore } from '../alert/alert-store.ts';
import { movePhone } from '../alert/merge-phones.ts';
import { withCustomer } from '../alert/phone.ts';
import type { PhoneStore } from '../alert/phone-store.ts';
import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { ContactStore } from './contact-store.ts';

export type Rekeyed = 'rekeyed' | 'current' | 'no_phone' | 'missing';

/**
 * Brings one customer's number under the current key: contact, what is known of the number (opt-out, tags, customers)
 * and the alerts it is asked about, in one transaction. Until then all of it is found under the older digest, from
 * then on under both, so a reply finds its alert at any moment. Harmless when repeated.
 */
export function createRekeyContact(deps: {
  readonly db: Database;
  readonly contacts: Pick<ContactStore, 'get' | 'save'>;
  readonly phones: Pick<PhoneStore, 'get' | 'save'>;
  readonly alerts: Pick<AlertStore, 'get' | 'save'>;
  readonly cipher: Pick<PhoneCipher, 'decrypt'>;
  readonly digestsOf: (e164: string) => PhoneDigests;
}): (customerId: string) => Promise<Rekeyed> {
  return (customerId) =>
    retryWhenChanged(8, async () => {
      const contact = await deps.contacts.get(customerId);
      if (contact === undefined) return 'missing';
      const { phoneCipher, phoneDigest, changedAt } = contact;
      if (phoneCipher === undefined || phoneDigest === undefined) return 'no_phone';
      const e164 = await deps.cipher.decrypt({ ciphertext: phoneCipher, owner: customerId });
      const digests = deps.digestsOf(e164);
      const moved = await movePhone(deps.phones, digests, (phone) =>
        phone.customers?.includes(customerId) ? phone : withCustomer(phone, customerId, changedAt),
      );
      const alerts = await Promise.all(moved.phone.alerts.map(({ alertId }) => deps.alerts.get(alertId)));
      const asked = alerts.flatMap((alert) =>
        alert?.body.phoneDigest !== undefined &&
        alert.body.phoneDigest !== digests.current &&
        digests.all.includes(alert.body.phoneDigest)
          ? [alert]
          : [],
      );
      const writes: readonly Write<unknown>[] = [
        ...(phoneDigest === digests.current
          ? []
          : [deps.contacts.save(contact, { ...contact, phoneDigest: digests.current })]),
        ...moved.writes,
        ...asked.flatMap((alert) => deps.alerts.save(alert, { ...alert.body, phoneDigest: digests.current })),
      ];
      if (writes.length === 0) return 'current';
      return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'rekeyed';
    });
}
