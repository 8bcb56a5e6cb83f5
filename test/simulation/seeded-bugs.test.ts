import { describe, expect, test } from 'vitest';
import { runSchedule } from './run.ts';
import { seededBugs } from './seeded-bugs.ts';
import { seededBugsOfProofs } from './seeded-bugs-of-proofs.ts';

const all = [...seededBugs, ...seededBugsOfProofs];

/** Schedules a bug may stay unseen in. */
const MOST_SCHEDULES = 4_000;
/** Of a clock on the wall: a crowded machine is slow, and blind it is not. */
const TIMEOUT_MS = 600_000;

describe('every seeded bug is caught, by a rule made for it', () => {
  test('there are at least 20', () => {
    expect(all.length).toBeGreaterThanOrEqual(20);
  });

  test.each(all)(
    '$name',
    async ({ caughtBy, tampering }) => {
      for (let seed = 1; seed <= MOST_SCHEDULES; seed += 1) {
        const { violations } = await runSchedule(seed, { tampering });
        if (violations.some(({ rule }) => caughtBy.includes(rule))) return;
      }
      expect.fail(`unseen in ${MOST_SCHEDULES} schedules`);
    },
    TIMEOUT_MS,
  );
});
