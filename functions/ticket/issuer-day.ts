import { createOffsetOf } from '../screening/zone.ts';

/** The day a moment (ISO) falls on, `2026-03-11`. */
export type DayOf = (at: string) => string;

/** As the issuer counts days: what happens at 23:40 in Shanghai belongs to that evening, not to the next UTC day. */
export function createDayOf(zone: string): DayOf {
  const offsetOf = createOffsetOf(zone);
  return (at) => {
    const minute = Math.floor(Date.parse(at) / 60_000);
    return new Date((minute + offsetOf(minute)) * 60_000).toISOString().slice(0, 10);
  };
}
