import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { registered } from '../verification/device.ts';
import type { DeviceStore } from '../verification/device-store.ts';
import { isFresh } from './contact.ts';
import type { ContactStore } from './contact-store.ts';
import type { DeviceRegistered } from './events.ts';
import { type NoteContactChangeDeps, noteContactChange } from './note-contact-change.ts';

export interface RecordDeviceDeps extends NoteContactChangeDeps {
  readonly db: Database;
  readonly contacts: Pick<ContactStore, 'get'>;
  readonly devices: DeviceStore;
  readonly now: () => Date;
}

export type DeviceRecorded = {
  /** `taken`: the credential is another customer's. */
  readonly outcome: 'recorded' | 'older' | 'taken';
};

/**
 * Takes a passkey that the bank's own app enrolled by the bank's own strong authentication: a customer's first device
 * here, or one more. The latest registration of a device counts (I8); a customer not heard of yet has it all the same
 * (H32). The customer is told.
 */
export function createRecordDevice(deps: RecordDeviceDeps) {
  return (event: DeviceRegistered): Promise<DeviceRecorded> =>
    retryWhenChanged(8, async () => {
      const { schemaVersion: _, registeredAt, ...given } = event;
      const { customerId, deviceId } = given;
      const enrolledAt = new Date(registeredAt).toISOString();
      const [known, contact] = await Promise.all([
        deps.devices.get(customerId, deviceId),
        deps.contacts.get(customerId),
      ]);
      const device = registered(known?.body, { ...given, enrolledAt, enrolledBy: { by: 'bank' } });
      if (device === undefined) return { outcome: 'older' };
      const now = deps.now();
      const fresh = isFresh(enrolledAt, now);
      const change = {
        customerId,
        what: 'device_added',
        by: 'bank',
        occurredAt: enrolledAt,
        data: { deviceId },
        reachable: fresh && contact?.phoneCipher !== undefined,
        doubtful: false,
      } as const;
      const writes: readonly Write<unknown>[] = [
        ...deps.devices.register(known, device),
        ...(await noteContactChange(deps, change, now)),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return { outcome: 'recorded' };
      return committed.refusals.some(isTaken) ? { outcome: 'taken' } : 'changed';
    });
}

const isTaken = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'credential' in refusal;
