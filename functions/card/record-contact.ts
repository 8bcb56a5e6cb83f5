import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Contact } from './contact.ts';
import type { ContactStore } from './contact-store.ts';
import type { CustomerContactChanged } from './events.ts';

/**
 * Takes a customer's contact, newest version only (I8, H32). The number is encrypted for its owner before it is
 * stored; its digest finds it again.
 */
export function createRecordContact(deps: {
  db: Database;
  contacts: ContactStore;
  cipher: Pick<PhoneCipher, 'encrypt'>;
  digestsOf: (e164: string) => Promise<PhoneDigests>;
}) {
  return async (event: CustomerContactChanged): Promise<{ outcome: 'recorded' | 'older' }> => {
    const { customerId, sourceVersion, name, language, email, phone, occurredAt } = event;
    const before = await deps.contacts.get(customerId);
    if (before !== undefined && before.sourceVersion >= sourceVersion) return { outcome: 'older' };
    const digests = phone === null ? undefined : await deps.digestsOf(phone);
    const samePhone =
      digests === undefined
        ? before?.phoneDigest === undefined
        : digests.all.includes(before?.phoneDigest ?? '');
    const contact: Contact = {
      customerId,
      sourceVersion,
      name,
      language,
      email,
      changedAt: occurredAt,
      phoneChangedAt: before !== undefined && !samePhone ? occurredAt : before?.phoneChangedAt,
      phoneDigest: digests?.current,
      phoneCipher: phone === null ? undefined : await deps.cipher.encrypt({ e164: phone, owner: customerId }),
    };
    const writes: readonly Write<unknown>[] = [
      deps.contacts.save(contact),
      ...(event.identities ?? []).map((identity) => deps.contacts.saveIdentity(identity, customerId)),
    ];
    const committed = await deps.db.commit(writes);
    return { outcome: committed.outcome === 'refused' ? 'older' : 'recorded' };
  };
}
