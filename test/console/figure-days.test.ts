import { expect, test } from 'vitest';
import { spanOf } from '../../console/src/desk/figure-days.ts';

test('the span of the figures is counted in the issuer’s days', () => {
  const night = Date.parse('2026-03-10T16:30:00.000Z');
  expect(spanOf(night, { days: 14, zone: 'Asia/Shanghai' })).toEqual({
    from: '2026-02-26',
    to: '2026-03-11',
  });
  expect(spanOf(night, { days: 1, zone: 'UTC' })).toEqual({ from: '2026-03-10', to: '2026-03-10' });
  expect(spanOf(night, { days: 2, zone: 'America/New_York' })).toEqual({
    ...{ from: '2026-03-09', to: '2026-03-10' },
  });
});
