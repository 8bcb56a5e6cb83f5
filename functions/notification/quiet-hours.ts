/** From one clock time (`HH:MM`, the issuer's zone) up to another; over midnight where the second is the earlier. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** The time on the clock of a zone, `HH:MM`. */
function clockIn(zone: string, at: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(new Date(at));
}

/**
 * Whether the customer wants quiet at `at` (ISO). Only a reminder and what asks nothing heeds it: the question itself
 * never waits, nor does the answer to what the customer wrote. The same time twice is no quiet at all.
 */
export function isQuiet(
  quiet: QuietHours | null | undefined,
  when: { readonly at: string; readonly zone: string },
): boolean {
  if (quiet === null || quiet === undefined || quiet.from === quiet.to) return false;
  const clock = clockIn(when.zone, when.at);
  return quiet.from < quiet.to
    ? quiet.from <= clock && clock < quiet.to
    : quiet.from <= clock || clock < quiet.to;
}
