import { runSchedule } from './run.ts';

/** What went wrong under this seed, with everything that happened, and how to see it again. */
export async function explain(seed: number): Promise<string> {
  const { trace, violations } = await runSchedule(seed, { traced: true });
  return [
    `schedule ${seed}:`,
    ...violations.map(({ rule, at, says }) => `  ${rule} ${says} (${at})`),
    `replay: CARDGUARD_SEED=${seed} npx vitest run test/simulation`,
    ...trace,
  ].join('\n');
}
