import * as z from 'zod/mini';
import { judgedSchema } from '../screening/judged.ts';

/** A suspicious transaction, as its alert keeps it. */
export const suspicionSchema = z.object({
  transactionId: z.string(),
  occurredAt: z.string(),
  amount: z.object({ minor: z.int(), currency: z.string() }),
  billing: z.object({ minor: z.int(), currency: z.string() }),
  /** As sent by the acquirer; cleaned where it is shown (H19). */
  merchantName: z.string(),
  /** Absent in transactions stored before it was kept; without it no pass is opened. */
  merchantId: z.optional(z.string()),
  mcc: z.string(),
  country: z.string(),
  declined: z.boolean(),
  recurring: z.boolean(),
  /** Short digest of the device, for telling known ones; absent where none was told. */
  device: z.optional(z.int()),
  /** Reversed as a whole since: it never took place (H23). */
  reversed: z.optional(z.boolean()),
  reasons: z.array(
    z.object({
      code: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])),
      /** Of a rule that the shipped set does not have: what it said then. */
      words: z.optional(z.object({ zh: z.string(), en: z.string() })),
    }),
  ),
  /** What its decision was made of: kept with the alert, which outlives the decision. */
  judged: z.optional(judgedSchema),
});
/** One suspicious transaction as its alert shows it. */
export type Suspicion = z.output<typeof suspicionSchema>;
