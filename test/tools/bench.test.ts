import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundles, median } from '../../tools/bench/bundles.ts';
import { type ClearedCounts, costOfMillion } from '../../tools/bench/cost.ts';
import { countRoundTrips, type RoundTrips } from '../../tools/bench/round-trips.ts';
import { prices } from '../../tools/prices.ts';
import { createSteeredClock } from '../../tools/replay/steered-clock.ts';
import { startOwnStack } from '../../tools/stage/local.ts';

/** What the design promises and a count can prove; timed figures are the bench's. */
describe('figures by count', () => {
  let trips: RoundTrips;
  beforeAll(async () => {
    const clock = createSteeredClock(Date.parse('2026-01-01T00:00:00Z'));
    const own = await startOwnStack({ clock });
    try {
      trips = await countRoundTrips(own, clock);
    } finally {
      await own.stop();
    }
  });

  it('a cleared transaction takes one read, two writes, 2 WRU and at most 1.5 RRU', () => {
    expect(trips.cleared).toMatchObject({ reads: 1, writes: 2, writeUnits: 2, others: 0 });
    expect(trips.cleared.readUnits).toBeLessThanOrEqual(1.5);
  });

  it('stays there over a month of a card, the upkeep of its ring included', () => {
    expect(trips.clearedMean.writeUnits).toBeLessThanOrEqual(2);
    expect(trips.clearedMean.readUnits).toBeLessThanOrEqual(1.5);
    // The ring is looked after now and then, or this would measure nothing of it.
    expect(trips.clearedMean.reads).toBeGreaterThan(1);
  });

  it('the rules in force take one read of half a unit, for all transactions of half a minute', () => {
    expect(trips.rulesRead).toMatchObject({ reads: 1, writes: 0, others: 0 });
    expect(trips.rulesRead.readUnits).toBeCloseTo(0.5);
  });

  it('a suspicious one is decided in one transaction, and its loop ends in one text', () => {
    expect(trips.suspicious.writes).toBe(1);
    expect(Object.keys(trips.loop.byFunction).sort()).toEqual([
      'freeze-cards',
      'publish-events',
      'record-card-status',
      'route-effects',
      'screen-transactions',
      'send-email',
      'send-sms',
      'watch-freezes',
    ]);
  });

  it('costs at most 3.60 USD per million by the bus and 2.25 directly, 8 ms of CPU each taken for granted', () => {
    const rulesReadUnits = trips.rulesRead.readUnits;
    const counts = { ...trips.clearedMean, rulesReadUnits, cpuMs: 8, logBytes: trips.logBytes };
    expect(costOfMillion(counts, { via: 'bus' }).usd).toBeLessThanOrEqual(3.6);
    expect(costOfMillion(counts, { via: 'queue' }).usd).toBeLessThanOrEqual(2.25);
  });
});

describe('the cost of a million', () => {
  const nothing: ClearedCounts = { writeUnits: 0, readUnits: 0, rulesReadUnits: 0, cpuMs: 0, logBytes: 0 };
  const free = { roundTrips: 0, platformLogBytes: 0, tracedShare: 0 };

  it('adds up the named prices', () => {
    // 1.00 an event, 3 requests of 0.40, one call of 0.20.
    expect(costOfMillion(nothing, { via: 'bus', assumed: { ...free, batchSize: 1 } }).usd).toBeCloseTo(2.4);
    // A tenth of the requests and calls.
    expect(costOfMillion(nothing, { via: 'queue', assumed: free }).usd).toBeCloseTo(0.14);
    const units = { ...nothing, writeUnits: 2, readUnits: 0.5 };
    expect(costOfMillion(units, { via: 'queue', assumed: free }).usd).toBeCloseTo(0.14 + 1.25 + 0.0625);
  });

  it('bills the milliseconds of a batch, rounded up, by its memory', () => {
    const counts = { ...nothing, cpuMs: 10 };
    const assumed = { ...free, memoryMegabytes: 1769, megabytesPerCpu: 1769 };
    const { billedMsPerBatch, lines } = costOfMillion(counts, { via: 'queue', assumed });
    expect(billedMsPerBatch).toBe(100);
    const duration = lines.find(({ what }) => what.includes('100 ms'));
    expect(duration?.usd).toBeCloseTo((100_000 * 0.1 * 1769 * prices.lambdaGigabyteSecond.usd) / 1024);
  });

  it('names page and date of every price', () => {
    expect(prices.notedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const { usd, source } of Object.values(prices.perMillion)) {
      expect(usd).toBeGreaterThan(0);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    }
  });
});

describe('bundles', () => {
  const built = buildBundles();
  afterAll(() => built.remove());

  it('screening is at most 420 KB', () => {
    const screening = built.bundles.find(({ name }) => name === 'screen-transactions');
    expect(screening?.bytes).toBeLessThanOrEqual(420_000);
    expect(built.clientAlone.bytes).toBeGreaterThan(200_000);
  });
});

it('takes the middle of what it measured', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 9, 2])).toBe(3);
});
