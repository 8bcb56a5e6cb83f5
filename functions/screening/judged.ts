import * as z from 'zod/mini';
import { bytesSchema } from '../platform/stored.ts';

/**
 * What a decision was made of, kept with it so that it can be made again (`replay-decision.ts`): the row of features and
 * the entries that matched. Rule set and model are kept by version beside it. Small: a decision's item stays within
 * one write unit.
 */
export const judgedSchema = z.object({
  /** Features as judged, packed. */
  row: bytesSchema,
  /** 0 to 100. */
  score: z.number(),
  /** By rules and model, before entries and passes. */
  ruled: z.enum(['clear', 'alert', 'freeze']),
  /** As they stood then; the list changes, this does not. */
  entries: z.optional(
    z.array(
      z.object({
        entryId: z.string(),
        kind: z.enum(['card', 'merchant', 'device', 'country']),
        list: z.enum(['block', 'allow']),
        outcome: z.optional(z.enum(['alert', 'freeze'])),
      }),
    ),
  ),
});
export type Judged = z.output<typeof judgedSchema>;
