/** What a customer hopes for. */
export const wantedOutcomes = ['refund', 'new_card', 'explanation'] as const;
export type WantedOutcome = (typeof wantedOutcomes)[number];
