import * as z from 'zod/mini';

/** `HH:MM` in the issuer's zone. */
const clockTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/));

/**
 * How a customer wants to be reached. Quiet hours run from one clock time to another, over midnight where the second
 * is the earlier; none until the customer sets them.
 */
export const preferencesSchema = z.object({
  texts: z.boolean(),
  calls: z.boolean(),
  quiet: z.nullable(z.object({ from: clockTime, to: clockTime })),
});
export type Preferences = z.output<typeof preferencesSchema>;

export const defaultPreferences: Preferences = { texts: true, calls: true, quiet: null };

/** What a customer changes: what is left out stays, `quiet: null` ends the quiet hours. */
export const preferenceChangeSchema = z.strictObject({
  texts: z.optional(z.boolean()),
  calls: z.optional(z.boolean()),
  quiet: z.optional(z.nullable(z.strictObject({ from: clockTime, to: clockTime }))),
});
export type PreferenceChange = z.output<typeof preferenceChangeSchema>;

export const withChange = (before: Preferences, change: PreferenceChange): Preferences => ({
  texts: change.texts ?? before.texts,
  calls: change.calls ?? before.calls,
  quiet: change.quiet === undefined ? before.quiet : change.quiet,
});
