import * as z from 'zod/mini';

/** Devices one customer may have; further ones are refused until one is removed. */
export const MOST_DEVICES = 20;

/**
 * A passkey a customer can verify with. A removed one stays as a mark, so that a late copy of its registration does
 * not bring it back (I8).
 */
export const deviceSchema = z.object({
  customerId: z.string(),
  deviceId: z.string(),
  name: z.string(),
  /** Base64url. */
  credentialId: z.string(),
  /** COSE, base64url. */
  publicKey: z.string(),
  /** As the device last counted; a lower one, or the same above 0, is a copy of its key. */
  signCount: z.int(),
  enrolledAt: z.string(),
  /** What enrolled it: the bank by its own means, or a verification here. */
  enrolledBy: z.union([
    z.object({ by: z.literal('bank') }),
    z.object({ by: z.literal('verification'), verificationId: z.string() }),
  ]),
  lastUsedAt: z.optional(z.string()),
  removedAt: z.optional(z.string()),
  removedBy: z.optional(z.string()),
});
export type Device = z.output<typeof deviceSchema>;

/** Where a device's passkey may be used. */
export const isActive = (device: Device): boolean => device.removedAt === undefined;

export type Registering = Omit<Device, 'lastUsedAt' | 'removedAt' | 'removedBy'>;

/**
 * The device after a registration; undefined: what is known is as new or newer (I8), or it was removed since. The
 * counter of the same credential never goes back.
 */
export function registered(known: Device | undefined, device: Registering): Device | undefined {
  if (known === undefined) return device;
  const since = known.removedAt ?? known.enrolledAt;
  if (device.enrolledAt <= since) return undefined;
  const same = known.credentialId === device.credentialId;
  return { ...device, signCount: same ? Math.max(known.signCount, device.signCount) : device.signCount };
}

/**
 * The device after a use; undefined: its counter did not grow, so somebody holds a copy of the key (WebAuthn §7.2,
 * step 22). A counter that stays 0 is one the device does not keep.
 */
export function used(device: Device, use: { signCount: number; at: string }): Device | undefined {
  const keepsNone = device.signCount === 0 && use.signCount === 0;
  if (!keepsNone && use.signCount <= device.signCount) return undefined;
  return { ...device, signCount: use.signCount, lastUsedAt: use.at };
}

/** What the customer sees of a device: no key. */
export const deviceView = ({ deviceId, name, enrolledAt, enrolledBy, lastUsedAt }: Device) => ({
  deviceId,
  name,
  enrolledAt,
  enrolledBy: enrolledBy.by,
  ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
});
