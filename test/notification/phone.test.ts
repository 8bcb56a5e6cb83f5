import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canText, readPhone } from '../../functions/notification/phone.ts';

const everywhere = ['CN', 'HK', 'US', 'GB', 'JP', 'DE', 'KW', 'SG'];

describe('readPhone', () => {
  it('spells every number one way', () => {
    for (const text of [
      '+8613800138000',
      '+86 138 0013 8000',
      '+86-138-0013-8000',
      '＋８６ １３８００１３８０００',
      '+86 013800138000',
    ]) {
      expect(readPhone(text)).toEqual({ ok: true, e164: '+8613800138000', country: 'CN' });
    }
    expect(readPhone('138 0013 8000', 'CN')).toMatchObject({ e164: '+8613800138000' });
  });

  it('refuses what is no whole number', () => {
    for (const text of [
      '+1234',
      'call me',
      '13800138000',
      '+8613800138000 ext. 5',
      'my number is +8613800138000',
      '+999123456789',
      '+86000000000',
    ]) {
      expect(readPhone(text), text).toEqual({ ok: false, reason: 'invalid' });
    }
    for (const text of [null, undefined, '', '  '])
      expect(readPhone(text)).toEqual({ ok: false, reason: 'no_phone' });
  });

  it('reads any text without failing, and its own answer again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+\d{7,15}$/)), (text) => {
        const read = readPhone(text);
        if (read.ok) expect(readPhone(read.e164)).toEqual(read);
      }),
    );
  });
});

describe('H12: who can be texted', () => {
  it('lets mobiles of allowed countries through', () => {
    for (const phone of [
      '+8613800138000',
      '+85291234567',
      '+12025550123',
      '+447911000000',
      '+819012345678',
      '+4915123456789',
      '+6591234567',
    ]) {
      expect(canText(phone, [...everywhere, 'GG']), phone).toMatchObject({
        ok: true,
        country: expect.stringMatching(/^[A-Z]{2}$/),
      });
    }
  });

  it('names why not', () => {
    expect(canText(null, everywhere)).toEqual({ ok: false, reason: 'no_phone' });
    expect(canText('+1234', everywhere)).toEqual({ ok: false, reason: 'invalid' });
    for (const landline of [
      '+861065529988',
      '+442071838750',
      '+85223456789',
      '+81312345678',
      '+4930123456',
      '+6561234567',
    ]) {
      expect(canText(landline, everywhere), landline).toEqual({ ok: false, reason: 'landline' });
    }
    for (const paid of ['+18005551234', '+19005551234', '+448712345678']) {
      expect(canText(paid, everywhere), paid).toEqual({ ok: false, reason: 'invalid' });
    }
    expect(canText('+8613800138000', ['US'])).toEqual({ ok: false, reason: 'country_not_allowed' });
    expect(canText('+8613800138000', [])).toEqual({ ok: false, reason: 'country_not_allowed' });
  });
});
