import { newPhone, type Phone, withCustomer, withoutCustomer } from '../alert/phone.ts';
import type { PhoneStore } from '../alert/phone-store.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Write } from '../platform/database.ts';
import type { Changed } from '../platform/documents.ts';
import type { Contact } from './contact.ts';
import type { CustomerContactChanged } from './events.ts';

/**
 * Has the number remember its customer, and the one before forget it. While keys rotate a number has several digests:
 * what is known of it under the older ones stays true under the newest.
 */
export async function rememberNumber(
  { phones }: { readonly phones: Pick<PhoneStore, 'get' | 'save'> },
  { customerId, occurredAt }: CustomerContactChanged,
  { before, digests }: { before: Contact | undefined; digests: PhoneDigests | undefined },
): Promise<readonly Write<Changed<Phone>>[]> {
  const own = digests?.all ?? [];
  const left = before?.phoneDigest;
  const known = await Promise.all(own.map((digest) => phones.get(digest)));
  const others = new Set(known.flatMap((stored) => stored?.body.customers ?? []));
  const writes = own.flatMap((digest, index) => {
    const stored = known[index];
    if (stored === undefined && digest !== digests?.current) return [];
    const together = { ...(stored?.body ?? newPhone(digest)), customers: [...others] };
    return [phones.save(stored, withCustomer(together, customerId, occurredAt))];
  });
  if (left === undefined || own.includes(left)) return writes;
  const stored = await phones.get(left);
  const after = stored && withoutCustomer(stored.body, customerId);
  return after === undefined || after === stored?.body ? writes : [...writes, phones.save(stored, after)];
}
