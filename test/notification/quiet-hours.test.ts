import { expect, test } from 'vitest';
import { isQuiet, type QuietHours } from '../../functions/notification/quiet-hours.ts';

const night: QuietHours = { from: '22:00', to: '07:30' };
const noon: QuietHours = { from: '12:00', to: '14:00' };
const shanghai = 'Asia/Shanghai';

/** UTC, zone, quiet hours, quiet or not; Shanghai is eight hours ahead. */
test.each<[string, string, QuietHours | null | undefined, boolean]>([
  ['2026-03-10T13:59:59Z', shanghai, night, false], // 21:59
  ['2026-03-10T14:00:00Z', shanghai, night, true], // 22:00
  ['2026-03-10T15:59:00Z', shanghai, night, true], // 23:59
  ['2026-03-10T16:00:00Z', shanghai, night, true], // 00:00
  ['2026-03-10T23:29:59Z', shanghai, night, true], // 07:29
  ['2026-03-10T23:30:00Z', shanghai, night, false], // 07:30
  ['2026-03-10T03:59:00Z', shanghai, noon, false],
  ['2026-03-10T04:00:00Z', shanghai, noon, true],
  ['2026-03-10T06:00:00Z', shanghai, noon, false],
  ['2026-03-10T15:00:00Z', shanghai, null, false],
  ['2026-03-10T15:00:00Z', shanghai, undefined, false],
  ['2026-03-10T15:00:00Z', shanghai, { from: '22:00', to: '22:00' }, false],
  // New York, an hour before and after its clocks go forward.
  ['2026-03-08T02:30:00Z', 'America/New_York', night, false], // 21:30
  ['2026-03-09T02:30:00Z', 'America/New_York', night, true], // 22:30
])('at %s in %s with %o: %s', (at, zone, quiet, expected) => {
  expect(isQuiet(quiet, { at, zone })).toBe(expected);
});
