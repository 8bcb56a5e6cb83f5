import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanMerchantName, type Language } from '../../functions/notification/merchant-name.ts';

const clean = (name: string, language: Language = 'zh-CN', limit = 40) =>
  cleanMerchantName({ name, language, limit });
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '【',
      '】',
      '\n',
      '\u202e',
      '\u200b',
      'http://x.co/',
      'www.',
      '.com',
      '@',
      '\u0301',
      '“',
      '"',
      '1',
      '２',
      '-',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 200,
});

describe('H19: hostile merchant names', () => {
  it('leaves honest names alone', () => {
    for (const name of [
      '星巴克',
      'STARBUCKS',
      "McDonald's",
      '7-ELEVEN',
      '王记面馆(南京路店)',
      'H&M',
      'Café de Flore',
      '淘宝-张三 No.1',
    ]) {
      expect(clean(name)).toBe(name);
    }
    expect(clean('Café de Flore', 'en')).toBe('Café de Flore');
  });

  it('takes out links, addresses and numbers to call', () => {
    expect(clean('Shop http://evil.example/login?x=1')).toBe('Shop');
    expect(clean('https：／／evil.example 商店')).toBe('商店');
    expect(clean('www.evil.example 商店')).toBe('商店');
    expect(clean('a@b.example 商店')).toBe('商店');
    expect(clean('evil.example/login')).toBe('evil example');
    expect(clean('AMAZON.COM')).toBe('AMAZON COM');
    expect(clean('ev\u200bil。com')).toBe('evil com');
    expect(clean('PAYPAL 402-935-7733')).toBe('PAYPAL');
    expect(clean('请拨４００８００１２３４')).toBe('请拨');
  });

  it('takes out signatures, quotes, lines, control and bidi characters', () => {
    expect(clean('【真银行】您的卡\n已解冻')).toBe('真银行 您的卡 已解冻');
    expect(clean('a\u202eb\u2066c\u0000d\u0007e\u00ade\ufefff')).toBe('abcdeef');
    expect(clean('x” 回1领奖 “')).toBe('x 回1领奖');
    expect(clean('ＦＵＬＬ　ＷＩＤＴＨ ￥9')).toBe('FULL WIDTH 9');
  });

  it('cuts by grapheme and says "a merchant" where nothing is left', () => {
    expect(clean('星'.repeat(500), 'zh-CN', 10)).toBe('星'.repeat(10));
    expect(clean('👩🏽🇨🇳店'.repeat(9), 'zh-CN', 5)).not.toMatch(/\p{Surrogate}/u);
    expect(clean(`e${'\u0301'.repeat(400)}店`, 'zh-CN', 10).length).toBeLessThan(6);
    expect(clean('')).toBe('某商户');
    expect(clean('\u200b\u202e')).toBe('某商户');
    expect(clean('!!! ---')).toBe('某商户');
    expect(clean('星巴克', 'en')).toBe('a merchant');
    expect(clean('“Łódź” – Crème Brûlée', 'en')).toBe('Lodz - Crème Brulée');
  });

  it('holds for any name', () => {
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom<Language>('zh-CN', 'en'),
        fc.integer({ min: 4, max: 30 }),
        (name, language, limit) => {
          const cleaned = clean(name, language, limit);
          expect(cleaned).not.toBe('');
          expect(cleaned).not.toMatch(/[\p{C}\p{Zl}\p{Zp}【】〖〗“”"¥￥@]|:\/\/|www\./u);
          expect(cleaned).not.toMatch(/[\p{L}\p{N}][.。]\p{L}/u);
          expect(cleaned).not.toMatch(/\d{7}/);
          expect(cleaned.isWellFormed()).toBe(true);
          const nameless = cleaned === '某商户' || cleaned === 'a merchant';
          if (!nameless) expect(cleaned.length).toBeLessThanOrEqual(limit);
          if (language === 'en') expect(cleaned).not.toMatch(/[[\]{}^~|\\€‘’]/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const once = clean(name);
        expect(clean(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});
