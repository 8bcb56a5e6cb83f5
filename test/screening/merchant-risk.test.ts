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
  sightAtMerchant,
  unlearnFraudAtMerchant,
} from '../../functions/screening/merchant-risk.ts';
import { DAY, MINUTE } from './transactions.ts';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const fraud = (id: string, occurredAt: number, deviations?: number): FraudAtMerchant => ({
  transactionId: id,
  occurredAt,
  deviations,
  knownAt: occurredAt + 7 * DAY,
});
const riskOf = (labels: readonly FraudAtMerchant[]): MerchantRisk =>
  labels.reduce(learnFraudAtMerchant, emptyRisk());

const labels = fc.uniqueArray(
  fc
    .tuple(
      fc.uuid(),
      fc.integer({ min: NOON - 90 * DAY, max: NOON }),
      fc.option(fc.double({ min: -5, max: 50, noNaN: true }), { nil: undefined }),
    )
    .map(([id, at, deviations]) => fraud(id, at, deviations)),
  { selector: ({ transactionId }) => transactionId, maxLength: 30 },
);

describe('what is known of a merchant', () => {
  it('is the same in whatever order the labels come, and however often', () => {
    fc.assert(
      fc.property(labels, fc.infiniteStream(fc.nat()), (some, chances) => {
        const keys = new Map(some.map((label) => [label, chances.next().value ?? 0]));
        const shuffled = [...some].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
        expect(riskOf([...shuffled, ...some]).frauds).toEqual(riskOf(some).frauds);
      }),
    );
  });

  it('is as if a label had never come when it is taken back', () => {
    fc.assert(
      fc.property(labels, fc.nat(), (some, index) => {
        const taken = some[index % Math.max(1, some.length)];
        const left = some.filter((label) => label !== taken);
        const after = unlearnFraudAtMerchant(riskOf(some), taken?.transactionId ?? 'unheard');
        expect(after.frauds).toEqual(riskOf(left).frauds);
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
    fraud('b', NOON - 22 * DAY, 0.5),
    fraud('c', NOON - 10 * DAY, 9),
    fraud('d', NOON - 8 * DAY, 1),
    fraud('e', NOON + MINUTE, 0),
  ]);

  it('counts 35 days back, tells ordinary amounts from odd ones and does not see what comes later', () => {
    expect(measureMerchant(risk, NOON / MINUTE)).toMatchObject({
      frauds: 3,
      frauds28d: 3,
      frauds14d: 2,
      ordinaryFrauds: 2,
      ageDays: 8,
      secondAgeDays: 10,
      oldestDays: 22,
    });
  });

  it('makes a run of the frauds back from the latest, up to a gap of more than ten days', () => {
    expect(measureMerchant(risk, NOON / MINUTE)).toMatchObject({
      run: 2,
      runDays: 10,
      runPerDay: 1,
      runOrdinary: 1,
      ordinaryAgeDays: 8,
      ordinaryOldestDays: 8,
      leastDeviation: 1,
      meanDeviation: 5,
    });
  });

  it('judges an event of two weeks ago by the frauds before it', () => {
    expect(measureMerchant(risk, NOON / MINUTE - 15 * 1440)).toMatchObject({ frauds: 2, ageDays: 7 });
  });

  it('is nothing at a merchant without any', () => {
    expect(measureMerchant(emptyRisk(), NOON / MINUTE)).toMatchObject({ frauds: 0, ageDays: NEVER_DAYS });
  });
});

describe('transactions at a merchant under suspicion', () => {
  const suspected = riskOf([fraud('a', NOON, 0)]);
  const from = NOON + 7 * DAY;
  const sighted = (count: number, spreadMs: number) => {
    let risk = suspected;
    let writes = 0;
    for (let i = 0; i < count; i++) {
      const next = sightAtMerchant(risk, {
        transactionId: `t-${i}`,
        occurredAt: from + (i * spreadMs) / count,
      });
      if (next !== risk) writes += 1;
      risk = next;
    }
    return { risk, writes };
  };

  it('are not written at any other merchant, nor five weeks after the latest fraud', () => {
    const other = emptyRisk();
    expect(sightAtMerchant(other, { transactionId: 't', occurredAt: NOON })).toBe(other);
    const late = NOON + 35 * DAY + MINUTE;
    expect(sightAtMerchant(suspected, { transactionId: 't', occurredAt: late })).toBe(suspected);
    expect(sightAtMerchant(suspected, { transactionId: 't', occurredAt: late - MINUTE })).not.toBe(suspected);
  });

  it('are counted one by one where they are few', () => {
    expect(sighted(60, 10 * DAY)).toMatchObject({ writes: 60, risk: { sightings: 60 } });
  });

  it('make no hot item: a hundred thousand write less than a thousand times, and are counted within a tenth or so', () => {
    const { risk, writes } = sighted(100_000, DAY);
    expect(writes).toBeLessThan(1000);
    expect(risk.sightings).toBeGreaterThan(80_000);
    expect(risk.sightings).toBeLessThan(125_000);
  });

  it('tell two frauds in a handful from two in a hundred thousand', () => {
    const share = (count: number) => {
      const risk = learnFraudAtMerchant(sighted(count, DAY).risk, fraud('b', NOON + DAY, 0));
      return measureMerchant(risk, (from + DAY) / MINUTE).fraudShare;
    };
    expect(share(0)).toBe(1);
    expect(share(1)).toBeCloseTo(2 / 28);
    expect(share(100_000)).toBeLessThan(0.000_001);
  });

  it('begin anew with a label that comes after the suspicion was over', () => {
    const { risk } = sighted(60, DAY);
    const again = learnFraudAtMerchant(risk, fraud('z', NOON + 90 * DAY, 0));
    expect(again).toMatchObject({ sightings: 0, suspectedSince: (NOON + 97 * DAY) / MINUTE });
    const during = learnFraudAtMerchant(risk, fraud('y', NOON + 9 * DAY, 0));
    expect(during).toMatchObject({ sightings: 60, suspectedSince: risk.suspectedSince });
  });
});
