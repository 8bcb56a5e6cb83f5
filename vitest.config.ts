import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // The crash matrix takes many minutes: `npm run test:crash` asks for it.
    exclude: ['node_modules/**', ...(process.env.CARDGUARD_CRASH === undefined ? ['test/crash/**'] : [])],
    include: ['test/**/*.test.ts', 'functions/**/*.test.ts', 'infra/**/*.test.ts', 'tools/**/*.test.ts'],
    // Tests that start the local stack share two cores; a start takes seconds, never a minute.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
