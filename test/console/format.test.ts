import { describe, expect, test } from 'vitest';
import { clock, countdown, minute, moment, money, timeLeft } from '../../console/src/shared/format.ts';
import { firstLanguage } from '../../console/src/shared/language.ts';

describe('what the page writes', () => {
  test('money by letters, with the decimals of its currency', () => {
    expect(money({ minor: 129_900, currency: 'USD' }, 'en')).toBe('USD 1,299.00');
    expect(money({ minor: 129_900, currency: 'USD' }, 'zh-CN')).toBe('USD 1,299.00');
    expect(money({ minor: 5_000, currency: 'JPY' }, 'en')).toBe('JPY 5,000');
  });

  test("times in the issuer's zone, wherever the browser is", () => {
    const shanghai = { language: 'en', zone: 'Asia/Shanghai' } as const;
    expect(moment('2026-03-14T15:40:00Z', shanghai)).toBe('Mar 14, 23:40');
    expect(clock('2026-03-14T16:00:05Z', shanghai)).toBe('00:00:05');
    expect(minute('2026-03-14T16:00:05Z', shanghai)).toBe('00:00');
  });

  test.each([
    [59_999, '0:59'],
    [3_723_000, '1:02:03'],
    [0, '0:00'],
    [-500, '0:00'],
    [-7_000, '-0:07'],
    [86_400_000, '24:00:00'],
  ])('%i ms as %s', (milliseconds, text) => {
    expect(countdown(milliseconds)).toBe(text);
  });

  test.each([
    [538_980_000, '6 days 5 hours left', '还剩6天5小时'],
    [86_400_000, '1 day left', '还剩1天'],
    [5_400_000, '1 hour 30 minutes left', '还剩1小时30分钟'],
    [570_000, '10 minutes left', '还剩10分钟'],
    [0, '1 minute left', '还剩1分钟'],
  ])('%i ms as %s', (milliseconds, english, chinese) => {
    expect(timeLeft(milliseconds, 'en')).toBe(english);
    expect(timeLeft(milliseconds, 'zh-CN')).toBe(chinese);
  });

  test('the language chosen before, else the browser’s, else English', () => {
    expect(firstLanguage('en', ['zh-CN'])).toBe('en');
    expect(firstLanguage(null, ['zh-TW', 'en'])).toBe('zh-CN');
    expect(firstLanguage('xx', ['de'])).toBe('en');
  });
});
