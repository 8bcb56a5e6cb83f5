import { expect, test } from 'vitest';
import { wrongOf } from '../../console/src/desk/search-form.ts';

const nothing = { number: '', phone: '', lastFour: '', day: '' };

test.each([
  ['nothing typed', {}, {}],
  ['a whole number', { number: 'FR-7K3M9QXZ' }, {}],
  ['half a number', { number: 'FR-7K3' }, { number: 'number' }],
  // I, L, O and U are left out of ticket numbers: they look like others.
  ['a number with an O', { number: 'FR-7K3M9QXO' }, { number: 'number' }],
  ['a phone as people write it', { phone: '138 1234 5678' }, {}],
  ['four digits and a day', { lastFour: '4417', day: '2026-03-09' }, {}],
  ['three digits and a day', { lastFour: '441', day: '2026-03-09' }, { lastFour: 'lastFour' }],
  ['a day in another order', { lastFour: '4417', day: '9.3.2026' }, { day: 'day' }],
  ['four digits alone: those of today', { lastFour: '4417' }, {}],
  ['a day alone', { day: '2026-03-09' }, { lastFour: 'both' }],
  ['half a day alone', { day: '2026-03' }, { lastFour: 'both', day: 'day' }],
])('%s', (_, typed, wrong) => {
  expect(wrongOf({ ...nothing, ...typed })).toEqual(wrong);
});
