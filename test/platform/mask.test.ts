import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskForLog, maskForStorage, maskText } from '../../functions/platform/mask.ts';

/** Card numbers made here: a first digit of a real issuer, random digits, the check digit that fits. */
const cardNumber = fc
  .tuple(
    fc.constantFrom('4', '5', '2', '3', '6', '62'),
    fc.integer({ min: 12, max: 19 }),
    fc.stringMatching(/^\d{20}$/),
  )
  .map(([lead, length, noise]) => withCheckDigit((lead + noise).slice(0, length - 1)));

function withCheckDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const words = fc.stringMatching(/^[A-Za-z ,.!?是我的卡号：。]{0,30}$/);
const digitsOf = (text: string) => text.normalize('NFKC').replace(/\D/g, '');

describe('H15: card data in free text', () => {
  it('masks the card numbers people send, down to the last four', () => {
    expect(maskForStorage('4111111111111111')).toBe('••••1111');
    expect(maskForStorage('my card 4111 1111 1111 1111 thanks')).toBe('my card ••••1111 thanks');
    expect(maskForStorage('卡号４１１１－１１１１－１１１１－１１１１。')).toBe('卡号••••1111。');
    expect(maskForStorage('3782 822463 10005')).toBe('••••0005');
    expect(maskForStorage('4111\u200b1111\n1111\u00a011\u206011')).toBe('••••1111');
    expect(maskForStorage('4111١١١١11111111')).toBe('••••1111');
  });

  it('finds a card number whatever digits stand beside it', () => {
    for (const text of [
      '2 4111 1111 1111 1111',
      '24111111111111111',
      '4111 1111 1111 1111 12/27 123',
      '44174111111111111111',
    ]) {
      expect(digitsOf(maskForStorage(text))).not.toContain('41111111');
    }
  });

  it('masks any number that passes Luhn, however it is written', () => {
    const separator = fc.constantFrom('', ' ', '-', '  ', ' - ', '\u200b', '\u00a0', '.', '\n', '·', '–');
    const script = fc.constantFrom(0x30, 0xff10, 0x660, 0x966);
    fc.assert(
      fc.property(cardNumber, separator, script, words, words, (number, mark, zero, before, after) => {
        const grouped = (number.match(/.{1,4}/g) ?? []).join(mark);
        const written = grouped.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
        const masked = maskText(`${before}${written}${after}`);
        expect(masked).toEqual({
          text: `${before}••••${number.slice(-4)}${after}`,
          cardNumbers: 1,
          codes: 0,
        });
      }),
    );
  });

  it('shows no more than the last four of two numbers in a row', () => {
    fc.assert(
      fc.property(cardNumber, cardNumber, (one, other) => {
        const left = digitsOf(maskForStorage(`${one} ${other}`));
        expect(left.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('masks security codes, PINs and one-time codes by the words beside them', () => {
    expect(maskForStorage('cvv 123')).toBe('cvv •••');
    expect(maskForStorage('CVC2：4567, ok')).toBe('CVC2：••••, ok');
    expect(maskForStorage('安全码是１２３')).toBe('安全码是•••');
    expect(maskForStorage('后三位 123')).toBe('后三位 •••');
    expect(maskForStorage('验证码12345678')).toBe('验证码••••••••');
    expect(maskForStorage('my pin is 4321')).toBe('my pin is ••••');
    expect(maskForStorage('123 is my cvv')).toBe('••• is my cvv');
    expect(maskText('code: 12345678')).toMatchObject({ codes: 1 });
  });

  it('leaves what is no card data', () => {
    for (const text of [
      '1',
      '4417 2',
      '不是我，尾号4417',
      'CNY 1,288.00',
      'FR-7K3M9Q2X',
      '2026-11-22T15:40:00.123Z',
      'call 95588',
    ].concat([
      '1795390000000',
      '1795390000018',
      '550e8400-e29b-41d4-a716-446655440000',
      '4111111111111112 is wrong by one',
    ])) {
      expect(maskForStorage(text)).toBe(text);
    }
  });

  it('is done after one pass, and stays quick on a long text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), cardNumber, (text, number) => {
        const once = maskForStorage(text + number + text);
        expect(maskForStorage(once)).toBe(once);
      }),
    );
    const started = performance.now();
    for (const text of ['4'.repeat(100_000), '4 '.repeat(50_000), 'a@'.repeat(50_000), '+1'.repeat(50_000)])
      maskForLog(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('I10: what goes to a log', () => {
  it('has no phone number, mail address or digit of a card number', () => {
    expect(maskForLog('sent to +8613800138000')).not.toMatch(/\d/);
    expect(maskForLog('+86 138 0013 8000 / 13800138000')).not.toMatch(/\d/);
    expect(maskForLog('Invalid parameter: PhoneNumber Reason: +12025550123 is not valid')).toBe(
      'Invalid parameter: PhoneNumber Reason: [phone] is not valid',
    );
    expect(maskForLog('(202) 555-0123, 202.555.0123')).not.toMatch(/\d/);
    expect(maskForLog('zhang.san+x@example.com wrote')).toBe('[email] wrote');
    expect(maskForLog('4111 1111 1111 1111')).toBe('[number]');
  });

  it('masks every E.164 number, spaced or not', () => {
    const phone = fc.stringMatching(/^\+[1-9]\d{7,14}$/);
    fc.assert(
      fc.property(phone, words, fc.boolean(), (number, before, spaced) => {
        const written = spaced ? number.replace(/(\d{3})(?=\d)/g, '$1 ') : number;
        expect(maskForLog(`${before} ${written} end`)).not.toMatch(/\d{3}/);
      }),
    );
  });

  it('keeps ids and times readable', () => {
    const line =
      'alert 550e8400-e29b-41d4-a716-446655440000 at 2026-11-22T15:40:00.123Z took 1795390000018 ms, card 4417';
    expect(maskForLog(line)).toBe(line);
  });
});
