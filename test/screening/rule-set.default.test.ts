import { describe, expect, it } from 'vitest';
import { learnFraudOnCard } from '../../functions/screening/card-frauds.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { decide, isStale, reasonWords } from '../../functions/screening/decide.ts';
import {
  emptyRisk,
  learnFraudAtMerchant,
  type MerchantRisk,
  sightAtMerchant,
} from '../../functions/screening/merchant-risk.ts';
import { placeholdersOf } from '../../functions/screening/placeholders.ts';
import type { CardProfile } from '../../functions/screening/profile.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { apply, DAY, HOUR, MINUTE, profileOf, transaction, type Wish } from './transactions.ts';

const ruleSet = compileRuleSet(defaultRuleSet);
/** Noon in Shanghai. */
const NOON = Date.parse('2026-06-10T04:00:00Z');
const MIDNIGHT = Date.parse('2026-06-10T16:30:00Z');

/** A quiet card: one purchase of 60 yuan a day for a month, three merchants, one device. */
const quiet: readonly Wish[] = Array.from({ length: 30 }, (_, day) => ({
  at: NOON - (day + 1) * DAY,
  minor: 6000,
  merchantId: `M-${day % 3}`,
  ...(day % 3 === 0 ? { entryMode: 'ecommerce' as const, deviceId: 'd-1' } : {}),
}));
/** One that is used to 3,000 yuan a day. */
const rich: readonly Wish[] = quiet.map((wish) => ({ ...wish, minor: 300_000 }));

const decideOn = (profile: CardProfile, wish: Wish, merchant: MerchantRisk = emptyRisk()) =>
  decide({ profile, merchant, transaction: transaction(wish), ruleSet });
/** A merchant with frauds of ordinary amounts so many days ago. */
const frauds = (...days: readonly number[]) =>
  days.reduce(
    (risk, day) =>
      learnFraudAtMerchant(risk, {
        transactionId: `f-${day}`,
        occurredAt: NOON - day * DAY,
        deviations: 0.5,
        knownAt: NOON - (day - 7) * DAY,
      }),
    emptyRisk(),
  );
const cardAfter = (...wishes: readonly Wish[]) => profileOf([...quiet, ...wishes]);
const attempts = (count: number, wish: Partial<Wish>): readonly Wish[] =>
  Array.from({ length: count }, (_, i) => ({ at: NOON - (i + 2) * MINUTE, minor: 6000, ...wish }));

/** Rule → a card and a transaction that this rule alone finds remarkable. */
const cases: Record<string, readonly [CardProfile, Wish, MerchantRisk?]> = {
  amount_far_above_usual: [cardAfter(), { at: NOON, minor: 40_000 }],
  amount_extreme: [
    // Declined, so it adds to no sum; irregular enough that 10 times the mean is not yet 4 deviations away.
    profileOf(
      Array.from({ length: 12 }, (_, i) => ({ at: NOON - (i + 1) * DAY, minor: i === 0 ? 6_000_000 : 6000 })),
    ),
    { at: NOON, minor: 6_100_000, outcome: 'declined' },
  ],
  velocity_1h: [cardAfter(...attempts(5, {})), { at: NOON, minor: 6000 }],
  spending_spree: [
    // Used to 600 yuan now and then: the amount itself is nothing new.
    profileOf([
      ...Array.from({ length: 6 }, (_, i) => ({ at: NOON - (i + 1) * 4 * DAY, minor: 60_000 })),
      { at: NOON - 30 * MINUTE, minor: 60_000 },
      { at: NOON - 10 * MINUTE, minor: 60_000 },
    ]),
    { at: NOON, minor: 60_000, merchantId: 'M-new' },
  ],
  declined_then_dear: [
    profileOf([...rich, { at: NOON - 5 * MINUTE, minor: 6000, merchantId: 'M-0', outcome: 'declined' }]),
    { at: NOON, minor: 40_000, merchantId: 'M-new' },
  ],
  sum_24h: [
    profileOf([
      ...quiet,
      ...Array.from({ length: 2 }, (_, i) => ({ at: NOON - (i + 3) * HOUR, minor: 900_000 })),
    ]),
    { at: NOON, minor: 300_000 },
  ],
  count_burst: [
    cardAfter(...Array.from({ length: 16 }, (_, i) => ({ at: NOON - (i + 1) * 75 * MINUTE, minor: 6000 }))),
    { at: NOON, minor: 6000 },
  ],
  night_high_amount: [profileOf(quiet.slice(0, 4)), { at: MIDNIGHT, minor: 350_000 }],
  probing_then_larger: [
    profileOf([...rich, ...attempts(3, { minor: 100, merchantId: 'M-0' })]),
    { at: NOON, minor: 60_000, entryMode: 'ecommerce', deviceId: 'd-1' },
  ],
  card_testing: [
    cardAfter(...attempts(4, { minor: 0, merchantId: 'M-0' })),
    { at: NOON, minor: 0, entryMode: 'ecommerce', deviceId: 'd-1' },
  ],
  declined_run: [cardAfter(...attempts(3, { outcome: 'declined' })), { at: NOON, minor: 6000 }],
  risky_mcc: [profileOf(rich), { at: NOON, minor: 300_000, mcc: '7995', merchantId: 'M-new' }],
  new_country: [cardAfter(), { at: NOON, minor: 6000, country: 'TH' }],
  cross_border_not_present: [
    profileOf([...rich, { at: NOON - HOUR, country: 'US', entryMode: 'ecommerce', deviceId: 'd-1' }]),
    { at: NOON, minor: 40_000, country: 'US', entryMode: 'ecommerce', deviceId: 'd-1' },
  ],
  new_device_not_present: [
    profileOf(rich),
    { at: NOON, minor: 60_000, entryMode: 'ecommerce', deviceId: 'd-2' },
  ],
  first_use_high: [profileOf([]), { at: NOON, minor: 900_000 }],
  two_places: [
    cardAfter({ at: NOON - 30 * DAY, country: 'TH' }, { at: NOON - 20 * MINUTE, country: 'TH' }),
    { at: NOON, minor: 6000 },
  ],
  magstripe_abroad: [
    cardAfter({ at: NOON - 2 * HOUR, country: 'TH' }),
    { at: NOON, minor: 6000, country: 'TH', entryMode: 'magstripe' },
  ],
  unusual_spree: [
    cardAfter({ at: NOON - 30 * HOUR, minor: 16_000 }, { at: NOON - 40 * HOUR, minor: 16_000 }),
    { at: NOON, minor: 12_500 },
  ],
  merchant_fraud_run: [cardAfter(), { at: NOON, minor: 6000 }, frauds(9, 12, 20)],
  merchant_fraud_recent: [cardAfter(), { at: NOON, minor: 6000 }, frauds(9)],
  card_fraud_known: [
    learnFraudOnCard(cardAfter(), {
      transactionId: 'stolen',
      occurredAt: NOON - 9 * DAY,
      billing: { minor: 900_000, currency: 'CNY' },
      declined: false,
      wasLearnt: false,
    }),
    { at: NOON, minor: 6000 },
  ],
  recurring_known: [
    cardAfter(),
    { at: NOON, minor: 6000, merchantId: 'M-0', recurring: true, entryMode: 'ecommerce' },
  ],
};

describe('the shipped rules', () => {
  it('are at least ten, pass their own check, and each has a case below', () => {
    expect(defaultRuleSet.rules.length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(cases).sort()).toEqual(defaultRuleSet.rules.map(({ code }) => code).sort());
  });

  it.each(Object.entries(cases))('%s fires alone', (code, [profile, wish, risk]) => {
    expect(decideOn(profile, wish, risk).reasons.map((reason) => reason.code)).toEqual([code]);
  });

  it('an everyday purchase fires none', () => {
    expect(decideOn(cardAfter(), { at: NOON, minor: 7000 })).toMatchObject({
      outcome: 'clear',
      score: 0,
      reasons: [],
    });
    expect(decideOn(profileOf([]), { at: NOON, minor: 7000 })).toMatchObject({
      outcome: 'clear',
      reasons: [],
    });
  });

  it('a busy merchant with a few frauds among many purchases is none that was taken over', () => {
    let risk = frauds(9, 12, 20);
    for (let i = 0; i < 500; i += 1) {
      risk = sightAtMerchant(risk, { transactionId: `s-${i}`, occurredAt: NOON - DAY + i * MINUTE });
    }
    expect(decideOn(cardAfter(), { at: NOON, minor: 6000 }, risk).reasons).toEqual([]);
  });

  it.each(Object.entries(cases))(
    '%s is put into words in both languages, every place filled',
    (_, [profile, wish, risk]) => {
      const reason = decideOn(profile, wish, risk).reasons[0];
      if (!reason) throw new Error('no reason');
      for (const language of ['zh-CN', 'en'] as const) {
        const words = reasonWords(reason, language);
        expect(words).not.toMatch(/[{}–]|undefined|NaN/);
        expect(words.length).toBeGreaterThan(4);
      }
    },
  );

  it('both languages of a rule tell the same values', () => {
    // The Chinese notes name the hour and amount just as the English ones do.
    for (const { words } of defaultRuleSet.rules) {
      expect([...placeholdersOf(words.zh)].sort()).toEqual([...placeholdersOf(words.en)].sort());
    }
  });
});

/** Ten times the usual, on the net, from a device never seen: two signs, which ask. */
const dear = { at: NOON, minor: 60_000, entryMode: 'ecommerce', deviceId: 'd-9' } as const;

describe('decisions', () => {
  it('an amount alone is no reason to ask, however large: people do buy dear things', () => {
    expect(decideOn(cardAfter(), { at: NOON, minor: 800_000 })).toMatchObject({
      outcome: 'clear',
      score: 25,
    });
    expect(decideOn(cardAfter(), dear)).toMatchObject({ outcome: 'alert', score: 55 });
  });

  it('the story: 23:40, online, abroad, new device, far above the usual: frozen', () => {
    const at = Date.parse('2026-06-10T15:40:00Z');
    const wish = { at, minor: 888_000, country: 'US', entryMode: 'ecommerce', deviceId: 'd-9' } as const;
    const decision = decideOn(cardAfter(), wish);
    expect(decision).toMatchObject({
      outcome: 'freeze',
      score: 100,
      ruleSetVersion: defaultRuleSet.version,
      modelVersion: null,
    });
    expect(decision.reasons.map((reason) => reasonWords(reason, 'en'))).toContain(
      'A high amount at night: CNY 8,880 after 23:00',
    );
  });

  it('a freeze by itself: a larger purchase after probing', () => {
    const [profile, wish] = cases.probing_then_larger ?? [];
    if (!profile || !wish) throw new Error('no case');
    expect(decideOn(profile, wish)).toMatchObject({ outcome: 'freeze', score: 60 });
  });

  it('a declined authorisation can alert: somebody may be trying the card', () => {
    expect(decideOn(cardAfter(), { ...dear, outcome: 'declined' }).outcome).toBe('alert');
  });

  it('H29: account verifications never alert by amount, as attempts they may', () => {
    const spent = cardAfter({ at: NOON - HOUR, minor: 5_000_000 });
    expect(decideOn(spent, { at: NOON, minor: 0 })).toMatchObject({ outcome: 'clear', reasons: [] });
    const [profile, wish] = cases.card_testing ?? [];
    if (!profile || !wish) throw new Error('no case');
    expect(decideOn(profile, wish).outcome).toBe('alert');
  });

  it('a known merchant’s recurring charge is less suspicious', () => {
    const wish = { ...dear, merchantId: 'M-0' };
    expect(decideOn(cardAfter(), wish).outcome).toBe('alert');
    expect(decideOn(cardAfter(), { ...wish, recurring: true })).toMatchObject({
      outcome: 'clear',
      score: 15,
    });
    expect(decideOn(cardAfter(), { ...wish, merchantId: 'M-new', recurring: true }).outcome).toBe('alert');
  });

  it('the same input gives the same decision, and it can be kept as JSON', () => {
    const [profile, wish] = [cardAfter(), dear];
    const decision = decideOn(profile, wish);
    expect(decideOn(profile, wish)).toEqual(decision);
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  });

  it('a second fraudulent charge is found as well as the first', () => {
    const first = transaction({ ...dear, at: NOON - HOUR });
    const decision = decide({ profile: cardAfter(), merchant: emptyRisk(), transaction: first, ruleSet });
    const profile = apply(cardAfter(), first, { outcome: decision.outcome });
    expect([decision.outcome, decideOn(profile, dear).outcome]).toEqual(['alert', 'alert']);
  });

  it('H25: older than an hour is stale; the decision stands', () => {
    const event = transaction({ at: NOON, minor: 40_000 });
    expect(isStale(event, NOON + HOUR, ruleSet)).toBe(false);
    expect(isStale(event, NOON + HOUR + 1, ruleSet)).toBe(true);
  });

  it('a reason of a rule since removed is told by its code', () => {
    expect(reasonWords({ code: 'old_rule', values: {} }, 'zh')).toBe('old_rule');
  });
});
