import type { PhoneStore } from '../alert/phone-store.ts';
import type { FormerAddress } from '../notification/contact-notice.ts';
import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Contact, type Identity, isFresh, latest } from './contact.ts';
import type { ContactStore, IdentityRefusal } from './contact-store.ts';
import type { CustomerContactChanged } from './events.ts';
import { type NoteContactChangeDeps, type NotedChange, noteContactChange } from './note-contact-change.ts';
import { rememberNumber } from './remember-number.ts';

interface RecordContactDeps extends NoteContactChangeDeps {
  readonly db: Database;
  readonly contacts: ContactStore;
  readonly phones: Pick<PhoneStore, 'get' | 'save'>;
  readonly cipher: Pick<PhoneCipher, 'encrypt'>;
  readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
  readonly now: () => Date;
}

interface Reach {
  readonly digests?: PhoneDigests;
  readonly phoneCipher?: string;
  readonly phoneHint?: string;
}

/**
 * Takes a customer's contact, newest version only (I8, H32). The number is encrypted for its owner before it is
 * stored; its digest finds it again. The event carries the whole contact: a log-in it does not name any more loses
 * its access (I11), unless it stands for another customer by now. Another number or address is told to the old one and
 * the new; a SIM change that came before the first contact goes into it (H32). The number
 * remembers whose it is (H9).
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
      const writes: readonly Write<unknown>[] = [
        ...(await contactWrites(deps, before, reach, {
          ...contactOf(event, before, reach),
          identities: own,
        })),
        ...own.map((identity) => deps.contacts.saveIdentity(identity, owner)),
        ...gone.map((identity) => deps.contacts.removeIdentity(identity, customerId)),
        ...(await rememberNumber(deps, event, { before, digests: reach.digests })),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return { outcome: 'recorded' };
      for (const refusal of committed.refusals) {
        if (isElsewhere(refusal)) elsewhere.add(nameOf(refusal.elsewhere));
      }
      return 'changed';
    });
  };
}

/** The contact itself, what a first one takes along, and what the customer is told of. */
async function contactWrites(
  deps: RecordContactDeps,
  before: Contact | undefined,
  reach: Reach,
  given: Contact,
): Promise<readonly Write<unknown>[]> {
  const { customerId } = given;
  const kept = before === undefined ? await deps.contacts.keptSimChange(customerId) : undefined;
  const after = { ...given, simChangedAt: latest(before?.simChangedAt, kept?.at) };
  const formerAddress = await formerAddressOf(deps, before, after);
  const change =
    before === undefined
      ? kept && { ...toTell(after), what: 'sim' as const, occurredAt: kept.at, doubtful: true }
      : changeToTell(before, after, { samePhone: isSamePhone(before, reach), formerAddress });
  const now = deps.now();
  const told = change !== undefined && isFresh(change.occurredAt, now);
  return [
    deps.contacts.save(before, after),
    ...(before === undefined ? [deps.contacts.takeSimChange(customerId, kept)] : []),
    ...(told ? await noteContactChange(deps, change, now) : []),
  ];
}

const isElsewhere = (refusal: unknown): refusal is IdentityRefusal =>
  typeof refusal === 'object' && refusal !== null && 'elsewhere' in refusal;

const toTell = ({ customerId, changedAt, phoneCipher }: Contact) => ({
  customerId,
  by: 'bank',
  occurredAt: new Date(changedAt).toISOString(),
  reachable: phoneCipher !== undefined,
});

/** What the customer is told of: the number before the address. */
function changeToTell(
  before: Contact,
  after: Contact,
  { samePhone, formerAddress }: { samePhone: boolean; formerAddress: FormerAddress | undefined },
): NotedChange | undefined {
  if (!samePhone) {
    const { phoneCipher, phoneDigest: digest } = before;
    const former = phoneCipher === undefined ? undefined : { phoneCipher, digest };
    return { ...toTell(after), what: 'phone', former, formerAddress, doubtful: true };
  }
  if (after.email === before.email) return undefined;
  return { ...toTell(after), what: 'email', formerAddress, doubtful: false };
}

/** The address the contact had, where it has another or none now. */
async function formerAddressOf(
  deps: Pick<RecordContactDeps, 'cipher'>,
  before: Contact | undefined,
  after: Contact,
): Promise<FormerAddress | undefined> {
  if (before?.email === undefined || before.email === after.email) return undefined;
  return { cipher: await deps.cipher.encrypt({ e164: before.email, owner: after.customerId }) };
}

/** By digest under any key in use: a rotation of the keys is no other number. */
const isSamePhone = (before: Contact | undefined, { digests }: Reach): boolean =>
  digests === undefined ? before?.phoneDigest === undefined : digests.all.includes(before?.phoneDigest ?? '');

const nameOf = ({ issuer, subject }: Identity): string => `${issuer}#${subject}`;

async function reachOf(deps: RecordContactDeps, e164: string, owner: string): Promise<Reach> {
  return {
    digests: await deps.digestsOf(e164),
    phoneCipher: await deps.cipher.encrypt({ e164, owner }),
    phoneHint: e164.slice(-4),
  };
}

function contactOf(event: CustomerContactChanged, before: Contact | undefined, reach: Reach): Contact {
  const { customerId, sourceVersion, name, language, email, occurredAt } = event;
  const otherPhone = before !== undefined && !isSamePhone(before, reach);
  return {
    customerId,
    sourceVersion,
    name,
    language,
    email,
    changedAt: occurredAt,
    phoneChangedAt: otherPhone ? occurredAt : before?.phoneChangedAt,
    phoneDigest: reach.digests?.current,
    phoneCipher: reach.phoneCipher,
    phoneHint: reach.phoneHint,
  };
}
