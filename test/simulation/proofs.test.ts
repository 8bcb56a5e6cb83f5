import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { runProof, steps, type Timed } from './proofs-run.ts';
import { onWrites, writes } from './tamper.ts';
import type { Tampering } from './world.ts';

const MINUTE = 60_000;
const timed = fc.record({
  step: fc.constantFrom(...steps),
  afterMs: fc.constantFrom(0, 0, 0, 1, 20, 30_000, 31_000, 3 * MINUTE, 6 * MINUTE, 16 * MINUTE),
});
const plays = fc.array(timed, { minLength: 1, maxLength: 6 });

const PROVEN: readonly Timed[] = [
  { step: 'right code', afterMs: 0 },
  { step: 'password', afterMs: 1_000 },
  { step: 'release', afterMs: 2_000 },
];

test('a code and a password lift the hold', async () => {
  expect(await runProof(3, PROVEN)).toMatchObject({ releases: 1, violations: [] });
});

test('I2 I4 I5 I7 I8 I12 hold in any interleaving of up to six of replies, sweeps, verification steps and duplicates', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), plays, async (seed, play) => {
      const { trace, violations } = await runProof(seed, play);
      expect(violations, trace.join('\n')).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 120_000);

test('I2 I7 of many who prove themselves at once, the hold is lifted once', async () => {
  const between = fc.constantFrom(0, 0, 1, 20);
  const rushes = fc.array(fc.record({ step: fc.constantFrom(...steps), afterMs: between }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.nat(), rushes, async (seed, rush) => {
      const { releases, trace, violations } = await runProof(seed, [...PROVEN, ...rush]);
      expect(violations, trace.join('\n')).toEqual([]);
      expect(releases).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
}, 120_000);

const code = writes(/^VER#\S+ CODE/);
const mistakes: readonly { name: string; rule: string; tampering: Tampering; play: readonly Timed[] }[] = [
  {
    name: 'a code is not used up',
    rule: 'I7',
    tampering: {
      db: (db) => onWrites(db, (one) => (one.spec.kind === 'update' && code(one) ? undefined : one)),
    },
    play: [
      { step: 'right code', afterMs: 0 },
      { step: 'right code', afterMs: 5_000 },
    ],
  },
  {
    name: 'a proof is not used up',
    rule: 'I2',
    tampering: {
      db: (db) =>
        onWrites(db, (one) => (one.spec.kind === 'put' && one.spec.item.status === 'used' ? undefined : one)),
    },
    play: PROVEN,
  },
  {
    name: 'tries have no end',
    rule: 'I7',
    tampering: {
      db: (db) => onWrites(db, (one) => (writes(/^TRIES#/)(one) ? { ...one, when: undefined } : one)),
    },
    play: Array.from({ length: 5 }, () => ({ step: 'wrong code', afterMs: 0 }) as const),
  },
  {
    name: 'a resend counts anew',
    rule: 'I7',
    tampering: {
      db: (db) =>
        onWrites(db, (one) =>
          one.spec.kind === 'update' && writes(/^TRIES#/)(one) && one.spec.change.add?.sends !== undefined
            ? { ...one, when: undefined, spec: { ...one.spec, change: { set: { sends: 0, failures: 0 } } } }
            : one,
        ),
    },
    play: [
      { step: 'wrong code', afterMs: 0 },
      { step: 'order', afterMs: 5_000 },
    ],
  },
];

test.each(mistakes)('$rule sees it when $name', async ({ rule, tampering, play }) => {
  const { trace, violations } = await runProof(3, play, { tampering });
  expect(
    violations.map((one) => one.rule),
    trace.join('\n'),
  ).toContain(rule);
});
