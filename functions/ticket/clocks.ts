import * as z from 'zod/mini';
import { legs } from './clock-policy.ts';

/** One run of a clock, as raw times: whether it was kept is computed from these, never stored. */
export const clockRunSchema = z.object({
  leg: z.enum(legs),
  from: z.string(),
  until: z.optional(z.string()),
  /** `done`: what it waits for happened. `moot`: nothing waits for it any more. */
  ended: z.optional(z.enum(['done', 'moot'])),
  /** The target as it was when it stopped: a later change of priority does not judge it anew. */
  targetMinutes: z.optional(z.number()),
  /** When people were told, once each. */
  warnedAt: z.optional(z.string()),
  breachedAt: z.optional(z.string()),
});
export type ClockRun = z.output<typeof clockRunSchema>;

export const pauseSchema = z.object({ from: z.string(), until: z.optional(z.string()) });
export type Pause = z.output<typeof pauseSchema>;

/** The clocks of one cycle of a ticket; a cycle that is over keeps its numbers (H28). */
export const clocksSchema = z.object({
  cycle: z.int(),
  from: z.string(),
  /** Version of the policy the cycle is measured by. */
  policy: z.string(),
  runs: z.array(clockRunSchema),
  pauses: z.array(pauseSchema),
  /** The first public message or connected call by a human. */
  humanAt: z.optional(z.string()),
  /** Since when it has been waiting unclaimed at P1, and when that paged somebody. */
  urgentFrom: z.optional(z.string()),
  pagedAt: z.optional(z.string()),
});
export type Clocks = z.output<typeof clocksSchema>;

/** Cycles that are over which a ticket keeps; earlier ones are in its journal. */
export const KEPT_CYCLES = 20;
/** Ended runs of NEXT_RESPONSE a cycle keeps: a long conversation has many. */
export const KEPT_ANSWERS = 50;
