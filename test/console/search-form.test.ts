import { expect, test } from 'vitest';
import { heardNumber, wrongOf } from '../../console/src/desk/search-form.ts';

const nothing = { number: '', phone: '', lastFour: '', day: '' };

test.each([
  ['nothing typed', {}, {}],
  ['a whole number', { number: 'FR-7K3M9QXZ' }, {}],
  ['half a number', { number: 'FR-7K3' }, { number: 'number' }],
  // I, L, O and U are left out of ticket numbers: they look like others.
  ['a number with a U', { number: 'FR-7K3M9QXU' }, { number: 'number' }],
  ['a phone as people write it', { phone: '138 1234 5678' }, {}],
  ['four digits and a day', { lastFour: '4417', day: '2026-03-09' }, {}],
  ['three digits and a day', { lastFour: '441', day: '2026-03-09' }, { lastFour: 'lastFour' }],
  ['months and days the other way round', { lastFour: '4417', day: '2026-29-11' }, { day: 'day' }],
  ['a day no month has', { lastFour: '4417', day: '2026-02-31' }, { day: 'day' }],
  ['a day in another order', { lastFour: '4417', day: '9.3.2026' }, { day: 'day' }],
  ['four digits alone: those of today', { lastFour: '4417' }, {}],
  ['a day alone', { day: '2026-03-09' }, { lastFour: 'both' }],
  ['half a day alone', { day: '2026-03' }, { lastFour: 'both', day: 'day' }],
])('%s', (_, typed, wrong) => {
  expect(wrongOf({ ...nothing, ...typed })).toEqual(wrong);
});

test('a number is taken as it was heard: O for 0, I and L for 1, small letters and blanks', () => {
  expect(heardNumber('fr-7k3 m9qxo')).toBe('FR-7K3M9QX0');
  expect(heardNumber('FR-IL000000')).toBe('FR-11000000');
});
