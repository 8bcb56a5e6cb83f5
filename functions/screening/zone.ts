/** Minutes to add to UTC at a moment given in epoch minutes. */
export type OffsetOf = (epochMinute: number) => number;

/** Every zone change in force falls on a quarter of an hour of UTC. */
const QUARTER_MINUTES = 15;
const REMEMBERED_QUARTERS = 4096;

/**
 * Zones that have kept one offset since before 2000: asking `Intl` would cost 5 ms of every cold start.
 * A test compares them with `Intl`.
 */
export const steadyZones: ReadonlyMap<string, number> = new Map([
  ['Asia/Shanghai', 480],
  ['Asia/Hong_Kong', 480],
  ['Asia/Macau', 480],
  ['Asia/Taipei', 480],
  ['Asia/Singapore', 480],
  ['Asia/Tokyo', 540],
  ['UTC', 0],
]);

/** Whether `Intl` knows the zone. */
export function isZone(zone: string): boolean {
  if (steadyZones.has(zone)) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * Offset of an IANA zone. `Intl` is asked once for a quarter of an hour, then remembered: live events share
 * the quarter they happen in, so the hot path is one comparison. Throws a RangeError for an unknown zone.
 */
export function createOffsetOf(zone: string): OffsetOf {
  const steady = steadyZones.get(zone);
  return steady === undefined ? createChangingOffsetOf(zone) : () => steady;
}

/** The same for any zone, by `Intl`. */
export function createChangingOffsetOf(zone: string): OffsetOf {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const remembered = new Map<number, number>();
  let lastQuarter = -1;
  let lastOffset = 0;
  return (epochMinute) => {
    const quarter = Math.floor(epochMinute / QUARTER_MINUTES);
    if (quarter === lastQuarter) return lastOffset;
    let offset = remembered.get(quarter);
    if (offset === undefined) {
      offset = askIntl(format, quarter * QUARTER_MINUTES * 60_000);
      if (remembered.size >= REMEMBERED_QUARTERS) remembered.clear();
      remembered.set(quarter, offset);
    }
    lastQuarter = quarter;
    lastOffset = offset;
    return offset;
  };
}

/** `GMT+08:00`, `GMT-03:30`, or bare `GMT`. */
function askIntl(format: Intl.DateTimeFormat, epochMs: number): number {
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(epochMs));
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
