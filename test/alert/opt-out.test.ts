import { describe, expect, test } from 'vitest';
import { hasOptedOut, newPhone, optedIn, optedOut, phoneSchema } from '../../functions/alert/phone.ts';
import { readReply } from '../../functions/alert/reply.ts';

const out = { at: '2026-03-10T15:40:00.000Z', source: 'sms', word: 'TD' } as const;
const back = { at: '2026-03-12T09:00:00.000Z', source: 'app' } as const;

describe('what a number wants', () => {
  test('H10 an opt-out keeps when, how and by which word; said again, the first one stands', () => {
    const phone = optedOut(newPhone('1.abc'), out);
    expect(phone?.optedOut).toEqual(out);
    expect(hasOptedOut(phone)).toBe(true);
    expect(phone && optedOut(phone, { ...out, source: 'provider' })).toBeUndefined();
  });

  test('coming back ends it and leaves its own proof; who never left cannot come back', () => {
    const phone = optedOut(newPhone('1.abc'), out);
    const returned = phone && optedIn(phone, back);
    expect(returned).toMatchObject({ optedIn: back, optedOut: undefined });
    expect(hasOptedOut(returned)).toBe(false);
    expect(optedIn(newPhone('1.abc'), back)).toBeUndefined();
  });

  test('a number that left before opt-outs had a source is out, and can come back', () => {
    const kept = phoneSchema.parse({ ...newPhone('1.abc'), optedOutAt: out.at });
    expect(hasOptedOut(kept)).toBe(true);
    expect(hasOptedOut(optedIn(kept, back))).toBe(false);
  });
});

describe('words that bring texts back', () => {
  test.each(['START', 'start', 'Unstop', '恢复订阅', '恢復訂閱', 'ＳＴＡＲＴ'])('%s', (words) => {
    expect(readReply(words, { mainlandChina: true }).kind).toBe('start');
  });

  test.each([
    ['取消订阅', 'stop'],
    ['start 1', 'unclear'],
    ['start my card again please', 'unclear'],
    ['stop start', 'unclear'],
    ['not mine, start', 'not_mine'],
  ])('%s is no such word: %s', (words, kind) => {
    expect(readReply(words, { mainlandChina: true }).kind).toBe(kind);
  });
});
