import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Factor, type FactorKind, factorKinds } from '../../functions/verification/factors.ts';
import { assess } from '../../functions/verification/verification.ts';
import {
  isHighAmount,
  requirementOf,
  type Situation,
} from '../../functions/verification/verification-policy.ts';

const AT = '2026-03-10T16:00:00.000Z';
const minutes = (count: number) => new Date(Date.parse(AT) + count * 60_000).toISOString();
const hours = (count: number) => minutes(count * 60);
const factor = (kind: FactorKind, over: Partial<Factor> = {}): Factor => ({
  kind,
  by: kind,
  at: AT,
  ...over,
});

const small: NonNullable<Situation['alert']> = {
  openedAt: minutes(-20),
  lastAskedAt: minutes(-19),
  amounts: [{ minor: 388_800, currency: 'CNY' }],
  allListed: true,
};
const large = { ...small, amounts: [{ minor: 1_000_000, currency: 'CNY' }] };

describe('D5 two distinct kinds, always', () => {
  const kinds = (...shown: FactorKind[]) =>
    assess(
      shown.map((kind) => factor(kind)),
      requirementOf({ at: AT, alert: small }),
      AT,
    ).kind;

  test.each(factorKinds)('%s alone lacks one', (kind) => {
    expect(kinds(kind)).toBe('lacks');
    expect(kinds(kind, kind)).toBe('lacks');
  });

  test('a YES by SMS and a code by SMS are one kind', () => {
    const twice = [factor('sim', { by: 'sms_yes' }), factor('sim', { by: 'sms_code' })];
    expect(assess(twice, requirementOf({ at: AT, alert: small }), AT)).toEqual({
      kind: 'lacks',
      kinds: 1,
      mustInclude: [],
    });
  });

  test('any two of the four suffice where nothing else is asked', () => {
    for (const a of factorKinds) for (const b of factorKinds) if (a !== b) expect(kinds(a, b)).toBe('met');
  });

  test('a factor counts 15 minutes', () => {
    const shown = [factor('sim'), factor('totp')];
    const requirement = requirementOf({ at: AT, alert: small });
    expect(assess(shown, requirement, minutes(15)).kind).toBe('met');
    expect(assess(shown, requirement, '2026-03-10T16:15:00.001Z').kind).toBe('lacks');
  });
});

describe('H13 a phone changed lately proves nothing', () => {
  test.each([
    ['the number, an hour ago', { phoneChangedAt: hours(-1) }, ['number_changed']],
    ['the SIM, an hour ago', { simChangedAt: hours(-1) }, ['sim_changed']],
    ['the SIM, just under 72 h ago', { simChangedAt: hours(-71.99) }, ['sim_changed']],
    ['by an event from the future', { simChangedAt: hours(1) }, ['sim_changed']],
  ])('%s: without the phone, and with a person', (_what, changed, reasons) => {
    const requirement = requirementOf({ at: AT, ...changed });
    expect(requirement).toMatchObject({
      accepted: ['device', 'totp', 'staff'],
      mustInclude: ['staff'],
      reasons,
    });
    expect(assess([factor('device'), factor('totp')], requirement, AT).kind).toBe('lacks');
    expect(assess([factor('sim'), factor('staff')], requirement, AT).kind).toBe('lacks');
    expect(assess([factor('totp'), factor('staff')], requirement, AT).kind).toBe('met');
  });

  test('72 hours later it counts again', () => {
    expect(requirementOf({ at: AT, phoneChangedAt: hours(-72) }).reasons).toEqual([]);
  });
});

test('H14 once the tries are spent nothing that can be guessed counts, and a person decides', () => {
  const requirement = requirementOf({ at: AT, triesSpent: true });
  expect(requirement).toMatchObject({ accepted: ['device', 'staff'], mustInclude: ['staff'] });
});

describe('H31 a YES dictated by a scammer: a high amount waits, or goes to a person', () => {
  test.each([
    ['below the figure', [{ minor: 999_999, currency: 'CNY' }], false],
    ['at the figure', [{ minor: 1_000_000, currency: 'CNY' }], true],
    ['several that add up to it', Array(2).fill({ minor: 500_000, currency: 'CNY' }), true],
    ['another currency has another figure', [{ minor: 999_999, currency: 'USD' }], true],
    ['a currency without a figure', [{ minor: 1, currency: 'XXX' }], true],
  ])('%s', (_what, amounts, high) => {
    expect(isHighAmount(amounts)).toBe(high);
  });

  test('nothing passes within 30 minutes of the last question, unless a person is among the factors', () => {
    const requirement = requirementOf({ at: AT, alert: large });
    expect(requirement).toMatchObject({ notBefore: minutes(11), reasons: ['high_amount'] });
    const shown = [factor('sim'), factor('totp')];
    expect(assess(shown, requirement, minutes(10))).toEqual({ kind: 'waits', until: minutes(11) });
    expect(assess(shown, requirement, minutes(11))).toEqual({ kind: 'met' });
    expect(assess([...shown, factor('staff')], requirement, AT)).toEqual({ kind: 'met' });
  });

  test('an alert that lists only part of its transactions counts as high', () => {
    expect(requirementOf({ at: AT, alert: { ...small, allListed: false } }).reasons).toEqual(['high_amount']);
  });

  test.each([
    ['enrolled after the alert', minutes(-5), true],
    ['enrolled two days ago', hours(-48), true],
    ['enrolled 72 hours ago', hours(-72), false],
  ])('a device %s makes it wait 24 hours more: %s', (_what, enrolledAt, isNew) => {
    const requirement = requirementOf({ at: AT, alert: large });
    const shown = [factor('sim'), factor('device', { enrolledAt })];
    const until = new Date(Date.parse(enrolledAt) + 86_400_000).toISOString();
    const late = minutes(12);
    const expected = isNew && until > late ? { kind: 'waits', until } : { kind: 'met' };
    expect(assess(shown, requirement, late)).toEqual(expected);
  });

  test('a new device beside two settled kinds makes nothing wait, and at a small amount it counts as any', () => {
    const device = factor('device', { enrolledAt: minutes(-1) });
    const both = [factor('sim'), factor('totp'), device];
    expect(assess(both, requirementOf({ at: AT, alert: large }), minutes(12)).kind).toBe('met');
    expect(assess([factor('sim'), device], requirementOf({ at: AT, alert: small }), AT).kind).toBe('met');
  });
});

test('I2 whatever the situation and the factors: never fewer than two fresh kinds, never a refused one alone', () => {
  const time = fc.integer({ min: -100, max: 100 }).map(hours);
  const shown = fc.record({
    kind: fc.constantFrom(...factorKinds),
    by: fc.constant('x'),
    at: fc.integer({ min: -30, max: 0 }).map(minutes),
    enrolledAt: fc.option(time, { nil: undefined }),
  });
  const situation = fc.record({
    at: fc.constant(AT),
    phoneChangedAt: fc.option(time, { nil: undefined }),
    simChangedAt: fc.option(time, { nil: undefined }),
    triesSpent: fc.boolean(),
    alert: fc.option(fc.constantFrom(small, large), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(shown, { maxLength: 6 }), situation, (factors, given) => {
      const requirement = requirementOf(given);
      if (assess(factors, requirement, AT).kind !== 'met') return;
      const fresh = factors.filter((one) => Date.parse(AT) - Date.parse(one.at) <= 15 * 60_000);
      const counted = new Set(
        fresh.map(({ kind }) => kind).filter((kind) => requirement.accepted.includes(kind)),
      );
      expect(counted.size).toBeGreaterThanOrEqual(2);
      if (requirement.reasons.some((reason) => reason !== 'high_amount')) expect(counted).toContain('staff');
    }),
  );
});
