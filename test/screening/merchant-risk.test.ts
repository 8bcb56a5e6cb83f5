import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureMerchant, NEVER_DAYS } from '../../functions/screening/merchant-features.ts';
import {
  decodeRisk,
  emptyRisk,
  encodeRisk,
  type FraudAtMerchant,
  learnFraudAtMerchant,
  MERCHANT_FRAUDS_KEPT,
  type MerchantRisk,
  unlearnFraudAtMerchant,
} from '../../functions/screening/merchant-risk.ts';
import { DAY, MINUTE } from './transactions.ts';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const fraud = (id: string, occurredAt: number, deviations?: number): FraudAtMerchant => ({
  transactionId: id,
  occurredAt,
  deviations,
});
const riskOf = (labels: readonly FraudAtMerchant[]): MerchantRisk =>
  labels.reduce(learnFraudAtMerchant, emptyRisk());

const labels = fc.uniqueArray(
  fc.record({
    transactionId: fc.uuid(),
    occurredAt: fc.integer({ min: NOON - 90 * DAY, max: NOON }),
    deviations: fc.option(fc.double({ min: -5, max: 50, noNaN: true }), { nil: undefined }),
  }),
  { selector: ({ transactionId }) => transactionId, maxLength: 30 },
);

describe('what is known of a merchant', () => {
  it('is the same in whatever order the labels come, and however often', () => {
    fc.assert(
      fc.property(labels, fc.infiniteStream(fc.nat()), (some, chances) => {
        const keys = new Map(some.map((label) => [label, chances.next().value ?? 0]));
        const shuffled = [...some].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        expect(riskOf([...shuffled, ...some])).toEqual(riskOf(some));
      }),
    );
  });

  it('is as if a label had never come when it is taken back', () => {
    fc.assert(
      fc.property(labels, fc.nat(), (some, index) => {
        const taken = some[index % Math.max(1, some.length)];
        const left = some.filter((label) => label !== taken);
        expect(unlearnFraudAtMerchant(riskOf(some), taken?.transactionId ?? 'unheard')).toEqual(riskOf(left));
      }),
    );
  });

  it('comes out of its bytes as it went in', () => {
    fc.assert(
      fc.property(labels, (some) => {
        expect(decodeRisk(encodeRisk(riskOf(some)))).toEqual(riskOf(some));
      }),
    );
  });

  it('stays within one write unit however many frauds there are, and forgets the oldest', () => {
    const many = Array.from({ length: 500 }, (_, index) => fraud(`t-${index}`, NOON - index * DAY * 30));
    const risk = riskOf(many);
    expect(risk.frauds.map(({ minute }) => minute)).toEqual(
      many.slice(0, MERCHANT_FRAUDS_KEPT).map(({ occurredAt }) => occurredAt / MINUTE),
    );
    expect(encodeRisk(risk).length).toBeLessThan(900);
  });

  it('is refused in bytes of an unknown layout', () => {
    expect(() => decodeRisk(Uint8Array.of(9, 0))).toThrow('merchant layout 9 is not known');
  });
});

describe('what the frauds of a merchant say at a moment', () => {
  const risk = riskOf([
    fraud('a', NOON - 40 * DAY),
    fraud('b', NOON - 20 * DAY, 0.5),
    fraud('c', NOON - 10 * DAY, 9),
    fraud('d', NOON + MINUTE, 0),
  ]);

  it('counts 35 days back, tells ordinary amounts from odd ones and does not see what comes later', () => {
    expect(measureMerchant(risk, NOON / MINUTE)).toEqual({
      frauds: 2,
      ordinaryFrauds: 1,
      fraudAgeDays: 10,
      fraudOldestDays: 20,
    });
  });

  it('is nothing at a merchant without any', () => {
    expect(measureMerchant(emptyRisk(), NOON / MINUTE)).toMatchObject({
      frauds: 0,
      fraudAgeDays: NEVER_DAYS,
    });
  });
});
