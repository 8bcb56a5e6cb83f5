import * as z from 'zod/mini';

export const labelSchema = z.object({
  value: z.enum(['genuine', 'fraud']),
  /** Until a conclusion, or until the bank confirms the fraud. */
  provisional: z.boolean(),
  at: z.string(),
  /** `customer:…`, `agent:…`, `bank`. */
  by: z.string(),
  /** Nobody said so: its hold was lifted with those of a bad rule (H33). Rules and profile learn nothing of it. */
  assumed: z.optional(z.boolean()),
});
/** What an alert turned out to be, as far as is known: what rules and models learn from. */
export type Label = z.output<typeof labelSchema>;

/**
 * Labels of one alert follow each other in time, though clocks of two functions differ by a little: so whoever hears of
 * them in any order knows the last one.
 */
export function labelAfter(before: Label | undefined, label: Label): Label {
  if (before === undefined || Date.parse(label.at) > Date.parse(before.at)) return label;
  return { ...label, at: new Date(Date.parse(before.at) + 1).toISOString() };
}
