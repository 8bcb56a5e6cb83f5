import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { runSchedule } from './run.ts';

/** Of this many, split over the files beside this one so that every core has work. */
export const SCHEDULES = 10_000;
export const PARTS = 4;

/** Another beginning for another thousand nights: `CARDGUARD_SEED_FROM=50000`. */
const FROM = Number(process.env.CARDGUARD_SEED_FROM ?? 1);
/** Only this one, told event by event. */
const ONLY = process.env.CARDGUARD_SEED;

/** Runs a part of the schedules; the first that breaks a rule is told whole, with the seed that replays it. */
export function testSchedules(part: number): void {
  if (ONLY !== undefined) {
    test.runIf(part === 1)(`schedule ${ONLY}`, async () => {
      const { violations } = await runSchedule(Number(ONLY));
      console.log(await explain(Number(ONLY)));
      expect(violations).toEqual([]);
    });
    return;
  }
  const count = SCHEDULES / PARTS;
  const first = FROM + (part - 1) * count;
  test(`schedules ${first} to ${first + count - 1}`, async () => {
    const seen = new Map<string, number>();
    for (let seed = first; seed < first + count; seed += 1) {
      const { counts, violations } = await runSchedule(seed);
      if (violations.length > 0) expect.fail(await explain(seed));
      for (const [name, times] of Object.entries(counts)) seen.set(name, (seen.get(name) ?? 0) + times);
    }
    // A simulation in which nothing happens finds nothing.
    for (const name of SEEN) expect(seen.get(name) ?? 0, name).toBeGreaterThan(count / 200);
  }, 600_000);
}

const SEEN = [
  'texts',
  'replies',
  'alerts',
  'holds',
  'alert settled_fraud',
  'alert settled_genuine',
  'alert expired',
  'alert undeliverable',
  'factor sim',
  'factor totp',
  'factor device',
  'factor staff',
  'proof used',
  'by two vouch',
  'by two undo_not_mine',
  'pass used',
];
