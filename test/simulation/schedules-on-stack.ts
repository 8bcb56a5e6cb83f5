import { expect, test } from 'vitest';
import { runOnStack } from './stack/run.ts';

/** Of this many, split over the files beside this one so that every core has work. */
const SCHEDULES = 200;
export const STACK_PARTS = 2;
/** Another beginning for other nights: `CARDGUARD_STACK_SEED_FROM=1001`. */
const FROM = Number(process.env.CARDGUARD_STACK_SEED_FROM ?? 1);
/** Only this one, alone on its stack. */
const ONLY = process.env.CARDGUARD_STACK_SEED;
/** Minutes of both cores when nothing else runs; a crowded machine takes long. */
const TIMEOUT_MS = 1_800_000;

/** Runs a part of the schedules on one local stack; whatever breaks a rule is told with the seed that sends it again. */
export function testSchedulesOnStack(part: number): void {
  const count = SCHEDULES / STACK_PARTS;
  const first = FROM + (part - 1) * count;
  const seeds =
    ONLY === undefined ? Array.from({ length: count }, (_, index) => first + index) : [Number(ONLY)];
  const named = ONLY === undefined ? `schedules ${first} to ${first + count - 1}` : `schedule ${ONLY}`;
  test.runIf(ONLY === undefined || part === 1)(
    `${named} on the local stack`,
    async () => {
      const { counts, violations } = await runOnStack(seeds);
      const red = [...violations].flatMap(([seed, broken]) =>
        broken.map(({ at, rule, says }) => `${rule} ${says} (${at}): CARDGUARD_STACK_SEED=${seed}`),
      );
      console.log(`${named}: ${JSON.stringify(counts)}`);
      expect(red).toEqual([]);
      // Schedules in which nothing happens find nothing.
      if (ONLY === undefined)
        for (const name of SEEN) expect(counts[name] ?? 0, name).toBeGreaterThanOrEqual(count / 50);
    },
    TIMEOUT_MS,
  );
}

const SEEN = [
  ...['texts', 'replies', 'alert settled_fraud', 'alert expired', 'alert undeliverable', 'proof expired'],
  ...['throttle', 'refuse-before', 'lose-answer'],
];
