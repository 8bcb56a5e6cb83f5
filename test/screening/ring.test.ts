import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CardProfile,
  decisionKeyPartOfDigest,
  decodeProfile,
  dropConfirmed,
  emptyProfile,
  encodeProfile,
  findInRing,
  isRingAuthoritative,
  isRingFull,
  isSameBody,
  ringEntriesToConfirm,
} from '../../functions/screening/profile.ts';
import { decisionKeyPart } from '../../functions/transaction/digest.ts';
import { apply, DAY, HOUR, MINUTE, transaction } from './transactions.ts';

const START = Date.parse('2026-05-01T00:00:00Z');

function ringOf(count: number, gap: number): CardProfile {
  let profile = emptyProfile();
  for (let i = 0; i < count; i++) {
    profile = apply(profile, transaction({ id: `t${i}`, at: START + i * gap }), { addToRing: true });
  }
  return decodeProfile(encodeProfile(profile));
}

describe('the ring knows what the card has lately processed (I3)', () => {
  it('an entry comes back with body, time and outcome, through the bytes', () => {
    const digest = 'q83vASNFZ4mrze8B';
    const event = transaction({ id: 'a', at: START });
    for (const outcome of ['clear', 'alert', 'freeze'] as const) {
      const how = { addToRing: true, outcome, bodyDigest: digest, receivedAt: START + 2345 };
      const profile = decodeProfile(encodeProfile(apply(emptyProfile(), event, how)));
      const entry = findInRing(profile, decisionKeyPart('a'));
      expect(entry).toEqual({
        idDigest: decisionKeyPart('a'),
        bodyDigest: 'q83vASNF',
        receivedAt: START + 2000,
        outcome,
      });
      expect(entry && isSameBody(entry, digest)).toBe(true);
      expect(entry && isSameBody(entry, 'q83vASNG_4mrze8B')).toBe(false);
      expect(entry && decisionKeyPartOfDigest(entry.idDigest)).toBe(decisionKeyPart('a'));
    }
  });

  it('what was never processed is not found', () => {
    expect(findInRing(emptyProfile(), decisionKeyPart('a'))).toBeUndefined();
    expect(findInRing(ringOf(20, HOUR), decisionKeyPart('t20'))).toBeUndefined();
  });

  it('clocks of several functions may run backwards between entries', () => {
    let profile = apply(emptyProfile(), transaction({ id: 'a', at: START }), {
      addToRing: true,
      receivedAt: START + 9000,
    });
    profile = apply(profile, transaction({ id: 'b', at: START }), {
      addToRing: true,
      receivedAt: START + 1000,
    });
    const decoded = decodeProfile(encodeProfile(profile));
    expect(findInRing(decoded, decisionKeyPart('b'))?.receivedAt).toBe(START + 1000);
  });
});

describe('entries leave only proven, in batches, after 26 hours', () => {
  const profile = ringOf(20, HOUR);

  it('none while fewer than eight are old enough', () => {
    // At 33 h after the start the entries of hours 0 to 6 are older than 26 h: seven.
    expect(ringEntriesToConfirm(profile, START + 33 * HOUR)).toHaveLength(0);
    expect(ringEntriesToConfirm(profile, START + 33 * HOUR + 1).map((e) => e.idDigest)).toEqual(
      Array.from({ length: 8 }, (_, i) => decisionKeyPart(`t${i}`)),
    );
  });

  it('the confirmed leave, the others stay, and the youngest that left is remembered', () => {
    const old = ringEntriesToConfirm(profile, START + 34 * HOUR);
    const confirmed = old.map((entry) => entry.idDigest).filter((digest) => digest !== decisionKeyPart('t3'));
    const after = decodeProfile(encodeProfile(dropConfirmed(profile, confirmed)));
    expect(findInRing(after, decisionKeyPart('t3'))).toBeDefined();
    expect(findInRing(after, decisionKeyPart('t7'))).toBeUndefined();
    expect(findInRing(after, decisionKeyPart('t8'))).toBeDefined();
    expect(after.ring.droppedUntil).toBe(START + 7 * HOUR + 1000);
  });

  it('dropping what is not there changes nothing', () => {
    expect(dropConfirmed(profile, [decisionKeyPart('x')]).ring).toBe(profile.ring);
  });

  it('full at 36', () => {
    expect(isRingFull(ringOf(35, HOUR))).toBe(false);
    expect(isRingFull(ringOf(36, HOUR))).toBe(true);
  });
});

describe('"not in the ring" proves "new" only for events younger than all that left', () => {
  it('always, while nothing has left', () => {
    expect(isRingAuthoritative(emptyProfile(), START - 1000 * DAY)).toBe(true);
  });

  it('an event may be dated up to five minutes after it was received', () => {
    const after = dropConfirmed(ringOf(8, HOUR), [decisionKeyPart('t0')]);
    const leftBefore = START + 1000;
    expect(isRingAuthoritative(after, leftBefore + 5 * MINUTE)).toBe(false);
    expect(isRingAuthoritative(after, leftBefore + 5 * MINUTE + 1)).toBe(true);
  });

  it('a transaction that got no entry counts as one that left', () => {
    const profile = apply(emptyProfile(), transaction({ at: START }), {
      addToRing: false,
      receivedAt: START + 1500,
    });
    expect(profile.ring.droppedUntil).toBe(START + 2000);
    expect(isRingAuthoritative(profile, START)).toBe(false);
  });

  it('I3: whatever order, delay and skew, an absent and authoritative event was never processed', () => {
    const delivery = fc.record({
      id: fc.integer({ min: 0, max: 60 }),
      hours: fc.double({ min: 0, max: 4, noNaN: true }),
      skewMs: fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE }),
    });
    fc.assert(
      fc.property(fc.array(delivery, { minLength: 20, maxLength: 200 }), (deliveries) => {
        const processed = new Set<number>();
        const occurred = new Map<number, number>();
        let profile = emptyProfile();
        let now = START;
        for (const { id, hours, skewMs } of deliveries) {
          now += Math.round(hours * HOUR);
          // The first delivery fixes the event; later ones repeat it, however late.
          const at = occurred.get(id) ?? now + skewMs;
          occurred.set(id, at);
          const digest = decisionKeyPart(`t${id}`);
          const isKnown = findInRing(profile, digest) !== undefined;
          if (!isKnown && isRingAuthoritative(profile, at)) expect(processed.has(id)).toBe(false);
          if (isKnown) expect(processed.has(id)).toBe(true);
          if (processed.has(id)) continue;
          const old = ringEntriesToConfirm(profile, now).map((entry) => entry.idDigest);
          profile = dropConfirmed(profile, old);
          const addToRing = !isRingFull(profile);
          profile = apply(profile, transaction({ id: `t${id}`, at }), { addToRing, receivedAt: now });
          profile = decodeProfile(encodeProfile(profile));
          processed.add(id);
        }
      }),
      { numRuns: 200 },
    );
  });
});
