import * as z from 'zod/mini';
import { disputeStatuses, lostCauses } from '../ticket/dispute-states.ts';
import { momentSchema, moneyShape, named } from './shape-parts.ts';

/** A disputed transaction, as customer and desk see it. */
const disputeStepShape = z.strictObject({
  status: z.enum(disputeStatuses),
  at: momentSchema,
  /** `customer`, `desk`, `bank`, or the name of who works on it. */
  by: z.string(),
  amount: z.optional(moneyShape),
  reference: z.optional(z.string()),
  cause: z.optional(z.enum(lostCauses)),
  /** The bank's systems told of it: the status stayed. */
  told: z.optional(z.enum(['reversal', 'refund', 'fraud_confirmed', 'fraud_cleared'])),
});
export const disputeShape = named(
  'Dispute',
  z.strictObject({
    transactionId: z.string(),
    status: z.enum(disputeStatuses),
    /** When it was reported. */
    at: momentSchema,
    /** Where it is not the ticket's own card. */
    cardToken: z.optional(z.string()),
    facts: z.optional(
      z.strictObject({
        occurredAt: momentSchema,
        merchantName: z.string(),
        amount: moneyShape,
        billing: moneyShape,
      }),
    ),
    /** Oldest first. */
    history: z.array(disputeStepShape),
  }),
);
