import { describe, expect, test } from 'vitest';
import { newDigits } from '../../functions/platform/ids.ts';
import type { Factor, FactorKind } from '../../functions/verification/factors.ts';
import { codeHash, codeMatches, tryDigest } from '../../functions/verification/one-time-code.ts';
import { totpOf, totpStep } from '../../functions/verification/totp.ts';
import {
  asFarAs,
  ended,
  newVerification,
  usable,
  type Verification,
  withPassedFactor,
} from '../../functions/verification/verification.ts';
import { requirementOf } from '../../functions/verification/verification-policy.ts';
import {
  isRunning,
  mayBecome,
  verificationEdges,
  verificationStatuses,
} from '../../functions/verification/verification-states.ts';
import { offered, verificationView } from '../../functions/verification/verification-view.ts';

const AT = '2026-03-10T16:00:00.000Z';
const minutes = (count: number) => new Date(Date.parse(AT) + count * 60_000).toISOString();
const requirement = requirementOf({ at: AT });
const bound = { holdsVersion: 1, question: 1, transactionCount: 1 };
const boundNow = { ...bound, removedDevices: [] };
const pending = newVerification({
  verificationId: 'V',
  customerId: 'C',
  cardToken: 'card',
  action: 'unfreeze',
  alertId: 'A',
  incident: 'T-1',
  requirement,
  bound,
  factors: [],
  at: AT,
});
const factor = (kind: FactorKind, at = AT): Factor => ({ kind, by: kind, at });
function passed(...kinds: FactorKind[]): Verification {
  return kinds.reduce<Verification>((verification, kind) => {
    const after = withPassedFactor(verification, factor(kind), requirement, AT);
    if (after === undefined) throw new Error('not taken');
    return after;
  }, pending);
}

describe('the table of statuses', () => {
  test('nothing leaves a status that is over, and only a passed one is ever used', () => {
    expect(verificationStatuses.filter((status) => !isRunning(status))).toEqual([
      'used',
      'failed',
      'expired',
      'locked',
    ]);
    expect(verificationStatuses.filter((from) => mayBecome(from, 'used'))).toEqual(['passed']);
    expect(verificationStatuses.filter((from) => mayBecome(from, 'passed'))).toEqual(['pending']);
    expect(Object.values(verificationEdges).flat()).not.toContain('pending');
  });
});

describe('I2 a verification', () => {
  test('passes with the second kind and lasts as long as its oldest factor', () => {
    const first = withPassedFactor(pending, factor('sim', minutes(-3)), requirement, AT);
    expect(first?.status).toBe('pending');
    const second = first && withPassedFactor(first, factor('totp'), requirement, AT);
    expect(second).toMatchObject({ status: 'passed', expiresAt: minutes(12), dueAt: minutes(12) });
  });

  test('takes no factor once it is over, too late, or of a kind that is not accepted', () => {
    const locked = ended(pending, 'locked', { at: AT });
    expect(locked && withPassedFactor(locked, factor('sim'), requirement, AT)).toBeUndefined();
    expect(withPassedFactor(pending, factor('sim'), requirement, minutes(16))).toBeUndefined();
    const changed = requirementOf({ at: AT, simChangedAt: AT });
    expect(withPassedFactor(pending, factor('sim'), changed, AT)).toBeUndefined();
  });

  test('is usable once, only while passed, fresh, bound and sufficient by the policy of that moment', () => {
    const proof = passed('sim', 'totp');
    const now = { at: AT, bound: boundNow, requirement };
    expect(usable(proof, now)).toBe('usable');
    expect(usable(pending, now)).toBe('not_passed');
    expect(usable(proof, { ...now, at: minutes(15.1) })).toBe('not_passed');
    for (const changed of [{ holdsVersion: 2 }, { question: 2 }, { transactionCount: 2 }]) {
      expect(usable(proof, { ...now, bound: { ...boundNow, ...changed } })).toBe('changed');
    }
    expect(usable(proof, { ...now, requirement: requirementOf({ at: AT, simChangedAt: AT }) })).toBe(
      'not_passed',
    );
    const used = ended(proof, 'used', { at: AT });
    expect(used && usable(used, now)).toBe('over');
    expect(ended(pending, 'used', { at: AT })).toBeUndefined();
  });

  test('of a high amount may begin to wait, and passes by itself when the wait is over', () => {
    const alert = { openedAt: AT, amounts: [{ minor: 9_000_000, currency: 'CNY' }], allListed: true };
    const slow = requirementOf({ at: AT, alert });
    const opened = newVerification({ ...pending, requirement: slow, factors: [], at: AT });
    expect(opened.expiresAt).toBe(minutes(45));
    const shown = { ...opened, factors: [factor('sim', minutes(20)), factor('totp', minutes(20))] };
    expect(asFarAs(shown, minutes(29)).status).toBe('pending');
    expect(asFarAs(shown, minutes(30))).toMatchObject({ status: 'passed', expiresAt: minutes(35) });
  });

  test('H13 offers what the customer has and has not shown yet, and always a person', () => {
    expect(offered(pending, [])).toEqual(['staff']);
    expect(offered(passed('sim'), ['sim', 'totp'])).toEqual(['totp', 'staff']);
  });

  test('shows nothing that helps to guess', () => {
    expect(JSON.stringify(verificationView(passed('sim'), AT))).not.toMatch(/hash|code|incident|by/);
  });
});

describe('I7 a one-time code', () => {
  const keys = {
    current: '2',
    keys: new Map([
      ['1', 'a'.repeat(64)],
      ['2', 'b'.repeat(64)],
    ]),
  };
  const forThis = { verificationId: 'V', cardToken: 'card', action: 'unfreeze', alertId: 'A' };

  test('is 8 digits, leading zeros kept, over the whole range', () => {
    const drawn = Array.from({ length: 2_000 }, () => newDigits(8));
    expect(drawn.every((code) => /^\d{8}$/.test(code))).toBe(true);
    expect(new Set(drawn.map((code) => code[0])).size).toBe(10);
  });

  test('is right for what it was made for and wrong for anything else', () => {
    const stored = codeHash(keys, forThis, '12345678');
    expect(stored).not.toContain('12345678');
    expect(codeMatches(keys, stored, forThis, '12345678')).toBe(true);
    expect(codeMatches(keys, stored, forThis, '12345679')).toBe(false);
    const others = [
      { verificationId: 'W' },
      { cardToken: 'other' },
      { action: 'enrol_device' },
      { alertId: 'B' },
    ];
    for (const other of others) {
      expect(codeMatches(keys, stored, { ...forThis, ...other }, '12345678')).toBe(false);
    }
  });

  test('of an earlier key still matches while that key is kept, and no longer than that', () => {
    const stored = codeHash({ ...keys, current: '1' }, forThis, '12345678');
    expect(codeMatches(keys, stored, forThis, '12345678')).toBe(true);
    const rotated = { current: '2', keys: new Map([['2', 'b'.repeat(64)]]) };
    expect(codeMatches(rotated, stored, forThis, '12345678')).toBe(false);
  });

  test('is not told by the name of its try', () => {
    const name = tryDigest(keys, ['V', 'key-1', '12345678']);
    expect(name).toMatch(/^[0-9a-f]{32}$/);
    expect(name).not.toBe(tryDigest(keys, ['V', 'key-1', '12345679']));
  });
});

describe('I7 a one-time password (RFC 6238)', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const at = new Date('2026-03-10T16:00:10.000Z');
  const step = Math.floor(at.getTime() / 30_000);
  const code = (offset: number) => totpOf(secret).generate({ timestamp: at.getTime() + offset * 30_000 });

  test.each([
    [-2, undefined],
    [-1, step - 1],
    [0, step],
    [1, step + 1],
    [2, undefined],
  ])('of the step %i from now', (offset, expected) => {
    expect(totpStep({ secret, code: code(offset), at })).toBe(expected);
  });

  test('serves once, and so does every step before it', () => {
    expect(totpStep({ secret, code: code(0), at, lastStep: step })).toBeUndefined();
    expect(totpStep({ secret, code: code(-1), at, lastStep: step })).toBeUndefined();
    expect(totpStep({ secret, code: code(1), at, lastStep: step })).toBe(step + 1);
  });

  test('has 8 digits: six are never right', () => {
    expect(totpStep({ secret, code: code(0).slice(2), at })).toBeUndefined();
  });

  test('agrees with the published vector', () => {
    const published = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(totpOf(published).generate({ timestamp: 59_000 })).toBe('94287082');
  });
});
