import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'functions/**/*.test.ts', 'infra/**/*.test.ts', 'tools/**/*.test.ts'],
    exclude: [...configDefaults.exclude],
    setupFiles: ['test/support/same-seed.ts'],
    // Each file may run a whole local stack (two databases' worth of work): more than two starve each other.
    maxWorkers: 2,
    // Tests that start the local stack share two cores; a start takes seconds, never a minute.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
