import { describe, expect, test } from 'vitest';
import { type Device, deviceView, isActive, registered, used } from '../../functions/verification/device.ts';

const T = (minute: number) => `2026-03-10T15:${String(minute).padStart(2, '0')}:00.000Z`;
const device: Device = {
  customerId: 'C-1',
  deviceId: 'D-1',
  name: 'Phone',
  credentialId: 'credential-1',
  publicKey: 'key-1',
  signCount: 5,
  enrolledAt: T(10),
  enrolledBy: { by: 'bank' },
};

describe('I8 a registration that comes late or twice', () => {
  const removed: Device = { ...device, removedAt: T(30), removedBy: 'customer:C-1' };
  test.each<[string, Device | undefined, Partial<Device>, Partial<Device> | undefined]>([
    ['the first is taken', undefined, {}, { enrolledAt: T(10), signCount: 5 }],
    ['the same once more changes nothing', device, {}, undefined],
    ['an older one changes nothing', device, { enrolledAt: T(9) }, undefined],
    [
      'a newer one of the same credential keeps the higher counter',
      device,
      { enrolledAt: T(11), signCount: 2 },
      { signCount: 5 },
    ],
    [
      'a newer one of another credential starts its own counter',
      device,
      { enrolledAt: T(11), credentialId: 'credential-2', signCount: 2 },
      { signCount: 2 },
    ],
    ['a removed one does not come back by a copy of its registration', removed, {}, undefined],
    ['nor by one made before the removal', removed, { enrolledAt: T(29) }, undefined],
    ['but by one made after it', removed, { enrolledAt: T(31) }, { enrolledAt: T(31) }],
  ])('%s', (_, known, over, expected) => {
    const after = registered(known, { ...device, ...over });
    if (expected === undefined) expect(after).toBeUndefined();
    else expect(after).toMatchObject(expected);
  });
});

describe('the counter of a device', () => {
  test.each<[string, number, number, boolean]>([
    ['grows', 5, 6, true],
    ['may jump', 5, 900, true],
    ['begins', 0, 1, true],
    ['is not kept by this device', 0, 0, true],
    ['stands still: a copy', 5, 5, false],
    ['goes back: a copy', 5, 4, false],
    ['is gone: a copy', 5, 0, false],
  ])('%s (%i → %i)', (_, signCount, next, taken) => {
    const after = used({ ...device, signCount }, { signCount: next, at: T(40) });
    expect(after).toEqual(taken ? { ...device, signCount: next, lastUsedAt: T(40) } : undefined);
  });
});

test('a customer sees no key of a device', () => {
  expect(deviceView(device)).toEqual({
    deviceId: 'D-1',
    name: 'Phone',
    enrolledAt: T(10),
    enrolledBy: 'bank',
  });
  expect(isActive({ ...device, removedAt: T(30) })).toBe(false);
});
