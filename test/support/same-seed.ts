import fc from 'fast-check';

/**
 * Property tests draw the same values in every run, so that a run can be repeated and a build is not red by chance.
 * Other values: `CARDGUARD_PROPERTY_SEED=7 npx vitest run test/alert`.
 */
fc.configureGlobal({ seed: Number(process.env.CARDGUARD_PROPERTY_SEED ?? 20_261_123) });
