import { describe, expect, test } from 'vitest';
import { breakerPolicy, readBreakerPolicy, tripsAt } from '../../functions/screening/freeze-breaker.ts';

describe('H33 when the breaker trips', () => {
  test.each([
    ['a quiet week: the least', 0, 50],
    ['40 a day: still the least', 280, 50],
    ['1,440 a day are ten in a window: eight times that', 10_080, 80],
  ])('%s', (_, ofTheWeek, expected) => expect(tripsAt(breakerPolicy, ofTheWeek)).toBe(expected));

  test('a stage sets other figures; a name it does not know is refused with the place', () => {
    expect(readBreakerPolicy('leastFreezes=3, timesUsual=6')).toEqual({
      ...{ windowMinutes: 10, leastFreezes: 3, timesUsual: 6 },
    });
    expect(readBreakerPolicy('')).toEqual(breakerPolicy);
    expect(() => readBreakerPolicy('freezes=3')).toThrow('"freezes=3" names no figure');
  });
});
