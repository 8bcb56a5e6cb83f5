import * as z from 'zod/mini';

export const labelSchema = z.object({
  value: z.enum(['genuine', 'fraud']),
  /** Until a conclusion, or until the bank confirms the fraud. */
  provisional: z.boolean(),
  at: z.string(),
  /** `customer:…`, `agent:…`, `bank`. */
  by: z.string(),
});
/** What an alert turned out to be, as far as is known: what rules and models learn from. */
export type Label = z.output<typeof labelSchema>;

/** What an alerted transaction taught when it was taken for genuine: what has to be unlearnt should it be none. */
export const taughtSchema = z.object({
  transactionId: z.string(),
  /** Its amount went into the card's mean. */
  spent: z.boolean(),
  /** Digests that were new to the card. */
  country: z.optional(z.int()),
  device: z.optional(z.int()),
  merchant: z.optional(z.int()),
});
export type Taught = z.output<typeof taughtSchema>;
