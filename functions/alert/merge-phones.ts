import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Write } from '../platform/database.ts';
import type { Changed, Versioned } from '../platform/documents.ts';
import { type Consent, newPhone, type Phone, withAlert } from './phone.ts';

interface Phones {
  get(digest: string): Promise<Versioned<Phone> | undefined>;
  save(previous: Versioned<Phone> | undefined, phone: Phone): Write<Changed<Phone>>;
}

const latestOf = (consents: readonly (Consent | undefined)[]): Consent | undefined =>
  consents.filter((one) => one !== undefined).sort((a, b) => (a.at < b.at ? 1 : -1))[0];

/** One number, known under several digests, as it is known under one; the last word on texts holds (I5). */
export function mergePhones(digest: string, [first, ...others]: readonly Phone[]): Phone {
  if (first === undefined) return newPhone(digest);
  const all = [first, ...others];
  const out = latestOf(all.map((one) => one.optedOut));
  const back = latestOf(all.map((one) => one.optedIn));
  const stillOut = out !== undefined && (back === undefined || back.at < out.at) ? out : undefined;
  const wrong = all.flatMap(({ wrongNumberAt }) => wrongNumberAt ?? []).sort();
  // Tags are what texts already sent say: an alert keeps its own unless another has it.
  const alerts = others
    .flatMap((one) => one.alerts)
    .filter(({ alertId }) => first.alerts.every((known) => known.alertId !== alertId));
  const merged: Phone = {
    ...first,
    optedOut: stillOut,
    optedIn: back,
    optedOutAt: all.flatMap(({ optedOutAt }) => optedOutAt ?? []).sort()[0],
    wrongNumberAt: wrong.at(-1),
    customers: [...new Set(all.flatMap(({ customers }) => customers ?? []))],
    neutralCount: Math.max(...all.map(({ neutralCount }) => neutralCount)),
    neutralDay: all
      .flatMap(({ neutralDay }) => neutralDay ?? [])
      .sort()
      .at(-1),
    seq: Math.max(...all.map(({ seq }) => seq)),
    digest,
    movedFrom: [
      ...new Set(
        all.flatMap((one) => [...(one.movedFrom ?? []), one.digest]).filter((one) => one !== digest),
      ),
    ],
  };
  let phone = merged;
  for (const { alertId, at, tag } of alerts) {
    const free = tag !== undefined && phone.alerts.every((known) => known.tag !== tag);
    phone = free
      ? { ...phone, alerts: phone.alerts.concat({ alertId, at, tag }) }
      : withAlert(phone, alertId, at);
  }
  return phone;
}

/**
 * The number under its current digest, with all that is known of it under older ones, and the writes that leave
 * there only where it went. `change` is what the caller does to it in the same write; none: nothing moved, no write.
 */
export async function movePhone(
  phones: Phones,
  digests: PhoneDigests,
  change: (phone: Phone) => Phone = (phone) => phone,
): Promise<{ readonly phone: Phone; readonly writes: readonly Write<Changed<Phone>>[] }> {
  const found = await Promise.all(digests.all.map((digest) => phones.get(digest)));
  // What moved already answers under both.
  const known = new Map(found.flatMap((one) => (one === undefined ? [] : [[one.body.digest, one] as const])));
  const current = known.get(digests.current);
  const older: readonly Versioned<Phone>[] = [...known.values()].filter((one) => one !== current);
  const bodies = [...(current === undefined ? [] : [current]), ...older].map(({ body }) => body);
  const merged = older.length === 0 ? current?.body : mergePhones(digests.current, bodies);
  const phone = change(merged ?? newPhone(digests.current));
  if (phone === current?.body) return { phone, writes: [] };
  return {
    phone,
    writes: [
      phones.save(current, phone),
      ...older.map((one) => phones.save(one, { ...newPhone(one.body.digest), movedTo: digests.current })),
    ],
  };
}
