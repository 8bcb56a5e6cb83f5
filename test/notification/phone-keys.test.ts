import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parsePhoneKeys, phoneDigests } from '../../functions/notification/phone-keys.ts';

const one = 'a'.repeat(32);
const two = 'b'.repeat(40);
const phone = '+8613800138000';

describe('phone keys', () => {
  it('writes under the current key and looks up under all of them while keys rotate', () => {
    const before = phoneDigests(parsePhoneKeys(JSON.stringify({ current: '1', key1: one })), phone);
    const during = phoneDigests(
      parsePhoneKeys(JSON.stringify({ current: '1', key1: one, key2: two })),
      phone,
    );
    const after = phoneDigests(parsePhoneKeys(JSON.stringify({ current: '2', key1: one, key2: two })), phone);
    const expected = (version: string, key: string) =>
      `${version}.${createHmac('sha256', key).update(phone).digest('base64url')}`;
    expect(before).toEqual({ current: expected('1', one), all: [expected('1', one)] });
    expect(during).toEqual({ current: expected('1', one), all: [expected('1', one), expected('2', two)] });
    expect(after).toEqual({ current: expected('2', two), all: [expected('2', two), expected('1', one)] });
  });

  it('I10: says what is wrong with the secret without quoting it', () => {
    const wrong = [
      '',
      'no json',
      '[]',
      '{"current":"1"}',
      '{"current":"2","key1":"SECRET"}',
      JSON.stringify({ current: '2', key1: one }),
    ];
    for (const secret of wrong) {
      expect(() => parsePhoneKeys(secret)).toThrow(/^phone keys secret: /);
      expect(() => parsePhoneKeys(secret)).not.toThrow(/SECRET|aaaa/);
    }
  });

  it('I10: refuses a number that is not in E.164 without quoting it', () => {
    const keys = parsePhoneKeys(JSON.stringify({ current: '1', key1: one }));
    expect(() => phoneDigests(keys, '138 0013 8000')).toThrow('phone digest: the number is not in E.164');
  });
});
