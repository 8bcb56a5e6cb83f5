import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CARD_FRAUDS_KEPT,
  deviationsOf,
  type FraudOnCard,
  learnFraudOnCard,
  unlearnFraudOnCard,
  usualOf,
} from '../../functions/screening/card-frauds.ts';
import {
  type CardProfile,
  decodeProfile,
  encodeProfile,
  PROFILE_LIMIT_BYTES,
} from '../../functions/screening/profile.ts';
import { apply, DAY, MINUTE, profileOf, transaction, type Wish } from './transactions.ts';

const START = Date.parse('2026-05-01T00:00:00Z');
const wishes = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 20 * 1440 }).map((minute) => START + minute * MINUTE),
    minor: fc.integer({ min: 1, max: 500_000 }),
  }),
  { minLength: 1, maxLength: 25 },
);
const numbered = (list: readonly Wish[]) => list.map((wish, index) => ({ ...wish, id: `t-${index}` }));
const labelOf = (wish: Wish & { id: string }, over: Partial<FraudOnCard> = {}): FraudOnCard => ({
  transactionId: wish.id,
  occurredAt: wish.at,
  billing: { minor: wish.minor ?? 5000, currency: wish.currency ?? 'CNY' },
  declined: false,
  wasLearnt: true,
  ...over,
});
const spending = ({ spendCount, spendSum, spendSquares }: CardProfile) => ({
  spendCount,
  spendSum,
  spendSquares,
});

describe('a fraud that becomes known on a card', () => {
  it('leaves mean and deviation as if it had never been', () => {
    fc.assert(
      fc.property(wishes, fc.nat(), (list, index) => {
        const all = numbered(list);
        const stolen = all[index % all.length] ?? all[0];
        if (stolen === undefined) return;
        const after = learnFraudOnCard(profileOf(all), labelOf(stolen));
        const without = profileOf(all.filter((wish) => wish !== stolen));
        expect(spending(after)).toEqual(spending(without));
        expect(after.attempts).toBe(all.length);
      }),
    );
  });

  it('teaches once however often it is told, also after a night in the table', () => {
    fc.assert(
      fc.property(wishes, (list) => {
        const all = numbered(list);
        const [stolen] = all;
        if (stolen === undefined) return;
        const once = decodeProfile(encodeProfile(learnFraudOnCard(profileOf(all), labelOf(stolen))));
        expect(learnFraudOnCard(once, labelOf(stolen))).toBe(once);
      }),
    );
  });

  it('taken back leaves everything as it was', () => {
    fc.assert(
      fc.property(wishes, fc.nat(), fc.boolean(), fc.boolean(), (list, index, declined, wasLearnt) => {
        const all = numbered(list);
        const stolen = all[index % all.length] ?? all[0];
        if (stolen === undefined) return;
        const before = profileOf(all);
        const known = learnFraudOnCard(before, labelOf(stolen, { declined, wasLearnt }));
        const back = unlearnFraudOnCard(decodeProfile(encodeProfile(known)), stolen.id);
        expect(encodeProfile(back)).toEqual(encodeProfile(before));
      }),
    );
  });

  it('of a declined one, of another currency, or never learnt takes nothing out of the mean', () => {
    const before = profileOf([{ at: START, minor: 4000 }]);
    const wish = { id: 'x', at: START + DAY, minor: 9000 };
    for (const over of [
      { declined: true },
      { wasLearnt: false },
      { billing: { minor: 9000, currency: 'USD' } },
    ]) {
      const after = learnFraudOnCard(before, labelOf(wish, over));
      expect(spending(after)).toEqual(spending(before));
      expect(after.frauds).toHaveLength(1);
    }
  });

  it('taken back when it was never known changes nothing', () => {
    const before = profileOf([{ at: START }]);
    expect(unlearnFraudOnCard(before, 'unheard')).toBe(before);
  });

  it('keeps the latest few, and the profile within its bytes however full the card is', () => {
    const many = numbered(
      Array.from({ length: 200 }, (_, index) => ({
        at: START + index * 60 * MINUTE,
        minor: 900_000 + index,
      })),
    );
    let profile = profileOf(many);
    for (let index = 0; index < 36; index += 1) {
      const at = START + (200 + index) * 60 * MINUTE;
      profile = apply(profile, transaction({ id: `r-${index}`, at }), { addToRing: true });
    }
    const known = many.reduce((one, wish) => learnFraudOnCard(one, labelOf(wish)), profile);
    expect(known.frauds.map(({ minute }) => minute)).toEqual(
      many
        .slice(-CARD_FRAUDS_KEPT)
        .reverse()
        .map(({ at }) => Math.floor(at / MINUTE)),
    );
    const bytes = encodeProfile(known);
    expect(bytes.length).toBeLessThanOrEqual(PROFILE_LIMIT_BYTES);
    expect(decodeProfile(bytes).ring).toEqual(known.ring);
  });
});

describe('what is usual for a card', () => {
  const spent = profileOf(
    [8000, 9000, 10_000, 11_000, 12_000].map((minor, day) => ({ at: START + day * DAY, minor })),
  );

  it('is not known below five amounts, nor in another currency', () => {
    expect(usualOf(profileOf([{ at: START }]))).toEqual({ mean: 0, deviation: 0 });
    expect(deviationsOf(profileOf([{ at: START }]), { minor: 1, currency: 'CNY' })).toBeUndefined();
    expect(deviationsOf(spent, { minor: 1, currency: 'USD' })).toBeUndefined();
  });

  it('is the mean and at least a quarter of it either way', () => {
    // Deviation of the amounts: 1,414; a quarter of the mean: 2,500.
    expect(usualOf(spent)).toEqual({ mean: 10_000, deviation: 2500 });
    expect(deviationsOf(spent, { minor: 20_000, currency: 'CNY' })).toBe(4);
  });
});
