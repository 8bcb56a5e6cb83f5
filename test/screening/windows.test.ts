import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { featuresOf, namedFeatures } from '../../functions/screening/features.ts';
import { emptyRisk } from '../../functions/screening/merchant-risk.ts';
import { type CardProfile, decodeProfile, encodeProfile } from '../../functions/screening/profile.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { apply, DAY, HOUR, MINUTE, profileOf, transaction, type Wish } from './transactions.ts';

const { policy } = compileRuleSet(defaultRuleSet);
const NOON = Date.parse('2026-06-10T04:00:00Z');

const featuresAt = (profile: CardProfile, wish: Wish) =>
  namedFeatures(featuresOf({ profile, merchant: emptyRisk(), transaction: transaction(wish) }, policy));

describe('windows end at the transaction and begin just after the same moment before', () => {
  it.each([
    ['count1h', HOUR],
    ['count24h', 24 * HOUR],
    ['count7d', 7 * DAY],
    ['count30d', 30 * DAY],
  ])('%s: in at one minute less, out at the full span', (name, span) => {
    expect(featuresAt(profileOf([{ at: NOON - span + MINUTE }]), { at: NOON })[name]).toBe(2);
    expect(featuresAt(profileOf([{ at: NOON - span }]), { at: NOON })[name]).toBe(1);
  });

  it('the same minute counts, whichever came first', () => {
    const profile = profileOf([{ at: NOON + 59_000 }]);
    expect(featuresAt(profile, { at: NOON }).count1h).toBe(2);
    expect(featuresAt(profile, { at: NOON }).minutesSinceLast).toBe(0);
  });

  it('H25: a late event sees only what happened before it', () => {
    const profile = profileOf([
      { at: NOON - 10 * MINUTE },
      { at: NOON + 10 * MINUTE },
      { at: NOON + 2 * HOUR },
    ]);
    const features = featuresAt(profile, { at: NOON });
    expect(features).toMatchObject({ count1h: 2, count24h: 2, sum24h: 100, minutesSinceLast: 10 });
  });

  it('a late event is counted at its own time by those after it', () => {
    const profile = profileOf([{ at: NOON }, { at: NOON - 30 * MINUTE }, { at: NOON - 3 * HOUR }]);
    const features = featuresAt(profile, { at: NOON + 20 * MINUTE });
    expect(features).toMatchObject({ count1h: 3, count24h: 4, minutesSinceLast: 20 });
  });

  it('declined ones are attempts, not spending', () => {
    const profile = profileOf([
      { at: NOON - 5 * MINUTE, outcome: 'declined', minor: 90_000 },
      { at: NOON - MINUTE },
    ]);
    const features = featuresAt(profile, { at: NOON, outcome: 'declined', minor: 70_000 });
    expect(features).toMatchObject({
      count1h: 3,
      sum1h: 50,
      declined1h: 1,
      probing1h: 1,
      declined: 1,
      amount: 700,
    });
  });

  it('small amounts and refusals of the last hour are probing; the present one is not', () => {
    const wishes = [
      { at: NOON - 70 * MINUTE, minor: 100 },
      { at: NOON - 50 * MINUTE, minor: 100 },
      { at: NOON - 40 * MINUTE, minor: 2000 },
      { at: NOON - 30 * MINUTE, minor: 2001 },
      { at: NOON - 20 * MINUTE, minor: 0 },
      { at: NOON - 10 * MINUTE, minor: 99_999, outcome: 'declined' },
    ] as const;
    expect(featuresAt(profileOf(wishes), { at: NOON, minor: 100 }).probing1h).toBe(4);
  });

  it('H29: an account verification is an attempt without any amount', () => {
    const profile = profileOf(
      Array.from({ length: 12 }, (_, i) => ({ at: NOON - (i + 1) * HOUR, minor: 900_000 })),
    );
    const features = featuresAt(profile, { at: NOON, minor: 0 });
    expect(features).toMatchObject({ verification: 1, count24h: 13, amount: 0, sum24h: 0, amountVsMean: 0 });
    expect(features).toMatchObject({ amountDeviations: 0, sumVsUsual: 0 });
    const after = apply(profile, transaction({ at: NOON, minor: 0 }));
    expect(featuresAt(after, { at: NOON + MINUTE })).toMatchObject({ spendCount: 12, count24h: 14 });
  });

  it('another billing currency counts as an attempt, and its amount is not mixed in', () => {
    const profile = profileOf([{ at: NOON - HOUR }, { at: NOON - MINUTE, currency: 'USD', minor: 100 }]);
    expect(featuresAt(profile, { at: NOON })).toMatchObject({
      count24h: 3,
      sum24h: 100,
      probing1h: 0,
      spendCount: 1,
    });
    expect(featuresAt(profile, { at: NOON, currency: 'USD', minor: 100_00 })).toMatchObject({
      amount: 700,
      sum24h: 0,
    });
  });
});

describe('facts about time and place', () => {
  it('night is that of the issuer, not of UTC', () => {
    const hours = (text: string) => featuresAt(profileOf([]), { at: Date.parse(text) });
    expect(hours('2026-06-10T15:00:00Z')).toMatchObject({ hour: 23, night: 1 });
    expect(hours('2026-06-10T21:59:00Z')).toMatchObject({ hour: 5, night: 1 });
    expect(hours('2026-06-10T22:00:00Z')).toMatchObject({ hour: 6, night: 0 });
    expect(hours('2026-06-10T14:59:00Z')).toMatchObject({ hour: 22, night: 0 });
  });

  it('summer time is followed to the minute', () => {
    const berlin = compileRuleSet({ ...defaultRuleSet, zone: 'Europe/Berlin' }).policy;
    const hourAt = (text: string) =>
      namedFeatures(
        featuresOf(
          {
            profile: profileOf([]),
            merchant: emptyRisk(),
            transaction: transaction({ at: Date.parse(text) }),
          },
          berlin,
        ),
      ).hour;
    expect(hourAt('2026-03-29T00:59:00Z')).toBe(1);
    expect(hourAt('2026-03-29T01:00:00Z')).toBe(3);
    expect(hourAt('2026-10-25T00:59:00Z')).toBe(2);
    expect(hourAt('2026-10-25T01:00:00Z')).toBe(2);
  });

  it('new is only new on a card that has a past', () => {
    expect(featuresAt(profileOf([]), { at: NOON })).toMatchObject({
      firstUse: 1,
      newCountry: 0,
      newMerchant: 0,
    });
    const profile = profileOf([{ at: NOON - DAY, deviceId: 'd1', entryMode: 'ecommerce' }]);
    const same = featuresAt(profile, { at: NOON, deviceId: 'd1' });
    expect(same).toMatchObject({ firstUse: 0, newCountry: 0, newMerchant: 0, newDevice: 0 });
    const other = featuresAt(profile, { at: NOON, deviceId: 'd2', country: 'TH', merchantId: 'M-2' });
    expect(other).toMatchObject({ newCountry: 1, newMerchant: 1, newDevice: 1 });
  });

  it('the card read in two countries: the time between, whichever event came first', () => {
    const profile = profileOf([{ at: NOON, country: 'TH' }]);
    expect(featuresAt(profile, { at: NOON + 20 * MINUTE }).minutesSinceElsewhere).toBe(20);
    expect(featuresAt(profile, { at: NOON - 20 * MINUTE }).minutesSinceElsewhere).toBe(20);
    expect(featuresAt(profile, { at: NOON, country: 'TH' }).minutesSinceElsewhere).toBe(1_000_000);
    expect(featuresAt(profile, { at: NOON, entryMode: 'ecommerce' }).minutesSinceElsewhere).toBe(1_000_000);
  });

  it('an alerted charge does not become usual until it is proven', () => {
    const usual = Array.from({ length: 10 }, (_, i) => ({ at: NOON - (i + 2) * DAY, minor: 5000 }));
    const alerted = transaction({ at: NOON - HOUR, minor: 900_000, country: 'TH', merchantId: 'M-9' });
    const profile = apply(profileOf(usual), alerted, { outcome: 'alert' });
    expect(featuresAt(profile, { at: NOON, minor: 900_000, country: 'TH' })).toMatchObject({
      newCountry: 1,
      amountVsMean: 180,
      count24h: 2,
    });
  });
});

/** The definition, written the slow way: from the list of everything that happened. */
function naiveWindow(wishes: readonly Wish[], now: number, spanMs: number): { count: number; sum: number } {
  const minute = (at: number) => Math.floor(at / MINUTE);
  const inside = wishes.filter(
    ({ at }) => minute(at) <= minute(now) && minute(at) > minute(now) - spanMs / MINUTE,
  );
  const approved = inside.filter(({ outcome }) => outcome !== 'declined');
  return { count: inside.length, sum: approved.reduce((sum, { minor }) => sum + (minor ?? 0), 0) / 100 };
}

const wish = fc.record({
  at: fc.integer({ min: NOON - 29 * DAY, max: NOON + DAY }),
  minor: fc.integer({ min: 0, max: 20_000 }),
  outcome: fc.constantFrom('approved', 'approved', 'approved', 'declined') as fc.Arbitrary<
    'approved' | 'declined'
  >,
});

describe('properties', () => {
  it('within the exact range windows equal the definition, in any order and through any number of encodings', () => {
    const arbitrary = fc.array(wish, { maxLength: 80 });
    fc.assert(
      fc.property(arbitrary, wish, (wishes, last) => {
        let profile = profileOf([]);
        for (const each of wishes) profile = decodeProfile(encodeProfile(apply(profile, transaction(each))));
        const features = featuresAt(profile, { ...last, minor: 5000, outcome: 'declined' });
        for (const [name, span] of [
          ['1h', HOUR],
          ['24h', DAY],
          ['7d', 7 * DAY],
          ['30d', 30 * DAY],
        ] as const) {
          const naive = naiveWindow(wishes, last.at, span);
          expect(features[`count${name}`]).toBe(naive.count + 1);
          expect(features[`sum${name}`]).toBeCloseTo(naive.sum, 6);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the order in which transactions arrive leaves no trace in the figures', () => {
    const shuffledPair = fc
      .array(wish, { minLength: 2, maxLength: 40 })
      .chain((wishes) =>
        fc.tuple(fc.constant(wishes), fc.shuffledSubarray(wishes, { minLength: wishes.length })),
      );
    fc.assert(
      fc.property(shuffledPair, ([wishes, shuffled]) => {
        const [one, other] = [profileOf(wishes), profileOf(shuffled)];
        expect(other.history).toEqual(one.history);
        expect([other.attempts, other.firstMinute]).toEqual([one.attempts, one.firstMinute]);
        expect([other.spendCount, other.spendSum, other.spendSquares]).toEqual([
          one.spendCount,
          one.spendSum,
          one.spendSquares,
        ]);
      }),
    );
  });
});
