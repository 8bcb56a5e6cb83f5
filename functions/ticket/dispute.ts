import * as z from 'zod/mini';

/** A transaction the customer says is not theirs, as its ticket keeps it (D9). */
export const disputeSchema = z.object({
  transactionId: z.string(),
  status: z.enum(['reported']),
  /** When it was reported. */
  at: z.string(),
});
export type Dispute = z.output<typeof disputeSchema>;

/** Most transactions one ticket disputes; a person takes over long before. */
export const MOST_DISPUTES = 500;

export const wantedOutcomes = ['refund', 'new_card', 'explanation'] as const;
export type WantedOutcome = (typeof wantedOutcomes)[number];

/** The list with those reported that are not on it yet: reporting twice changes nothing. */
export function withReported(
  disputes: readonly Dispute[] | undefined,
  transactionIds: readonly string[],
  at: string,
): { readonly disputes: Dispute[]; readonly added: readonly string[] } {
  const known = disputes ?? [];
  const added = [...new Set(transactionIds)].filter(
    (transactionId) => !known.some((dispute) => dispute.transactionId === transactionId),
  );
  const reported = added.map((transactionId) => ({ transactionId, status: 'reported' as const, at }));
  return { disputes: [...known, ...reported], added };
}
