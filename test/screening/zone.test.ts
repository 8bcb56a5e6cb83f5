import { expect, it } from 'vitest';
import {
  createChangingOffsetOf,
  createOffsetOf,
  isZone,
  steadyZones,
} from '../../functions/screening/zone.ts';

const minuteOf = (text: string) => Date.parse(text) / 60_000;

it.each([...steadyZones])('%s has kept its offset of %i minutes from 2000 to 2035', (zone, offset) => {
  const byIntl = createChangingOffsetOf(zone);
  const days = 36 * 366;
  const offsets = Array.from({ length: days / 6 }, (_, i) =>
    byIntl(minuteOf('2000-01-01T00:00:00Z') + i * 6 * 1440),
  );
  expect(new Set(offsets)).toEqual(new Set([offset]));
  expect(createOffsetOf(zone)(minuteOf('2026-06-01T00:00:00Z'))).toBe(offset);
});

it.each([
  ['America/St_Johns', '2026-01-15T00:00:00Z', -210],
  ['America/St_Johns', '2026-07-15T00:00:00Z', -150],
  ['Asia/Kathmandu', '2026-07-15T00:00:00Z', 345],
  ['Europe/London', '2026-01-15T00:00:00Z', 0],
  ['Europe/London', '2026-03-29T00:59:00Z', 0],
  ['Europe/London', '2026-03-29T01:00:00Z', 60],
])('%s at %s is %i minutes from UTC', (zone, text, offset) => {
  const offsetOf = createOffsetOf(zone);
  expect([offsetOf(minuteOf(text)), offsetOf(minuteOf(text))]).toEqual([offset, offset]);
});

it('an unknown zone is none', () => {
  expect(isZone('Asia/Atlantis')).toBe(false);
  expect(isZone('Europe/Berlin')).toBe(true);
  expect(() => createOffsetOf('Asia/Atlantis')).toThrow(RangeError);
});
