import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { Contact, Identity } from './contact.ts';
import type { ContactRefusal, ContactStore, IdentityRefusal } from './contact-store.ts';
import type { CustomerContactChanged } from './events.ts';

interface RecordContactDeps {
  readonly db: Database;
  readonly contacts: ContactStore;
  readonly cipher: Pick<PhoneCipher, 'encrypt'>;
  readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
}

interface Reach {
  readonly digests?: PhoneDigests;
  readonly phoneCipher?: string;
}

/**
 * Takes a customer's contact, newest version only (I8, H32). The number is encrypted for its owner before it is
 * stored; its digest finds it again. The event carries the whole contact: a log-in it does not name any more loses
 * its access (I11), unless it stands for another customer by now.
 */
export function createRecordContact(deps: RecordContactDeps) {
  return async (event: CustomerContactChanged): Promise<{ outcome: 'recorded' | 'older' }> => {
    const { customerId, phone } = event;
    const named = new Map((event.identities ?? []).map((identity) => [nameOf(identity), identity]));
    const elsewhere = new Set<string>();
    let reach: Reach | undefined;
    return retryWhenChanged(5, async () => {
      const before = await deps.contacts.get(customerId);
      if (before !== undefined && before.sourceVersion >= event.sourceVersion) return { outcome: 'older' };
      reach ??= phone === null ? {} : await reachOf(deps, phone, customerId);
      const own = [...named.values()].filter((identity) => !elsewhere.has(nameOf(identity)));
      const gone = (before?.identities ?? []).filter(
        (identity) => !named.has(nameOf(identity)) && !elsewhere.has(nameOf(identity)),
      );
      const owner = { customerId, since: new Date(event.occurredAt).toISOString() };
      const writes: readonly Write<ContactRefusal | IdentityRefusal>[] = [
        deps.contacts.save(before, { ...contactOf(event, before, reach), identities: own }),
        ...own.map((identity) => deps.contacts.saveIdentity(identity, owner)),
        ...gone.map((identity) => deps.contacts.removeIdentity(identity, customerId)),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return { outcome: 'recorded' };
      for (const refusal of committed.refusals) {
        if ('elsewhere' in refusal) elsewhere.add(nameOf(refusal.elsewhere));
      }
      return 'changed';
    });
  };
}

const nameOf = ({ issuer, subject }: Identity): string => `${issuer}#${subject}`;

async function reachOf(deps: RecordContactDeps, e164: string, owner: string): Promise<Reach> {
  return { digests: await deps.digestsOf(e164), phoneCipher: await deps.cipher.encrypt({ e164, owner }) };
}

function contactOf(
  event: CustomerContactChanged,
  before: Contact | undefined,
  { digests, phoneCipher }: Reach,
): Contact {
  const { customerId, sourceVersion, name, language, email, occurredAt } = event;
  const samePhone =
    digests === undefined
      ? before?.phoneDigest === undefined
      : digests.all.includes(before?.phoneDigest ?? '');
  return {
    customerId,
    sourceVersion,
    name,
    language,
    email,
    changedAt: occurredAt,
    phoneChangedAt: before !== undefined && !samePhone ? occurredAt : before?.phoneChangedAt,
    phoneDigest: digests?.current,
    phoneCipher,
  };
}
