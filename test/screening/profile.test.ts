import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyReversal,
  type CardProfile,
  decodeProfile,
  emptyProfile,
  encodeProfile,
  isRingFull,
  learnTransaction,
  PROFILE_LIMIT_BYTES,
} from '../../functions/screening/profile.ts';
import { measureWindows } from '../../functions/screening/windows.ts';
import { apply, DAY, HOUR, MINUTE, profileOf, transaction } from './transactions.ts';

const START = Date.parse('2026-05-01T00:00:00Z');
const windowsAt = (profile: CardProfile, at: number) =>
  measureWindows(profile.history, Math.floor(at / MINUTE), { usual: unknown, smallMinor: 0 });
const unknown = { mean: 0, deviation: 0 };
const deepFrozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(deepFrozen);
    Object.freeze(value);
  }
  return value;
};

describe('a profile in bytes', () => {
  it('an empty one comes back', () => {
    expect(decodeProfile(encodeProfile(emptyProfile()))).toEqual({
      ...emptyProfile(),
      ring: { ...emptyProfile().ring, digests: expect.anything() },
    });
    expect(encodeProfile(emptyProfile()).length).toBeLessThan(30);
  });

  it('what fits comes back whole', () => {
    const profile = profileOf(
      Array.from({ length: 50 }, (_, i) => ({
        at: START + i * 7 * HOUR,
        minor: i * 1000,
        country: i % 9 === 0 ? 'TH' : 'CN',
        entryMode: i % 3 === 0 ? ('ecommerce' as const) : ('chip' as const),
        deviceId: i % 3 === 0 ? `d${i % 4}` : undefined,
        merchantId: `m${i % 11}`,
        outcome: i % 13 === 0 ? ('declined' as const) : ('approved' as const),
      })),
      { addToRing: false },
    );
    expect(decodeProfile(encodeProfile(profile))).toEqual({ ...profile, ring: expect.anything() });
  });

  it('applying changes nothing in place', () => {
    const profile = deepFrozen(
      profileOf([{ at: START }, { at: START + HOUR, deviceId: 'd1' }], { addToRing: true }),
    );
    const before = encodeProfile(profile);
    apply(profile, transaction({ at: START - HOUR, deviceId: 'd2', country: 'TH' }), { addToRing: true });
    learnTransaction(profile, transaction({ at: START, deviceId: 'd3' }));
    expect(encodeProfile(profile)).toEqual(before);
  });

  it('bytes written before known frauds were kept are read as without any', () => {
    const bytes =
      'AdkNwKGQDgIBoB8AAAAAgIRuQfYD4KyQDgL2A0IBGSLUQAH90PkAAoRY4Z+tIHvAR/RMDAAAAAQQQclpGZZ8vU4cEyk5qQAAAAQQQYDQ/fw0gJgqAuCskA4C8C6AWqAfAUgCD9m8BQ==';
    const before = decodeProfile(Buffer.from(bytes, 'base64'));
    expect(before).toMatchObject({ currency: 'CNY', attempts: 2, spendSum: 4000, frauds: [] });
    expect(before.ahead).toHaveLength(1);
    expect(decodeProfile(encodeProfile(before))).toEqual(before);
  });

  it('bytes of another layout or cut short are a fault', () => {
    const bytes = encodeProfile(profileOf([{ at: START }]));
    expect(() => decodeProfile(Uint8Array.from([9, ...bytes.subarray(1)]))).toThrow('layout 9');
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeProfile(bytes.subarray(0, length))).toThrow();
    }
  });

  it('an encoded profile is not changed by encoding the next one', () => {
    const first = encodeProfile(profileOf([{ at: START }]));
    const copy = Uint8Array.from(first);
    encodeProfile(profileOf([{ at: START + DAY, minor: 77 }, { at: START }]));
    expect(Uint8Array.from(first)).toEqual(copy);
  });
});

/** A card's life: gaps from seconds to a month, amounts up to the largest, every field in use. */
const step = fc.record({
  gap: fc.oneof(
    fc.integer({ min: 0, max: 10 * MINUTE }),
    fc.integer({ min: 0, max: 2 * HOUR }),
    fc.integer({ min: 0, max: 3 * DAY }),
    fc.integer({ min: -2 * DAY, max: 40 * DAY }),
  ),
  minor: fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 999_999_999_999 })),
  outcome: fc.constantFrom('approved', 'declined') as fc.Arbitrary<'approved' | 'declined'>,
  country: fc.constantFrom('CN', 'TH', 'US', 'DE', 'ZZ', 'AA', 'JP', 'FR'),
  place: fc.integer({ min: 0, max: 30 }),
});

describe('a profile never outgrows its write unit', () => {
  const play = (
    steps: readonly {
      gap: number;
      minor: number;
      outcome: 'approved' | 'declined';
      country: string;
      place: number;
    }[],
  ) => {
    let profile = emptyProfile();
    let at = START;
    let received = START;
    let longest = 0;
    steps.forEach((each, index) => {
      at += each.gap;
      received = Math.max(received + 1000, at);
      const event = transaction({
        id: `t${index}`,
        at,
        minor: each.minor,
        outcome: each.outcome,
        country: each.country,
        merchantId: `m${each.place}`,
        deviceId: `d${each.place}`,
        entryMode: each.place % 2 === 0 ? 'chip' : 'ecommerce',
      });
      const addToRing = !isRingFull(profile);
      const bytes = encodeProfile(apply(profile, event, { addToRing, receivedAt: received }));
      longest = Math.max(longest, bytes.length);
      profile = decodeProfile(bytes);
    });
    return { profile, longest, at };
  };

  it('whatever the card does, with a ring that is never emptied', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 100, maxLength: 600 }), (steps) => {
        const { profile, longest } = play(steps);
        expect(longest).toBeLessThanOrEqual(PROFILE_LIMIT_BYTES);
        expect(profile.ring.receivedAt.length).toBe(Math.min(36, steps.length));
        expect(profile.attempts).toBe(steps.length);
      }),
      { numRuns: 25 },
    );
  });

  it('2,000 transactions of the largest amount, minutes apart', () => {
    const steps = Array.from({ length: 2000 }, (_, i) => ({
      gap: (i % 50) * MINUTE,
      minor: 999_999_999_999,
      outcome: 'approved' as const,
      country: 'CN',
      place: i % 31,
    }));
    const { profile, longest, at } = play(steps);
    expect(longest).toBeLessThanOrEqual(PROFILE_LIMIT_BYTES);
    expect(profile.spendCount).toBe(2000);
    // Folding loses places in time, not transactions: a month's count stays within the edge of one bucket.
    const inMonth = windowsAt(profile, at).count30d;
    const expected = (30 * 1440) / 24.5;
    expect(Math.abs(inMonth - expected) / expected).toBeLessThan(0.35);
  });

  it('a heavy card keeps exact hours although its month is coarse', () => {
    // 40 a day for 30 days: far more than fits one by one.
    let profile = emptyProfile();
    const gap = 36 * MINUTE;
    for (let i = 0; i < 1200; i++) {
      const event = transaction({ at: START + i * gap, minor: 1000 });
      profile = decodeProfile(encodeProfile(apply(profile, event)));
    }
    const last = START + 1199 * gap;
    const windows = windowsAt(profile, last);
    expect(windows.count1h).toBe(2);
    expect(windows.minutesSinceLast).toBe(0);
    expect(windows.count24h).toBe(40);
    expect(Math.abs(windows.count7d - 280)).toBeLessThanOrEqual(14);
    expect(Math.abs(windows.count30d - 1200)).toBeLessThanOrEqual(60);
    expect(windows.sum30d).toBeCloseTo(windows.count30d * 1000, -5);
  });
});

describe('what is learnt', () => {
  const thiefs = { country: 'US', deviceId: 'd-thief', merchantId: 'M-thief' } as const;
  const known = profileOf([{ at: START, deviceId: 'd-own', entryMode: 'ecommerce' }]);
  const places = ({ countries, devices, merchants }: CardProfile) => ({ countries, devices, merchants });

  it.each([
    ['an account verification', { minor: 0 }],
    ['a refused attempt', { outcome: 'declined' as const }],
  ])('%s makes no device, merchant or country familiar; the attempt is counted', (_what, wish) => {
    const event = transaction({ at: START + HOUR, entryMode: 'ecommerce', ...thiefs, ...wish });
    const after = apply(known, event);
    expect(places(after)).toEqual(places(known));
    expect(after.attempts).toBe(known.attempts + 1);
    // Somebody who says it was theirs has proven it.
    expect(places(learnTransaction(after, event))).not.toEqual(places(known));
  });

  it('a refused card still was where it was read', () => {
    const read = transaction({ at: START + HOUR, country: 'TH', outcome: 'declined' });
    expect(apply(known, read).presentMinute).toBe((START + HOUR) / MINUTE);
  });

  it('an approved purchase makes them familiar', () => {
    const bought = transaction({ at: START + HOUR, entryMode: 'ecommerce', ...thiefs });
    expect(places(apply(known, bought)).devices).toHaveLength(2);
  });
});

describe('reversals', () => {
  const at = START + 5 * HOUR;
  const profile = profileOf([
    { at: START, minor: 4000 },
    { at, minor: 9000 },
  ]);
  const whole = {
    occurredAt: at,
    billing: { minor: 9000, currency: 'CNY' },
    kind: 'reversal',
    isWhole: true,
    wasLearnt: true,
  } as const;

  it('takes the amount out of sums and mean; the attempt stays', () => {
    const result = applyReversal(profile, whole);
    if (result.kind !== 'applied') throw new Error('not applied');
    expect(result.profile).toMatchObject({
      spendCount: 1,
      spendSum: 4000,
      spendSquares: 16_000_000,
      attempts: 2,
    });
    expect(windowsAt(result.profile, at)).toMatchObject({ count24h: 2, sum24h: 4000 });
  });

  it('a small approval that was reversed still was an attempt to probe', () => {
    const small = profileOf([{ at, minor: 100 }]);
    const result = applyReversal(small, { ...whole, billing: { minor: 100, currency: 'CNY' } });
    if (result.kind !== 'applied') throw new Error('not applied');
    const measure = { usual: unknown, smallMinor: 2000 };
    expect(measureWindows(result.profile.history, at / MINUTE + 1, measure)).toMatchObject({
      probing1h: 1,
      sum1h: 0,
    });
  });

  it('an alerted one was never in the mean and is not taken out of it', () => {
    const alerted = apply(profileOf([{ at: START, minor: 4000 }]), transaction({ at, minor: 9000 }), {
      outcome: 'alert',
    });
    const result = applyReversal(alerted, { ...whole, wasLearnt: false });
    expect(result).toMatchObject({ kind: 'applied', profile: { spendCount: 1, spendSum: 4000 } });
  });

  it('one of a folded day is taken out of its bucket', () => {
    const many = profileOf(Array.from({ length: 400 }, (_, i) => ({ at: START + i * HOUR, minor: 9000 })));
    const folded = decodeProfile(encodeProfile(many));
    const before = windowsAt(folded, START + 400 * HOUR).sum30d;
    const result = applyReversal(folded, { ...whole, occurredAt: START + 30 * HOUR });
    if (result.kind !== 'applied') throw new Error('not applied');
    expect(windowsAt(result.profile, START + 400 * HOUR).sum30d).toBeCloseTo(before - 9000, 5);
  });

  it.each([
    ['refund', { kind: 'refund' as const }],
    ['partial', { isWhole: false }],
    ['not_found', { occurredAt: at + MINUTE }],
    ['not_found', { billing: { minor: 9000, currency: 'USD' } }],
    ['not_found', { billing: { minor: 9001, currency: 'CNY' } }],
  ])('%s is noted, nothing changes', (reason, change) => {
    expect(applyReversal(profile, { ...whole, ...change })).toEqual({ kind: 'noted', reason });
  });
});
