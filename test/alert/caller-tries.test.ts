import { expect, test } from 'vitest';
import { digitsOf, recentTries } from '../../functions/alert/caller-tries.ts';

const tries = [
  { contactId: 'a', lastFour: '0000', at: '2026-03-10T15:00:00.000Z', matched: false },
  { contactId: 'a', lastFour: '4417', at: '2026-03-10T15:01:00.000Z', matched: true },
  { contactId: 'b', lastFour: '1111', at: '2026-03-10T16:00:00.000Z', matched: false },
];

test('D5 a try counts for 24 hours, and not longer', () => {
  const known = { digest: '1.x', tries };
  expect(recentTries(known, '2026-03-11T14:59:59.999Z')).toHaveLength(3);
  expect(recentTries(known, '2026-03-11T15:00:00.000Z')).toHaveLength(2);
  expect(recentTries(undefined, '2026-03-11T15:00:00.000Z')).toEqual([]);
});

test('D4 digits that fitted are not asked for again in the same call, and in no other', () => {
  expect(digitsOf(tries, { contactId: 'a' })).toBe('4417');
  expect(digitsOf(tries, { contactId: 'b' })).toBeUndefined();
  expect(digitsOf(tries, { contactId: 'a', lastFour: '2222' })).toBe('2222');
});
