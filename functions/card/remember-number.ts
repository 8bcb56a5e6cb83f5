import { movePhone } from '../alert/merge-phones.ts';
import { type Phone, withCustomer, withoutCustomer } from '../alert/phone.ts';
import type { PhoneStore } from '../alert/phone-store.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Write } from '../platform/database.ts';
import type { Changed } from '../platform/documents.ts';
import type { Contact } from './contact.ts';
import type { CustomerContactChanged } from './events.ts';

/**
 * Has the number remember its customer, and the one before forget it. While keys rotate a number has several digests:
 * what is known of it under the older ones goes with it to the newest.
 */
export async function rememberNumber(
  { phones }: { readonly phones: Pick<PhoneStore, 'get' | 'save'> },
  { customerId, occurredAt }: CustomerContactChanged,
  { before, digests }: { before: Contact | undefined; digests: PhoneDigests | undefined },
): Promise<readonly Write<Changed<Phone>>[]> {
  const writes =
    digests === undefined
      ? []
      : (await movePhone(phones, digests, (phone) => withCustomer(phone, customerId, occurredAt))).writes;
  const left = before?.phoneDigest;
  if (left === undefined || digests?.all.includes(left)) return writes;
  const stored = await phones.get(left);
  const after = stored && withoutCustomer(stored.body, customerId);
  return after === undefined || after === stored?.body ? writes : [...writes, phones.save(stored, after)];
}
