import { configDefaults, defineConfig } from 'vitest/config';

/** What has a command of its own: `npm run test:crash`, `npm run test:schedules` and `npm run test:states`. */
const ownCommand = [
  ...(process.env.CARDGUARD_STACK_SCHEDULES === undefined ? ['test/simulation/schedules-on-stack-*'] : []),
  ...(process.env.CARDGUARD_CRASH === undefined ? ['test/crash/matrix-*'] : []),
  ...(process.env.CARDGUARD_STATES === undefined ? ['test/console/states*'] : []),
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'functions/**/*.test.ts', 'infra/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...ownCommand],
    setupFiles: ['test/support/same-seed.ts'],
    // Each file may run a whole local stack (two databases' worth of work): more than two starve each other.
    maxWorkers: 2,
    // Tests on the local stack share two cores: half a minute at most on an idle machine, far more on a crowded one.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
